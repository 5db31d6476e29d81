"""Moving a called meeting: one deed, judged as a fresh call, with new notice to every Representative."""

from datetime import datetime

from django.db import transaction

from core import audit, clock, post
from core.closures import working_days_of
from core.dates import day_in_words
from core.models import Message, User
from core.rules import FieldReason, refuse_if
from core.templatetags.ui import clock_time
from panels.actions.altering import consider_waiting, keep_to_time
from panels.actions.chairs import chair_for, pass_the_chair
from panels.choices import STILL_TO_COME, MeetingStatus, ServiceKind
from panels.models import Meeting, MeetingMove, Panel
from panels.models.clocks import call_for, notice_terms
from panels.models.moves import followers
from panels.models.order import presenters_told
from panels.models.room import people_served
from panels.papers import invitation
from panels.rules.moving import Moving, why_not_move_meeting
from panels.rules.notice import last_day_for_notice, outside_the_terms, why_not_call

FIELDS = {"Change the day": "on", "Say why": "reason", "It is less than": "on"}


@transaction.atomic
def move_meeting(meeting: Meeting, *, starts_at: datetime, venue: str, lasts_minutes: int, reason: str,
                 seen_sequence: int | None = None, by: User) -> Meeting:  # fmt: skip
    """Move a called meeting to another day, time or place: the same meeting, and business booked stays.

    It is judged by the terms and holidays of today, as a fresh call would be, and new notice goes to
    every Representative under the same calendar UID. A change of place alone inside the notice is a
    breach with its reason. `seen_sequence` is how the meeting stood when whoever moves it looked.
    """
    panel = Panel.objects.select_for_update(of=("self",)).get(pk=meeting.panel_id)
    meeting = Meeting.objects.locked().get(pk=meeting.pk)
    move = MeetingMove(
        meeting=meeting, was_at=meeting.starts_at, was_in=meeting.venue, was_minutes=meeting.lasts_minutes, to_at=starts_at,
        to_in=venue, to_minutes=lasts_minutes, reason=reason.strip(), breach_before=meeting.breach, moved_by=by,
    )  # fmt: skip
    terms = panel.terms_on(clock.today()) or meeting.terms
    call = call_for(panel, starts_at.astimezone(clock.LONDON).date(), meeting.kind, meeting.reason, without=meeting)
    short = why_not_call(call, notice_terms(terms), working_days_of(panel.authority_id))

    refuse_if(_why_not_move(move, seen_sequence) + ([] if move.is_of_place_only else _why_not_then(move, short)))

    move.save()
    asked_before = {row.person for row in meeting.services.filter(kind=ServiceKind.NOTICE).select_related("person")}
    _put(move, terms, outside_the_terms(call, notice_terms(terms)) + (short if move.is_of_place_only else []))
    meeting.answers.all().delete()
    _serve_anew(move, asked_before)
    keep_to_time(meeting, by=by)
    consider_waiting(meeting, by=by)
    pass_the_chair(panel)
    for follow in followers():
        follow(meeting, by=by)

    audit.record(
        "meeting.moved", on=meeting, by=by, authority=panel.authority,
        sentence=f"Moved {panel} from {_when(move.was_at)} to {_when(starts_at)}.",
    )  # fmt: skip
    return meeting


def _why_not_move(move: MeetingMove, seen_sequence: int | None) -> list[str]:
    """What the rules on moving say, each beside its field."""
    meeting = move.meeting
    asked = Moving(
        is_to_come=meeting.status in STILL_TO_COME, now=clock.now(), was_at=move.was_at, to_at=move.to_at, was_in=move.was_in,
        to_in=move.to_in, was_minutes=move.was_minutes, to_minutes=move.to_minutes, reason=move.reason,
        hours=meeting.terms.cancellation_hours, has_changed_since=seen_sequence not in {None, meeting.sequence},
    )  # fmt: skip
    found = why_not_move_meeting(asked)
    return [next((FieldReason(f, said) for start, f in FIELDS.items() if said.startswith(start)), said) for said in found]


def _why_not_then(move: MeetingMove, short: list[str]) -> list[str]:
    """Why the body cannot meet then: the notice is too short, or it meets then already."""
    panel = move.meeting.panel
    others = panel.meetings.filter(starts_at=move.to_at).exclude(pk=move.meeting_id).exclude(status=MeetingStatus.CANCELLED)
    taken = ["This body already meets at that time."] if others.exists() else []
    return [FieldReason("on", said) for said in short + taken]


def _put(move: MeetingMove, terms, breaches: list[str]) -> None:
    """The meeting stands where it was moved to, with what its new notice was judged by.

    A breach of the notice it had before stays in the move; one of papers that have gone out stays here.
    """
    meeting, calendar = move.meeting, working_days_of(move.authority_id)
    by_seat = chair_for(meeting.panel, meeting.terms, move.was_at)
    meeting.starts_at, meeting.venue, meeting.lasts_minutes, meeting.terms = move.to_at, move.to_in, move.to_minutes, terms
    said = [f"{breach} The place changed: {move.reason}" for breach in breaches] if move.is_of_place_only else breaches
    meeting.breach = " ".join(filter(None, [meeting.breach if meeting.circulated_at is not None else "", *said]))
    meeting.called_at, meeting.called_by = move.moved_at, move.moved_by
    meeting.holidays = sorted(day.isoformat() for day in calendar.holidays if abs((day - meeting.on).days) < 120)
    meeting.last_day_for_notice = last_day_for_notice(meeting.on, notice_terms(terms), calendar)
    meeting.sequence += 1
    meeting.goes_out_on = meeting.released_at = meeting.released_by = None  # its last day in time is another
    if by_seat is None or meeting.chair_id in {None, by_seat.pk}:
        meeting.chair = chair_for(meeting.panel, terms, move.to_at) or meeting.chair
    meeting.save()


def _serve_anew(move: MeetingMove, asked_before: set[User]) -> None:
    """New notice to every Representative; what was written about the old day and has not left never leaves.

    Somebody asked before who has no seat on the new day has the meeting taken out of their calendar.
    """
    meeting = move.meeting
    stopped = Message.objects.filter(reference__in=post.stop_about([meeting]), kind="meeting.agenda").select_related("person")
    people = [person for _, person in people_served(meeting)]
    subject = f"{meeting.panel} is moved to {_when(move.to_at)}"
    body = (
        f"{subject}, at {meeting.venue}. It was to be on {_when(move.was_at)}, at {move.was_in}. {move.reason} "
        "Please say again whether you are coming."
    )
    _tell(meeting, "meeting.notice", people, subject, body, "REQUEST")
    gone = sorted(asked_before - set(people), key=lambda person: person.pk)
    _tell(meeting, "meeting.not_asked", gone, subject, f"{subject}. You hold no seat on that day.", "CANCEL")
    again = [message.person for message in stopped]
    _tell(meeting, "meeting.agenda", again, f"Agenda for {meeting}", f"The agenda and papers for {meeting} can be read.", "")
    if meeting.circulated_at is not None:
        _tell_presenters(meeting)


def _tell(meeting: Meeting, kind: str, people: list[User], subject: str, body: str, method: str) -> None:
    """One letter to each, with the calendar's own where there is a method."""
    post.send_each(
        kind, people, key=f"{kind}:{meeting.reference}:{meeting.sequence}", subject=subject, body=body, about=meeting,
        link=meeting.get_absolute_url(), calendar=invitation(meeting, method, people) if method and people else "",
        calendar_method=method,
    )  # fmt: skip


def _tell_presenters(meeting: Meeting) -> None:
    """Whoever presents hears when to come now, by the reference alone."""
    items = list(meeting.items.standing().in_order().select_related("referral__child", "presenter", "presenting_manager"))
    for item, person, words in presenters_told(meeting, items):
        if item.referral.child.died_on is None:
            post.send(
                "meeting.presenter", key=f"presenter:{meeting.reference}:{item.pk}:{person.pk}:{meeting.sequence}", to=person,
                subject=f"When to come for {item.referral.reference}", about=meeting, link=item.referral.get_absolute_url(),
                body=f"{meeting.panel} is moved. {item.referral.reference} is heard at {meeting.venue}. Come between {words}.",
            )  # fmt: skip


def _when(at: datetime) -> str:
    """A moment in England: "3 December 2026 at 10am"."""
    local = at.astimezone(clock.LONDON)
    return f"{day_in_words(local.date())} at {clock_time(local)}"
