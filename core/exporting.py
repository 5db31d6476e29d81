"""Lists that say who a child is: asked for by one person, agreed by another, kept a short while, judged again each time."""

from dataclasses import dataclass

from core.rules import FieldReason

MOST_ROWS = 5_000
MOST_OPEN = 5


def why_not_ask(*, may_name: bool, because: str, rows: int, open_now: int) -> list[str]:
    """A list with names is asked for by a role that may, with a reason, and is not too long."""
    reasons = []
    if not may_name:
        reasons.append(FieldReason("who", "Your role exports lists without saying who a child is."))
    if not because.strip():
        reasons.append(FieldReason("because", "Say why you need who each child is."))
    if not 1 <= rows <= MOST_ROWS:
        reasons.append(f"The list has more than {MOST_ROWS:,} rows: narrow it first." if rows else "The list is empty.")
    if open_now >= MOST_OPEN:
        reasons.append(f"You have {MOST_OPEN} such lists waiting already.")
    return reasons


def why_not_decide(*, is_asker: bool, may_agree: bool, waits: bool, agrees: bool, because: str) -> list[str]:
    """It is agreed once, by somebody else who may; a refusal says why."""
    reasons = []
    if is_asker:
        reasons.append("You asked for it: somebody else agrees.")
    if not may_agree:
        reasons.append("Your role does not agree exports with names.")
    if not waits:
        reasons.append("It does not wait for an answer any more.")
    if not agrees and not because.strip():
        reasons.append(FieldReason("note", "Say why it is refused."))
    return reasons


@dataclass(frozen=True)
class Standing:
    """How somebody stands to a list that they asked for: theirs, in that role, which may, and sees every row."""

    is_theirs: bool
    has_the_role: bool
    may_name: bool
    sees_every_row: bool


def why_not_have(standing: Standing, *, is_ready: bool, is_over: bool) -> list[str]:
    """It is made for and taken by whoever asked, in the role they asked in, while each row is still theirs to see."""
    reasons = []
    if not standing.is_theirs:
        reasons.append("Only the person who asked for it has it.")
    if not standing.has_the_role or not standing.may_name:
        reasons.append("It is for the role it was asked in, which you do not work in now.")
    if not standing.sees_every_row:
        reasons.append("Somebody on the list is no longer yours to see. Ask for it again.")
    if is_over:
        reasons.append("Its time is up. Ask for it again.")
    elif not is_ready:
        reasons.append("It is not ready.")
    return reasons
