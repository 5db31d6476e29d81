"""Agendas that go out by themselves: released by a person, sent by the timetable on the last day in time."""

from django.db import transaction

from core import audit, clock, post
from core.dates import day_in_words
from core.models import Message, User
from core.roles import Role
from core.rules import refuse_if
from panels.actions.agenda import circulate_agenda
from panels.models import Meeting
from panels.models.clocks import papers_due_on
from panels.models.readiness import circulating
from panels.rules.papers import why_not_circulate, why_not_release


@transaction.atomic
def release_agenda(meeting: Meeting, *, by: User) -> Meeting:
    """Leave an agenda to go out by itself at 7am on the last day in time; it may still be changed until then.

    Gives the meeting with its `goes_out_on`; refused where it could not go out now, or where that day has come.
    """
    meeting = Meeting.objects.locked().get(pk=meeting.pk)

    refuse_if(why_not_release(circulating(meeting, _items(meeting))))

    meeting.goes_out_on, meeting.released_at, meeting.released_by = papers_due_on(meeting), clock.now(), by
    meeting.save(update_fields=["goes_out_on", "released_at", "released_by"])

    audit.record(
        "agenda.released", on=meeting, by=by, authority=meeting.panel.authority,
        sentence=f"Left the agenda of {meeting} to go out by itself on {day_in_words(meeting.goes_out_on)}.",
    )  # fmt: skip
    return meeting


@transaction.atomic
def take_back_release(meeting: Meeting, *, by: User) -> Meeting:
    """An agenda that was to go out by itself waits for a person again; nothing happens to one that was not, or is out."""
    meeting = Meeting.objects.locked().get(pk=meeting.pk)
    if meeting.goes_out_on is None or meeting.circulated_at is not None:
        return meeting

    meeting.goes_out_on = meeting.released_at = meeting.released_by = None
    meeting.save(update_fields=["goes_out_on", "released_at", "released_by"])

    audit.record(
        "agenda.release_taken_back", on=meeting, by=by, authority=meeting.panel.authority,
        sentence=f"The agenda of {meeting} goes out by itself no longer.",
    )  # fmt: skip
    return meeting


@transaction.atomic
def send_released(meeting: Meeting, *, by: User | None = None) -> str:
    """Circulate a released agenda whose morning has come, as the deed of whoever released it; gives "sent", "held" or "".

    One that may not go out is held, and its administrators are told why, once a day; it goes as soon as it may.
    """
    meeting = Meeting.objects.locked().get(pk=meeting.pk)
    if meeting.goes_out_at is None or clock.now() < meeting.goes_out_at:
        return ""
    late = papers_due_on(meeting) < clock.today()
    because = f"It was left to go out by itself on {day_in_words(meeting.goes_out_on)}, and could not." if late else ""
    reasons = why_not_circulate(circulating(meeting, _items(meeting), because))
    if not _runs_meetings(meeting.released_by, meeting):
        reasons.append("Whoever left it to go out by itself no longer runs meetings.")
    if not reasons:
        circulate_agenda(meeting, short_because=because, by=meeting.released_by)
        return "sent"

    return _hold(meeting, reasons, by)


def _hold(meeting: Meeting, reasons: list[str], by: User | None) -> str:
    """It stays, and whoever runs meetings hears why."""
    key = f"agenda-held:{meeting.reference}:{clock.today()}"
    if Message.objects.filter(key__startswith=f"{key}:").exists():
        return "held"
    authority = meeting.panel.authority
    people = User.objects.holding(Role.PANEL_ADMINISTRATOR, authority=authority).order_by("pk")
    subject = f"The agenda of {meeting} could not go out by itself"
    post.send_each(
        "meeting.reminder", people, key=key, subject=subject[:200], body=f"{subject}. {' '.join(reasons)}",
        link=f"{meeting.get_absolute_url()}/circulate", about=meeting,
    )  # fmt: skip
    audit.record("agenda.held", on=meeting, by=by, authority=authority, sentence=f"{subject}: whoever must act was told.")
    return "held"


def _items(meeting: Meeting) -> list:
    """What stands on the agenda, with its referrals."""
    return list(meeting.items.standing().in_order().select_related("referral__child", "referral__authority"))


def _runs_meetings(person: User | None, meeting: Meeting) -> bool:
    """Whether whoever released it is still a panel administrator of its authority."""
    return person is not None and User.objects.holding(Role.PANEL_ADMINISTRATOR, authority=meeting.panel.authority).filter(pk=person.pk).exists()
