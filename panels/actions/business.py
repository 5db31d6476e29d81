"""The order of a meeting as it sits: taken next, adjourned to another meeting, and the room cleared for an item."""

from datetime import timedelta

from django.db import transaction

from core import audit, clock
from core.models import User
from core.rules import refuse_if
from panels.actions.agenda import add_item, list_referral
from panels.actions.slots import leave_slot
from panels.choices import ItemKind, ItemState, MeetingStatus
from panels.models import AgendaItem, Meeting
from panels.models.room import may_chair
from referrals.actions.outcome import unbook_referral

CLEARING = timedelta(seconds=60)
STAYS = {ItemKind.LAST_MINUTES, ItemKind.INTERESTS, ItemKind.ACT}


def _why_not_order(meeting: Meeting, by: User) -> list[str]:
    """While it sits, by the administrator or whoever chairs."""
    reasons = [] if meeting.status == MeetingStatus.IN_PROGRESS else ["This meeting is not in progress."]
    if by.acting.role != "PA" and not may_chair(meeting, by):
        reasons.append("Only the administrator or the chair runs the meeting.")
    return reasons


@transaction.atomic
def take_next(item: AgendaItem, *, by: User) -> Meeting:
    """This item is taken after the one at hand, whatever its number."""
    meeting = Meeting.objects.locked().get(pk=item.meeting_id)
    reasons = _why_not_order(meeting, by)
    if item.state in {ItemState.DECIDED, ItemState.ADJOURNED, ItemState.TAKEN_OFF}:
        reasons.append("This item has been decided, adjourned or taken off.")

    refuse_if(reasons)

    meeting.next_item = item
    meeting.save()

    audit.record(
        "item.next", on=item, by=by, authority=meeting.panel.authority,
        sentence=f"Item {item.number} of {meeting} is to be taken next.",
    )  # fmt: skip
    return meeting


@transaction.atomic
def adjourn_item(item: AgendaItem, *, to: Meeting | None, reason: str, by: User) -> AgendaItem:
    """Put an item off to another meeting of the panel; its referral is booked there, or ready where there is none yet."""
    meeting = Meeting.objects.locked().get(pk=item.meeting_id)
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("referral__child").get(pk=item.pk)
    reasons = _why_not_order(meeting, by)
    if item.kind in STAYS:
        reasons.append("The terms put this item on every agenda.")
    if item.state in {ItemState.DECIDED, ItemState.ADJOURNED, ItemState.TAKEN_OFF}:
        reasons.append("This item has been decided, adjourned or taken off.")
    if to is not None and (to.panel_id != meeting.panel_id or to.starts_at <= meeting.starts_at):
        reasons.append("Choose a later meeting of this panel.")
    if not reason.strip():
        reasons.append("Say why it is adjourned.")
    refuse_if(reasons)

    item.state, item.draft = ItemState.ADJOURNED, {}
    item.note, item.note_version = _with(item.note, f"Adjourned: {reason.strip()}"), item.note_version + 1
    item.save()
    leave_slot(item)
    _list_there(item, to, reason, by)

    audit.record(
        "item.adjourned", on=item, by=by, authority=meeting.panel.authority,
        child=item.referral.child if item.referral_id else None,
        sentence=f"Item {item.number} of {meeting} was adjourned{f' to {to}' if to else ''}.",
    )  # fmt: skip
    return item


def _with(note: str, more: str) -> str:
    """A note with one more paragraph."""
    return f"{note.rstrip()}\n\n{more}".strip()


def _list_there(item: AgendaItem, to: Meeting | None, reason: str, by: User) -> None:
    """On the later agenda, with what stood beside it here."""
    if item.referral_id:
        unbook_referral(item.referral, reason=f"Adjourned: {reason.strip()}", by=by)
        item.referral.refresh_from_db()
    if to is None:
        return
    if item.referral_id:
        list_referral(item.referral, to, presenter=item.presenter, by=by)
    else:
        add_item(to, kind=item.kind, title=item.title, presenter=item.presenter, is_reserved=item.is_reserved, by=by)


@transaction.atomic
def clear_room(item: AgendaItem, *, by: User) -> Meeting:
    """Sixty seconds for everybody who is out of this item to leave, in the room and on video; kept in the trail."""
    meeting = Meeting.objects.locked().get(pk=item.meeting_id)

    refuse_if(_why_not_order(meeting, by))

    meeting.clearing_until = clock.now() + CLEARING
    meeting.save()

    audit.record(
        "room.cleared", on=item, by=by, authority=meeting.panel.authority,
        sentence=f"Everybody who is out of item {item.number} of {meeting} was asked to leave.",
    )  # fmt: skip
    return meeting
