"""Somebody comes to represent a seat, or no longer does: what meetings already called mean for them."""

from django.db import transaction

from core import audit, clock, post
from core.dates import day_in_words
from core.models import User
from panels.actions.interest import recuse_those_concerned
from panels.models import Meeting, Panel, Recusal
from panels.models.room import people_served
from panels.papers import invitation
from referrals.actions.access import end_access_told_by, give_access_each
from referrals.choices import Basis

MOST = 60


def _is_served(meeting: Meeting, person: User) -> bool:
    """Whether a meeting is served on somebody as things are now."""
    return any(served.pk == person.pk for _, served in people_served(meeting))


@transaction.atomic
def let_in(meeting: Meeting, person: User, *, by: User) -> Meeting:
    """Serve one more Representative: notice, and the papers where they have gone out, but for items they are out of.

    Whatever an item's own facts keep them from, they are out of before they are let in.
    """
    circulated = meeting.circulated_at is not None
    if circulated:
        recuse_those_concerned(meeting, [person], by=by)
    said = f"The agenda and papers for {meeting} can be read." if circulated else f"{meeting.panel} meets on {day_in_words(meeting.on)}, at {meeting.venue}."
    post.send(
        "meeting.agenda" if circulated else "meeting.notice", to=person, about=meeting,
        key=f"joined:{meeting.reference}:{person.pk}:{circulated}",
        subject=f"Agenda for {meeting}" if circulated else f"{meeting.panel} meets on {day_in_words(meeting.on)}",
        body=said, link=f"{meeting.get_absolute_url()}/papers" if circulated else meeting.get_absolute_url(),
        calendar=invitation(meeting, "REQUEST"), calendar_method="REQUEST",
    )  # fmt: skip
    out = set(Recusal.objects.filter(item__meeting=meeting, person=person, withdrawn_at=None).values_list("item", flat=True))
    for item in meeting.items.standing().exclude(referral=None).select_related("referral__child") if circulated else []:
        if item.pk not in out and item.paper_id:
            give_access_each(item.referral, [person], basis=Basis.PAPER, told_by=meeting.reference, by=by)

    audit.record(
        "person.joined", on=meeting, by=by, authority=meeting.panel.authority,
        sentence=f"{person.full_name} is served for {meeting}.",
    )  # fmt: skip
    return meeting


@transaction.atomic
def let_in_newcomer(panel: Panel, person: User, *, by: User) -> int:
    """Whoever takes a seat is served for each meeting to come that they now represent it at."""
    rows = panel.meetings.to_come().with_terms().filter(starts_at__gt=clock.now()).soonest_first()[:MOST]
    mine = [meeting for meeting in rows if _is_served(meeting, person) and not _was_told(meeting, person)]
    for meeting in mine:
        let_in(meeting, person, by=by)
    return len(mine)


def _was_told(meeting: Meeting, person: User) -> bool:
    """Whether a message about this meeting has gone to them before, or is on its way."""
    return person.messages.filter(
        about_type="panels.meeting", about_id=str(meeting.pk), kind__in=["meeting.notice", "meeting.agenda"]
    ).exists()


@transaction.atomic
def see_out(panel: Panel, person: User, *, from_on, by: User) -> int:
    """Whoever leaves a seat keeps no paper of a meeting from that day on, unless they still represent a seat at it."""
    ends_at = max(clock.moment(from_on, clock.MIDNIGHT), clock.now())
    rows = panel.meetings.to_come().with_terms().filter(starts_at__gte=clock.moment(from_on, clock.MIDNIGHT))
    gone = [meeting for meeting in rows.soonest_first()[:MOST] if not _is_served(meeting, person)]
    return sum(end_access_told_by(meeting.reference, person=person, until_at=ends_at, by=by) for meeting in gone)
