"""The waiting list: contacts, the plan agreed with the referrer, and the order."""

from collections.abc import Sequence
from datetime import date, timedelta

from core.rules import FieldReason

WAITING = ("WAITING", "OFFERED")


def why_not_contact(note: str, next_contact_on: date, *, status: str, today: date, every_days: int) -> list[str]:
    """WAI-1. A contact while waiting says what was said, and names the day of the next within the days that are set."""
    reasons = why_not_wait(status)
    if not note.strip():
        reasons.append(FieldReason("note", "Say what was said."))
    last = today + timedelta(days=every_days)
    if not today < next_contact_on <= last:
        reasons.append(FieldReason("next_contact_on", f"The next contact must be after today and by {last.day} {last:%B %Y}."))
    return reasons


def why_not_wait(status: str) -> list[str]:
    """WAI-2. What is done for a child who waits is done while they wait."""
    return [] if status in WAITING else ["This child is not waiting for a place now."]


def why_not_agree_plan(*, status: str, is_referrer: bool, is_agreed: bool) -> list[str]:
    """WAI-3. Support while waiting is agreed by the referrer, once for each plan."""
    reasons = why_not_wait(status)
    if not is_referrer:
        reasons.append("Only the child’s social worker agrees this plan.")
    if is_agreed:
        reasons.append("This plan is agreed already.")
    return reasons


def next_contact_due(last_next: date | None, waiting_since: date, *, every_days: int) -> date:
    """Give the day by which somebody is in touch: as promised last, or so many days from when they began to wait."""
    return last_next or waiting_since + timedelta(days=every_days)


def why_not_order(wanted: Sequence[str], now: Sequence[str], *, reason: str, strategic_manager_agrees: bool) -> list[str]:
    """ORD-1. An order names everybody who waits once, with a reason and the strategic manager's agreement."""
    reasons = []
    if sorted(wanted) != sorted(now):
        reasons.append(FieldReason("order", "Give each child who waits a place of their own in the order."))
    elif list(wanted) == list(now):
        reasons.append(FieldReason("order", "This is the order as it is. Change a number, or move somebody."))
    if not reason.strip():
        reasons.append(FieldReason("reason", "Say why the order changes."))
    if not strategic_manager_agrees:
        reasons.append(FieldReason("agreed_by", "Select the strategic manager who agreed."))
    return reasons


def why_not_order_unseen(seen: Sequence[str], now: Sequence[str]) -> list[str]:
    """ORD-2. An order is changed from the order that was on the page."""
    if list(seen) == list(now):
        return []
    return [FieldReason("order", "Somebody changed the order, or who waits, since you opened this page. Look at it as it is now.")]


def renumbered(order: Sequence[str], numbers: Sequence[int]) -> list[str]:
    """Take children in their order and the number typed beside each; give them by number.

    Where a child was given a number that another has kept, the one who was moved goes first.
    """
    typed = dict(zip(order, numbers, strict=True))

    def place(at: int, ref: str) -> tuple:
        came_up, went_down = typed[ref] < at, typed[ref] > at
        return (typed[ref], 0 if came_up else 2 if went_down else 1, at)

    ranked = sorted((place(at, ref), ref) for at, ref in enumerate(order, 1))
    return [ref for _, ref in ranked]


def swapped(order: Sequence[str], ref: str, by: int) -> list[str]:
    """Take an order and somebody to move one up (-1) or down (1); give the order after it."""
    line = list(order)
    at = line.index(ref)
    to = min(max(at + by, 0), len(line) - 1)
    line.insert(to, line.pop(at))
    return line
