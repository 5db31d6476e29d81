"""Interests: who declares what, and who minutes instead."""

from dataclasses import dataclass

CHAIR_OR_ADMINISTRATOR = ("PA", "CH")


@dataclass(frozen=True)
class Declaring:
    """What is asked: one person's interest in one item, or none in any."""

    for_self: bool
    role: str  # of whoever declares it
    is_on_the_agenda: bool = True
    is_none: bool = False
    nature: str = ""
    minutes_the_item: bool = False
    somebody_else_minutes: bool = False


def why_not_declare(asked: Declaring) -> list[str]:
    """INT-1. A person declares their own interest; the chair and the administrator also declare another's."""
    reasons = []
    if not asked.for_self and asked.role not in CHAIR_OR_ADMINISTRATOR:
        reasons.append("Only the chair or the administrator declares for somebody else.")
    if not asked.is_on_the_agenda:
        reasons.append("That item is not on this agenda.")
    return reasons + why_not_minute(asked)


def why_not_minute(asked: Declaring) -> list[str]:
    """INT-2. An administrator with an interest hands minuting to somebody who has none."""
    if asked.is_none or not asked.minutes_the_item or asked.somebody_else_minutes:
        return []
    return ["Say who minutes this item instead of you."]


def why_not_register(nature: str, *, is_ended_before_it_began: bool = False) -> list[str]:
    """INT-3. An entry of the register says what the interest is, and ends after it began."""
    reasons = [] if nature.strip() else ["Say what the interest is."]
    return reasons + (["It cannot end before it began."] if is_ended_before_it_began else [])
