"""A provider's return: when it is written, sent, challenged, answered and locked."""

from collections.abc import Collection, Mapping
from decimal import Decimal

from core.rules import FieldReason


def needs_words(rating: str, was: str) -> bool:
    """Say whether a row needs the provider's words: it is Red or Amber, or its rating changed."""
    return rating in {"R", "A"} or bool(rating and was and rating != was)


def why_not_open_return(*, ended: bool, opened: bool) -> list[str]:
    """RET-11. A provider's return is opened once, for a quarter that has ended."""
    reasons = [] if ended else ["The quarter has not ended, so there is nothing to report yet."]
    return [*reasons, "The return for this quarter is open already."] if opened else reasons


def why_not_write_return(state: str) -> list[str]:
    """RET-12. A return is written until it is sent."""
    return [] if state == "draft" else ["This return was sent. What changes after that is a dated correction."]


def why_not_send_return(state: str, *, ended: bool, asked: Mapping[str, str], words: Mapping[str, str], small: Mapping[str, Collection[str]]) -> list[str]:  # fmt: skip
    """RET-13. A return is sent once, with words on every row that is Red, Amber or changed, and no words that count 1 to 5 children."""
    reasons = list(why_not_write_return(state))
    if reasons:
        return reasons
    if not ended:
        reasons.append("The quarter has not ended, so its return cannot be sent.")
    for field, name in asked.items():
        if not words.get(field, "").strip():
            reasons.append(FieldReason(field, f"Say why “{name}” is as it is."))
    for field, found in small.items():
        reasons += [FieldReason(field, f"{sentence} Say it without the number: the commissioner may not read it.") for sentence in found]
    return reasons


def why_not_review(state: str, *, mine: bool, verdicts: Mapping[str, str], challenges: Mapping[str, str], answered: Collection[str]) -> list[str]:  # fmt: skip
    """RET-14. Somebody who did not send it accepts or challenges every row; a challenge has a reason, and stands only after the provider could answer."""
    if state != "sent":
        return ["It was reviewed before, or is not sent yet." if state != "challenged" else "The provider has not answered yet."]
    reasons = ["Somebody else reviews a return that you sent."] if mine else []
    for field, verdict in verdicts.items():
        if verdict not in {"accept", "challenge"}:
            reasons.append(FieldReason(f"verdict_{field}", "Select accept or challenge."))
        elif verdict == "challenge" and field not in answered and not challenges.get(field, "").strip():
            reasons.append(FieldReason(f"challenge_{field}", "Say why you challenge it. The provider answers."))
    return reasons


def why_not_answer(state: str, *, answers: Mapping[str, str]) -> list[str]:
    """RET-15. The provider answers every challenge before the commissioner looks again."""
    if state != "challenged":
        return ["There is no challenge to answer."]
    return [FieldReason(f"answer_{field}", "Write an answer.") for field, words in answers.items() if not words.strip()]


def why_not_correct_return(state: str, *, says: str, because: str, small: Collection[str]) -> list[str]:
    """RET-16. An accepted return is not edited: a correction says what the figure is, and why, on its own day."""
    reasons = [] if state == "accepted" else ["This return is not accepted yet: say it in the review."]
    if not says.strip():
        reasons.append(FieldReason("says", "Enter what the figure should have been."))
    if not because.strip():
        reasons.append(FieldReason("because", "Say why it is corrected."))
    return reasons + [FieldReason("because", sentence) for sentence in small]


def why_not_set_target(*, value: Decimal | None, source: str) -> list[str]:
    """RET-17. A target of the Performance Management Framework is a number from a day, with where it comes from."""
    reasons = [] if value is not None and value >= 0 else [FieldReason("value", "Enter the target, nought or more.")]
    return reasons if source.strip() else [*reasons, FieldReason("source", "Say where the target comes from.")]


def proposal(ratings: Collection[str], framework: bool) -> str:
    """Take the ratings of accepted rows, and whether a framework is entered; give what a payment's page says of them."""
    if not framework:
        return "No Performance Management Framework is entered, so nothing is proposed: the commissioner decides."
    rated = [rating for rating in ratings if rating]
    met = sum(rating == "G" for rating in rated)
    return f"{met} of {len(rated)} rated measures met their target. The commissioner decides what that comes to."
