"""Slots of an agenda: brothers and sisters share one, each with an item, an ask and a decision of their own."""

from django.db import transaction
from django.db.models import F

from core import audit
from core.models import User
from core.rules import refuse_if
from panels.choices import ItemKind, ItemState
from panels.models import AgendaItem, Meeting
from panels.models.booking import slots_of, slots_taken
from panels.rules.agenda import why_not_share_slot, why_not_split_slot
from referrals.models import Referral
from referrals.models.linked import linked_to

LAST = 10_000


def close_up(meeting: Meeting, order: list[int] | None = None) -> None:
    """Number the items 1, 2, 3 in their order, or in the order of keys given."""
    items = list(meeting.items.standing().order_by("number"))
    if order:
        items.sort(key=lambda item: order.index(item.pk) if item.pk in order else LAST)
    meeting.items.standing().update(number=F("number") + LAST)
    for number, item in enumerate(items, 1):
        item.number = number
    AgendaItem.objects.bulk_update(items, ["number"])


def slot_beside(meeting: Meeting, referral: Referral, by: User) -> AgendaItem | None:
    """The item that has the slot of a linked child's referral at this meeting, as far as the person sees it."""
    rows = meeting.items.standing().visible_to(by).filter(kind=ItemKind.REFERRAL, referral__child__in=linked_to(referral.child))
    found = rows.exclude(referral=referral).select_related("shares_slot_with").in_order().first()
    return (found.shares_slot_with or found) if found else None


def put_beside(item: AgendaItem, head: AgendaItem) -> None:
    """Give an item another's slot, and the number after all that share it; numbers that are out stay."""
    item.shares_slot_with = head
    item.save()
    if item.meeting.circulated_at is not None:
        return
    keys = [one.pk for one in item.meeting.items.standing().in_order() if one.pk != item.pk]
    together = {head.pk, *head.sharers.standing().values_list("pk", flat=True)} - {item.pk}
    keys.insert(max(keys.index(key) for key in together) + 1, item.pk)
    close_up(item.meeting, keys)
    item.refresh_from_db()


def leave_slot(item: AgendaItem) -> None:
    """An item has no part in a shared slot any more; where the slot was its own, the next one has it."""
    first, *others = [*item.sharers.standing().in_order(), None]
    if first is not None:
        AgendaItem.objects.filter(pk=first.pk).update(shares_slot_with=None)
        AgendaItem.objects.filter(pk__in=[one.pk for one in others if one]).update(shares_slot_with=first)
    item.shares_slot_with = None
    item.save()


@transaction.atomic
def share_slot(item: AgendaItem, *, by: User) -> AgendaItem:
    """An item shares the slot of a linked child's referral at the same meeting."""
    meeting, item = _locked(item)
    head = slot_beside(meeting, item.referral, by) if item.referral else None

    refuse_if(
        why_not_share_slot(
            is_to_come=item.state == ItemState.TO_COME and meeting.circulated_at is None, is_linked=head is not None,
            shares=item.shares_slot_with_id is not None or item.sharers.standing().exists(),
        )
    )  # fmt: skip

    put_beside(item, head)

    audit.record(
        "slot.shared", on=item, by=by, child=item.referral.child, authority=meeting.panel.authority,
        sentence=f"{item.referral.reference} shares a slot of {meeting}.",
    )  # fmt: skip
    return item


@transaction.atomic
def split_slot(item: AgendaItem, *, by: User) -> AgendaItem:
    """An item that shared a slot has one of its own."""
    meeting, item = _locked(item)

    refuse_if(
        why_not_split_slot(
            is_to_come=item.state == ItemState.TO_COME and meeting.circulated_at is None,
            shares=item.shares_slot_with_id is not None or item.sharers.standing().exists(),
            taken=slots_taken(meeting), slots=slots_of(meeting),
        )
    )  # fmt: skip

    leave_slot(item)

    audit.record(
        "slot.split", on=item, by=by, child=item.referral.child, authority=meeting.panel.authority,
        sentence=f"{item.referral.reference} has a slot of its own at {meeting}.",
    )  # fmt: skip
    return item


def _locked(item: AgendaItem) -> tuple[Meeting, AgendaItem]:
    """Lock the meeting, then read the item as it stands."""
    meeting = Meeting.objects.locked().get(pk=item.meeting_id)
    return meeting, AgendaItem.objects.select_related("referral__child", "meeting").get(pk=item.pk)
