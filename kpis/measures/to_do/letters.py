"""Emails of which nobody knows whether they left: their worker died while it handed them over, so they were not sent again."""

from datetime import timedelta

from django.db.models import Q

from core import clock
from core.models import Message, Recall
from core.models.message import MessageState
from core.roles import Role
from kpis.measures.to_do.thing import Thing, working_days_after
from panels.models import Meeting

FOR = timedelta(days=14)
MOST = 10
MINE = ("An email to you may not have arrived", "/account/messages", "What it said is kept with your messages.")


def unsure(user) -> list[Thing]:
    """A person's own letters of the last two weeks that may not have reached them; and, for whoever runs meetings, other
    people's letters about meetings, each to be asked after and its service recorded by hand. One question for both."""
    wanted = Q(person=user)
    if user.acting.role == Role.PANEL_ADMINISTRATOR:
        wanted |= Q(about_type="panels.meeting")
    rows = Message.objects.filter(wanted, state=MessageState.UNSURE, created_at__gte=clock.now() - FOR)
    rows = list(rows.select_related("person").order_by("created_at", "pk")[:MOST])
    mine = any(row.person_id == user.pk for row in rows)
    return [*([Thing(*MINE)] if mine else []), *_notices([row for row in rows if row.person_id != user.pk], user)]


def recalled(user) -> list[Thing]:
    """Letters that went to the wrong person, for the information governance officer, who has one Working Day to look."""
    rows = Recall.objects.visible_to(user).open().exclude(recorded_by=user).select_related("message__person", "recorded_by")
    return [
        Thing(
            "Look into a letter that went to the wrong person", row.get_absolute_url(),
            f"It {'was' if row.was_opened else 'was not'} opened before {row.recorded_by.full_name} recalled it.", working_days_after(row.recorded_at, 1),
        )
        for row in rows.order_by("recorded_at")[:MOST]
    ]  # fmt: skip


def _notices(rows: list[Message], user) -> list[Thing]:
    """Each letter about a meeting that this person sees, with its page of service."""
    found = Meeting.objects.visible_to(user).in_bulk([int(row.about_id) for row in rows])
    return [
        Thing(f"Ask {row.person.full_name} whether an email came", f"{found[int(row.about_id)].get_absolute_url()}/service", row.problem)
        for row in rows
        if int(row.about_id) in found
    ]  # fmt: skip
