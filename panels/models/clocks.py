"""The days by which a meeting's notice and papers are due, and what a call is judged on."""

from datetime import date

from core import clock
from core.working_days import WorkingDays
from panels.rules.notice import Call, NoticeTerms


def notice_terms(terms) -> NoticeTerms:
    """The notice clause of a version of the terms, as the rule reads it."""
    return NoticeTerms(
        days=terms.notice_working_days,
        clear=terms.notice_is_clear,
        fewest_a_year=terms.fewest_a_year,
        most_a_year=terms.most_a_year,
    )


def call_for(panel, on: date, kind: str, reason: str, *, without=None) -> Call:
    """What is asked when a meeting is called today; one that is moved is not counted in its own year."""
    return Call(
        meeting_on=on, notice_on=clock.today(), kind=kind.upper(), reason=reason,
        counted_that_year=panel.meetings.counted(on.year).exclude(pk=without and without.pk).count(),
    )  # fmt: skip


def calendar_of(meeting) -> WorkingDays:
    """The Working Days that a meeting is judged by."""
    return WorkingDays(date.fromisoformat(day) for day in meeting.holidays)


def papers_due_on(meeting):
    """The last day to circulate: so many Working Days before the meeting."""
    return calendar_of(meeting).add(meeting.on, -meeting.terms.papers_working_days)
