"""Agenda: which referrals a meeting may take, and until when."""

from dataclasses import dataclass
from datetime import date

from core.dates import day_in_words


@dataclass(frozen=True)
class Listing:
    """What is asked: one referral on one meeting's agenda, today."""

    is_signed_off: bool
    meeting_is_open: bool
    today: date
    papers_close_on: date | None = None  # None where the terms set no day
    chair_accepts_late: bool = False
    is_listed_for: date | None = None  # the day of the open meeting that already has it
    childs_view_is_settled: bool = True  # given; or why not, and when it will be asked
    papers_are_out: bool = False
    slots: int | None = None  # None where the body has no number of slots
    taken: int = 0


def why_not_list(listing: Listing) -> list[str]:
    """AGD-1. Only a referral that has been signed off goes to a panel."""
    reasons = []
    if not listing.is_signed_off:
        reasons.append("This referral has not been signed off.")
    reasons += why_not_list_again(listing.is_listed_for)
    reasons += why_not_add_business(listing.meeting_is_open)
    reasons += why_not_take_late(listing)
    return reasons + why_not_discuss(listing.childs_view_is_settled) + why_not_take_slot(listing.slots, listing.taken)


def why_not_list_again(is_listed_for: date | None) -> list[str]:
    """AGD-2. A referral is on one open agenda at a time."""
    if is_listed_for is None:
        return []
    return [f"This referral is already listed for {day_in_words(is_listed_for)}."]


def why_not_add_business(meeting_is_open: bool) -> list[str]:
    """AGD-3. Business is added while the meeting is still to come or in progress."""
    return [] if meeting_is_open else ["This meeting has been held, cancelled or closed."]


def why_not_take_late(listing: Listing) -> list[str]:
    """AGD-4. Papers come before they close, unless the chair accepts one late."""
    closes_on = listing.papers_close_on
    if listing.papers_are_out and not listing.chair_accepts_late:
        return ["The papers have gone out, and the chair has not accepted this late."]
    if closes_on is None or listing.today <= closes_on or listing.chair_accepts_late:
        return []
    return [
        f"Papers closed on {day_in_words(closes_on)}, and the chair has not accepted this late."
    ]


def why_not_discuss(childs_view_is_settled: bool) -> list[str]:
    """AGD-5. The child's view comes before the panel, or why not and when it will be asked."""
    if childs_view_is_settled:
        return []
    return ["Give the child's view, or say why not and when they will be asked."]


def why_not_share_slot(*, is_to_come: bool, is_linked: bool, shares: bool) -> list[str]:
    """AGD-6. Linked children's referrals share a slot of one meeting until its papers are out, each with its own item."""
    reasons = [] if is_to_come else ["Slots are shared and split until the papers are out."]
    if not is_linked:
        reasons.append("No linked child’s referral is on this agenda.")
    return [*reasons, "This item shares a slot already."] if shares else reasons


def why_not_split_slot(*, is_to_come: bool, shares: bool, taken: int, slots: int) -> list[str]:
    """AGD-7. Items that share a slot are split while the meeting has a slot free."""
    reasons = [] if is_to_come else ["Slots are shared and split until the papers are out."]
    if not shares:
        reasons.append("This item has a slot of its own.")
    return [*reasons, f"All {slots} slots of this meeting are taken."] if taken >= slots else reasons


def why_not_take_slot(slots: int | None, taken: int) -> list[str]:
    """AGD-8. A meeting hears no more referrals than it has slots."""
    return [f"All {slots} slots of this meeting are taken."] if slots is not None and taken >= slots else []


def why_not_wait(*, is_full: bool, is_waiting: bool, is_open: bool) -> list[str]:
    """AGD-9. A referral waits for a slot of a meeting that is full, once."""
    reasons = why_not_add_business(is_open)
    if not is_full:
        reasons.append("This meeting still has a slot: book it.")
    if is_waiting:
        reasons.append("This referral already waits for a slot of that meeting.")
    return reasons


def why_not_hold_slot(*, is_on_its_way: bool, is_to_come: bool, papers_are_open: bool, is_held: bool, slots: int, taken: int) -> list[str]:
    """AGD-12. A slot is held, once, for a referral that is on its way to being signed, while papers are open and one is free."""
    reasons = [] if is_on_its_way else ["Only a referral that is on its way to being signed off has a slot held."]
    reasons += why_not_add_business(is_to_come)
    if not papers_are_open:
        reasons.append("Papers have closed, so no slot is held.")
    if is_held:
        reasons.append("A slot is held for this referral already: let it go first.")
    return reasons + why_not_take_slot(slots, taken)


def why_not_move_item(*, keeps_its_place: bool, to: int) -> list[str]:
    """AGD-10. Last minutes stay first, declarations of interest second and other business last."""
    if keeps_its_place or to < 3:
        return ["Attendance, interests and other business keep their places."]
    return []


def why_not_take_off(*, is_of_every_agenda: bool) -> list[str]:
    """AGD-11. What the terms put on every agenda, declarations of interest first of all, is never taken off."""
    return ["The terms put this item on every agenda."] if is_of_every_agenda else []
