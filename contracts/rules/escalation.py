"""Escalation: what may be put to a board, and when its answer may be written down."""

from datetime import date

from core.rules import FieldReason


def why_not_escalate(what: str, why: str, *, wanted_by: date | None, today: date) -> list[str]:
    """CON-3. What is put to a board says what it is, why it points to non-delivery, and by when.

    As the group's terms ask (000:71-73).
    """
    reasons = []
    if not what.strip():
        reasons.append(FieldReason("what", "Say in a line what the board is asked to decide."))
    if not why.strip():
        reasons.append(FieldReason("why", "Say what points to benefits not being delivered."))
    if wanted_by is None or wanted_by < today:
        reasons.append(FieldReason("wanted_by", "Give the day by which a decision is wanted, from today on."))
    return reasons


def why_not_record_answer(decision: str, *, on: date | None, raised_on: date, today: date, is_decided: bool) -> list[str]:
    """CON-4. A board's decision is written down once, with its day, which is not before it was asked."""
    if is_decided:
        return ["The board's decision was written down before."]
    reasons = []
    if not decision.strip():
        reasons.append(FieldReason("decision", "Write what the board decided."))
    if on is None or not raised_on <= on <= today:
        reasons.append(FieldReason("decided_on", "The day of the decision is from the day it was raised to today."))
    return reasons
