"""Triage: who looks at a signed referral, and what they may do with it."""

from datetime import date, timedelta

from core.rules import FieldReason

LONGEST_TO_ANSWER = timedelta(days=60)


def why_not_triage(*, signed_by_them: bool) -> list[str]:
    """TRI-1. Nobody triages a referral that they signed."""
    return [FieldReason("deed", "You signed this referral, so somebody else looks at it.")] if signed_by_them else []


def why_not_ask(question: str, answer_by: date | None, today: date) -> list[str]:
    """TRI-2. A question to the social worker has words, and a day for the answer that is to come."""
    reasons = [] if question.strip() else [FieldReason("question", "Say what you need to know.")]
    if answer_by is not None and not today <= answer_by <= today + LONGEST_TO_ANSWER:
        reasons.append(FieldReason("answer_by", "The day for the answer must be within the next 60 days."))
    return reasons


def why_not_turn_away(reason: str) -> list[str]:
    """TRI-3. A referral that is not for this service goes back with the reason."""
    return [] if reason.strip() else [FieldReason("question", "Say why it is not for this service.")]
