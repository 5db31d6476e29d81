"""Allocation: which waiting child takes a place, and when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.dates import birthday, day_in_words
from referrals.rules.capacity import Stay
from referrals.rules.transition import MONTHS_BEFORE_18, half_way, nearly_18


@dataclass(frozen=True)
class Allocating:
    """What is asked: one child's stay in one place."""

    status: str
    stay: Stay
    born_on: date
    is_living: bool  # a bed or a room, where a child lives; not outreach
    is_first_in_order: bool = True
    strategic_manager_agrees: bool = False
    out_of_order_because: str = ""
    held_of_this_kind: Sequence[Stay] = ()  # the child's other living, or other outreach, stays
    decided_past_18: bool = False


def why_not_allocate(allocating: Allocating) -> list[str]:
    """ALC-1. A place goes to a child who is waiting for one by a panel's decision."""
    reasons = []
    if allocating.status != "WAITING":
        reasons.append("This referral is not waiting for a place.")
    reasons += why_not_go_first(allocating)
    reasons += why_not_hold_two(allocating)
    return reasons + why_not_stay_past_18(allocating)


def why_not_go_first(allocating: Allocating) -> list[str]:
    """ALC-2. Places go in the agreed order, or out of it with the strategic manager's agreement."""
    if allocating.is_first_in_order:
        return []
    reasons = []
    if not allocating.out_of_order_because.strip():
        reasons.append(
            "Another child comes first in the agreed order: say why this one goes before."
        )
    if not allocating.strategic_manager_agrees:
        reasons.append("Out of order needs the strategic manager's agreement.")
    return reasons


def why_not_hold_two(allocating: Allocating) -> list[str]:
    """ALC-3. A child has at most one living place and one outreach place at a time."""
    kind = "a bed or room" if allocating.is_living else "an outreach place"
    return [
        f"The child already has {kind} from {day_in_words(other.starts_on)}."
        for other in allocating.held_of_this_kind
        if allocating.stay.overlaps(other)
    ]


def why_not_stay_past_18(allocating: Allocating) -> list[str]:
    """ALC-4. Support past an eighteenth birthday needs a decision, with fresh agreement."""
    if allocating.decided_past_18 or not goes_past_18(allocating.born_on, allocating.stay):
        return []
    eighteen = birthday(allocating.born_on, 18)
    return [
        (
            f"The child is 18 on {day_in_words(eighteen)}: support after that day needs a decision, "
            "with the young person's own agreement."
        )
    ]


def goes_past_18(born_on: date, stay: Stay) -> bool:
    """Say whether some day of a stay is past an eighteenth birthday, so that a decision is asked for."""
    eighteen, last = birthday(born_on, 18), stay.ends_on or stay.starts_on
    return last > eighteen or stay.starts_on >= eighteen


def warnings_before_18(allocating: Allocating, months_before: int = MONTHS_BEFORE_18) -> list[str]:
    """Warn of a bed or room used past seventeen and a half, or the months before 18 that are in force."""
    from_on = half_way(allocating.born_on, months_before)
    if not allocating.is_living or allocating.stay.until <= from_on:
        return []
    return [f"The child is {nearly_18(months_before)} on {day_in_words(from_on)}: plan the move on."]
