"""What the timetable reminds people of, by day."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.working_days import WorkingDays
from panels.rules.reminders import Stands, draft_day, reminder_due

CALENDAR = WorkingDays([])
MEETS = date(2026, 12, 17)
BEFORE = Stands(meets_on=MEETS, draft_on=date(2026, 12, 8), due_on=date(2026, 12, 10), is_out=False)
HELD = replace(BEFORE, is_out=True, is_held=True, is_closed=True, has_minutes=True)


def test_an_agenda_is_drafted_by_the_day_the_terms_say_or_two_working_days_before_it_goes_out():
    assert draft_day(MEETS, CALENDAR, draft=10, papers=5) == date(2026, 12, 3)
    assert draft_day(MEETS, CALENDAR, draft=None, papers=5) == date(2026, 12, 8)


@pytest.mark.parametrize(("day", "what", "to"), [
    (date(2026, 12, 7), None, None), (date(2026, 12, 8), "agenda-drafted", ("administrator",)), (date(2026, 12, 10), "agenda-due", ("administrator",)),
    (date(2026, 12, 11), "agenda-late", ("administrator", "chair")), (MEETS, "agenda-late", ("administrator", "chair")),
])  # fmt: skip
def test_an_agenda_is_looked_at_then_due_then_late_and_the_chair_hears_of_that(day, what, to):
    found = reminder_due(day, BEFORE, CALENDAR)
    assert (found.what if found else None, found.to if found else None) == (what, to)
    assert reminder_due(day, replace(BEFORE, is_out=True), CALENDAR) is None


def test_minutes_are_due_the_working_day_after_and_late_the_day_after_that():
    assert reminder_due(MEETS, HELD, CALENDAR) is None
    assert reminder_due(MEETS + timedelta(days=1), HELD, CALENDAR).what == "minutes-due"
    assert reminder_due(MEETS + timedelta(days=1), replace(HELD, is_closed=False), CALENDAR).what == "meeting-open"
    assert reminder_due(MEETS + timedelta(days=4), HELD, CALENDAR).to == ("administrator", "chair")
    assert reminder_due(MEETS + timedelta(days=4), replace(HELD, is_held=False), CALENDAR) is None


def test_a_draft_with_the_chair_is_asked_for_after_three_working_days():
    sent = replace(HELD, sent_on=date(2026, 12, 18))
    assert reminder_due(date(2026, 12, 23), sent, CALENDAR) is None
    assert reminder_due(date(2026, 12, 24), sent, CALENDAR).to == ("chair",)
    assert reminder_due(date(2026, 12, 24), replace(sent, is_checked=True), CALENDAR) is None
