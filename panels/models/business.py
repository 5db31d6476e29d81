"""What a meeting takes next: what the chair asked for, the chair's acts after interests, then the agenda's order."""

from panels.choices import ItemKind, ItemState
from panels.models.agenda_item import AgendaItem

OVER = (ItemState.ADJOURNED, ItemState.TAKEN_OFF)
# What is taken before the chair's acts, and what is no decision about a child or a service.
BEFORE_ACTS = (ItemKind.LAST_MINUTES, ItemKind.INTERESTS, ItemKind.ACT)


def open_acts(meeting):
    """Acts of the chair that this meeting has still to ratify, vary or end, in order."""
    rows = meeting.items.standing().filter(kind=ItemKind.ACT, decision__agreed_at__isnull=False, decision__settled_as="")
    return rows.order_by("number")


def following(meeting, item: AgendaItem, user):
    """The item to take after this one that the person may see, or None at the end."""
    rows = meeting.items.visible_to(user).exclude(state__in=OVER)
    if meeting.next_item_id and meeting.next_item_id != item.pk:
        asked = rows.filter(pk=meeting.next_item_id).first()
        if asked:
            return asked
    if item.kind in {ItemKind.INTERESTS, ItemKind.ACT}:
        act = rows.filter(pk__in=open_acts(meeting)).exclude(pk=item.pk).order_by("number").first()
        if act:
            return act
    if item.kind == ItemKind.ACT:
        item = rows.filter(kind=ItemKind.INTERESTS).first() or item
    later = rows.filter(number__gt=item.number).exclude(pk=item.pk).exclude(kind=ItemKind.ACT, decision__settled_as__gt="")
    return later.in_order().first()
