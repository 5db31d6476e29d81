"""An agenda's numbers: where an item joins, how it moves, and what comes off when a record is closed."""

from django.db import transaction
from django.db.models import Max

from core import audit
from core.models import User
from core.rules import refuse_if
from panels.actions.slots import close_up, leave_slot
from panels.choices import OPEN_FOR_BUSINESS, ItemKind, ItemState
from panels.models import AgendaItem, Meeting
from panels.models.order import heard, line_of
from panels.rules.agenda import why_not_add_business, why_not_move_item
from panels.rules.papers import why_not_renumber
from panels.rules.timing import place_of
from referrals.actions.closing import on_closed

KEEPS_ITS_PLACE = {ItemKind.INTERESTS, ItemKind.LAST_MINUTES, ItemKind.OTHER}


def add_in_place(meeting: Meeting, **facts) -> AgendaItem:
    """One more item under its caller's lock: a referral by priority, anything else before other business.

    Once papers are out nothing is renumbered: what is new comes after what was issued.
    """
    last = meeting.items.standing().aggregate(n=Max("number"))["n"] or 0
    item = AgendaItem.objects.create(meeting=meeting, number=last + 1, **facts)
    if meeting.circulated_at is None:
        close_up(meeting, _order_with(meeting, item))
        item.refresh_from_db(fields=["number"])
    return item


def _order_with(meeting: Meeting, new: AgendaItem) -> list[int]:
    """The keys of the items in their order, with the new one where it belongs."""
    rows = list(meeting.items.standing().exclude(pk=new.pk).select_related("referral").order_by("number", "pk"))
    end = next((n for n, item in enumerate(rows) if item.kind == ItemKind.OTHER), len(rows))
    keys = [item.pk for item in rows]
    if new.referral_id is None:
        return [*keys[:end], new.pk, *keys[end:]]
    line = [item for item in rows[:end] if item.referral_id is not None]
    at = place_of(heard(new, new.referral.child_id), line_of(line, beside=new))
    before = keys.index(line[at].pk) if at < len(line) else (keys.index(line[-1].pk) + 1 if line else end)
    return [*keys[:before], new.pk, *keys[before:]]


@transaction.atomic
def move_item(item: AgendaItem, *, to: int, by: User) -> AgendaItem:
    """Move an item to another number; attendance stays first, interests second and other business last."""
    meeting = Meeting.objects.locked().get(pk=item.meeting_id)
    reasons = why_not_add_business(meeting.status in OPEN_FOR_BUSINESS) + why_not_renumber(meeting.circulated_at is not None)
    refuse_if(reasons + why_not_move_item(keeps_its_place=item.kind in KEEPS_ITS_PLACE, to=to))

    rows = list(meeting.items.standing().order_by("number").exclude(pk=item.pk))
    last = len(rows) - sum(row.kind == ItemKind.OTHER for row in rows)
    keys = [row.pk for row in rows]
    keys.insert(min(to - 1, last), item.pk)
    close_up(meeting, keys)

    audit.record(
        "agenda_item.moved", on=item, by=by, authority=meeting.panel.authority,
        sentence=f"Moved an item of {meeting} to {to}.",
    )  # fmt: skip
    item.refresh_from_db()
    return item


@on_closed
@transaction.atomic
def take_off_closed(referrals, *, by: User) -> int:
    """Referrals whose record a manager closed come off every agenda not yet heard; what is circulated keeps its numbers."""
    rows = AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting__panel")
    rows = rows.standing().filter(referral__in=referrals, state=ItemState.TO_COME, meeting__status__in=OPEN_FOR_BUSINESS)
    items = list(rows)
    for item in items:
        item.state = ItemState.TAKEN_OFF
        leave_slot(item)
        if item.meeting.circulated_at is None:
            close_up(item.meeting)
        audit.record(
            "agenda_item.taken_off", on=item, by=by, authority=item.meeting.panel.authority,
            child=item.referral.child, sentence=f"Took an item off {item.meeting}: its record is closed.",
        )  # fmt: skip
    return len(items)


@transaction.atomic
def arrange_agenda(meeting: Meeting, *, numbers: dict[int, int], minutes: dict[int, int], by: User) -> Meeting:
    """Save the numbers and minutes typed for the items, by their keys; those not named stay where they are."""
    meeting = Meeting.objects.locked().get(pk=meeting.pk)
    rows = list(meeting.items.standing().order_by("number"))
    reasons = why_not_add_business(meeting.status in OPEN_FOR_BUSINESS) + why_not_renumber(meeting.circulated_at is not None)
    reasons += [f"Item {row.number}: from 1 to 240 minutes." for row in rows if not 1 <= minutes.get(row.pk, 1) <= 240]

    refuse_if(reasons)

    for row in rows:
        if row.pk in minutes and minutes[row.pk] != row.minutes:
            AgendaItem.objects.filter(pk=row.pk).update(minutes=minutes[row.pk])
    close_up(meeting, _arranged(rows, numbers))

    audit.record(
        "agenda.arranged", on=meeting, by=by, authority=meeting.panel.authority, sentence=f"Arranged the agenda of {meeting}."
    )
    return meeting


def _arranged(rows, numbers: dict[int, int]) -> list[int]:
    """The keys in the order typed; what stays first, second and last does so whatever was typed."""

    def place(row):
        wanted = numbers.get(row.pk, row.number)
        return (wanted, (wanted > row.number) - (wanted < row.number), row.number)

    first = [row for row in rows if row.kind in {ItemKind.INTERESTS, ItemKind.LAST_MINUTES}]
    last = [row for row in rows if row.kind == ItemKind.OTHER]
    free = sorted((row for row in rows if row.kind not in KEEPS_ITS_PLACE), key=place)
    return [row.pk for row in (*first, *free, *last)]
