"""What is held back until outcomes are shown: released in quarter 1 of the next year, on evidence and a decision."""

from datetime import date
from decimal import Decimal

from contracts.rules.payment import is_part
from contracts.rules.quarters import quarter_of
from core.dates import day_in_words
from core.rules import FieldReason

NO_EVIDENCE = "The provider has not sent evidence. Nothing is released without it."


def opens_on(until_on: date) -> date:
    """Take the day after a budget's last; give the first day of quarter 1 of the next financial year."""
    last = quarter_of(until_on.fromordinal(until_on.toordinal() - 1))
    return date(last.year + 1, 4, 1)


def due_on(until_on: date) -> date:
    """Take the day after a budget's last; give 30 June of the next financial year: the last day of its quarter 1."""
    return opens_on(until_on).replace(month=6, day=30)


def _not_yet(opens: date, today: date) -> list[str]:
    return [f"What was held back is released from {day_in_words(opens)} on, and not before."] if today < opens else []


def why_not_submit_evidence(*, opens: date, today: date, held: Decimal, evidence: str, decided: bool) -> list[str]:
    """RET-1. Evidence for what was held back is sent from quarter 1 of the next year on, while something is held and undecided."""
    if decided:
        return ["This was decided before."]
    reasons = _not_yet(opens, today)
    if held <= 0:
        reasons.append("Nothing is held back.")
    if not evidence.strip():
        reasons.append(FieldReason("evidence", "Say what shows that outcomes were achieved."))
    return reasons


def why_not_release(*, opens: date, today: date, evidence: str, release: str, amount: Decimal | None, held: Decimal, because: str, decided: bool, mine: bool) -> list[str]:  # fmt: skip
    """RET-2. A commissioner who did not send the evidence decides once, in quarter 1 of the next year or later: all, part or none of what is held."""
    if decided:
        return ["This was decided before."]
    reasons = _not_yet(opens, today)
    if not evidence or mine:
        reasons.append("Somebody else decides on evidence that you sent." if evidence else NO_EVIDENCE)
    if release not in {"all", "part", "none"}:
        reasons.append(FieldReason("release", "Select how much is released."))
    if release == "part" and not is_part(amount, held):
        reasons.append(FieldReason("amount", f"Enter how much is released: more than nothing, and less than the £{held:,.2f} that is held."))
    if release in {"part", "none"} and not because.strip():
        reasons.append(FieldReason("because", "Say why not all of it. The provider reads it, and may reply."))
    return reasons


def why_not_reply(*, release: str, replied: bool, reply: str) -> list[str]:
    """RET-3. The provider replies once to a decision that keeps some of it back; the reply stands beside the decision."""
    if release not in {"part", "none"}:
        return ["There is nothing to reply to."]
    if replied:
        return ["Your reply was kept before."]
    return [] if reply.strip() else [FieldReason("reply", "Write your reply.")]
