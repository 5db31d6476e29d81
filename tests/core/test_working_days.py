"""Working days, against the worked examples and a day-by-day count."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.working_days import WorkingDays, england_holidays, holidays_known_until

ENGLAND = WorkingDays(england_holidays())
DAYS = st.dates(date(2015, 1, 1), date(2027, 12, 31))


@pytest.mark.parametrize(
    ("meeting_on", "clear", "meeting_day_counts"),
    [
        (date(2022, 1, 5), date(2021, 12, 10), date(2021, 12, 13)),
        (date(2022, 6, 8), date(2022, 5, 16), date(2022, 5, 17)),
        (date(2022, 9, 27), date(2022, 9, 5), date(2022, 9, 6)),
        (date(2023, 5, 17), date(2023, 4, 24), date(2023, 4, 25)),
        (date(2020, 4, 22), date(2020, 3, 30), date(2020, 3, 31)),
        (date(2020, 3, 3), date(2020, 2, 11), date(2020, 2, 12)),
        (date(2026, 12, 3), date(2026, 11, 12), date(2026, 11, 13)),
    ],
)
def test_last_day_for_fourteen_days_notice(meeting_on, clear, meeting_day_counts):
    assert ENGLAND.last_day_for_notice(meeting_on, 14) == clear
    assert ENGLAND.last_day_for_notice(meeting_on, 14, clear=False) == meeting_day_counts


def test_the_meeting_may_fall_on_a_sunday():
    sunday = date(2020, 3, 8)

    assert ENGLAND.last_day_for_notice(sunday, 1) == date(2020, 3, 5)
    assert ENGLAND.last_day_for_notice(sunday, 1, clear=False) == date(2020, 3, 5)


def test_a_notice_period_cannot_be_negative():
    with pytest.raises(ValueError, match="negative"):
        ENGLAND.last_day_for_notice(date(2020, 3, 3), -1)


def counted(after, before):
    """Count the working days strictly between two days, one by one."""
    days = (after + timedelta(days=n) for n in range(1, (before - after).days))
    return sum(ENGLAND.is_working(day) for day in days)


@given(DAYS, st.integers(0, 30))
def test_clear_notice_agrees_with_counting_each_day(meeting_on, days):
    last = ENGLAND.last_day_for_notice(meeting_on, days)

    assert ENGLAND.is_working(last)
    assert counted(last, meeting_on) == days


@given(DAYS, st.integers(1, 30))
def test_notice_with_the_meeting_day_agrees_with_counting_each_day(meeting_on, days):
    last = ENGLAND.last_day_for_notice(meeting_on, days, clear=False)

    assert ENGLAND.is_working(last)
    assert counted(last, meeting_on + timedelta(days=1)) == days


@given(DAYS, st.integers(-40, 40).filter(bool))
def test_add_lands_on_the_nth_working_day(day, n):
    landed = ENGLAND.add(day, n)

    assert ENGLAND.is_working(landed)
    first, last = sorted([day, landed])
    assert counted(first, last) + 1 == abs(n)


def test_add_nothing_gives_the_day_itself_when_working():
    assert ENGLAND.add(date(2026, 12, 3), 0) == date(2026, 12, 3)
    with pytest.raises(ValueError, match="2026-12-05"):
        ENGLAND.add(date(2026, 12, 5), 0)


def test_add_passes_a_holiday_both_ways():
    calendar = WorkingDays([date(2023, 5, 8)])

    assert calendar.add(date(2023, 5, 5), 1) == date(2023, 5, 9)
    assert calendar.add(date(2023, 5, 9), -1) == date(2023, 5, 5)


def test_count_leaves_out_the_first_day_and_takes_the_last():
    assert ENGLAND.count(date(2026, 11, 26), date(2026, 12, 3)) == 5
    assert ENGLAND.count(date(2026, 12, 3), date(2026, 12, 3)) == 0
    assert ENGLAND.count(date(2026, 12, 3), date(2026, 12, 1)) == 0


@given(DAYS, st.integers(-30, 900), st.sets(DAYS, max_size=40))
def test_count_agrees_with_counting_each_day_whatever_is_closed(after, days, closed):
    calendar, until = WorkingDays(closed), after + timedelta(days=days)

    one_by_one = sum(calendar.is_working(after + timedelta(days=n)) for n in range(1, days + 1))

    assert calendar.count(after, until) == one_by_one


def test_england_holidays_hold_the_proclaimed_days():
    holidays = england_holidays()

    assert isinstance(holidays, frozenset)
    assert {date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8), date(2026, 12, 28)} <= holidays
    assert date(2026, 11, 30) not in holidays  # St Andrew's Day is Scotland's


def test_the_shipped_list_says_how_far_it_reaches():
    assert holidays_known_until() >= date(2027, 12, 31)
