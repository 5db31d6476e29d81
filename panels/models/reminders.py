"""Meetings whose papers or minutes the timetable looks at, and how far each is."""

from datetime import timedelta

from core import clock
from panels.choices import MeetingStatus
from panels.models.clocks import calendar_of, papers_due_on
from panels.models.meeting import Meeting
from panels.models.minutes import Minutes
from panels.rules.reminders import Stands, draft_day

BEFORE, AFTER = timedelta(weeks=6), timedelta(weeks=4)


def meetings_to_look_at():
    """Meetings of the weeks round today that are called and not cancelled, the soonest first."""
    now = clock.now()
    rows = Meeting.objects.with_terms().filter(starts_at__gte=now - AFTER, starts_at__lte=now + BEFORE)
    off = [MeetingStatus.PLANNED, MeetingStatus.CANCELLED, MeetingStatus.NOT_HELD]
    return rows.exclude(status__in=off).soonest_first()


def how_it_stands(meeting) -> Stands:
    """How far a meeting's agenda and minutes are."""
    minutes, terms = Minutes.objects.filter(meeting=meeting).first(), meeting.terms
    sent = minutes.sent_to_chair_at if minutes else None
    return Stands(
        meets_on=meeting.on, due_on=papers_due_on(meeting), is_out=meeting.circulated_at is not None, is_released=meeting.goes_out_on is not None,
        draft_on=draft_day(meeting.on, calendar_of(meeting), draft=terms.pack_draft_working_days, papers=terms.papers_working_days),
        is_held=meeting.started_at is not None, is_closed=meeting.finished_at is not None, has_minutes=minutes is not None,
        sent_on=sent.astimezone(clock.LONDON).date() if sent else None, is_checked=bool(minutes and minutes.checked_at),
    )  # fmt: skip
