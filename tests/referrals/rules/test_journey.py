"""Weeks: when one is the same as the last, when it may be recorded, and runs."""

from datetime import date

import pytest

from referrals.rules.journey import (
    Run,
    WeekFacts,
    runs,
    weeks_from,
    weeks_of,
    why_not_event,
    why_not_record_week,
    why_not_same_as_last_week,
    why_not_scenario,
)

D = date
MONDAY = D(2026, 11, 23)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"events": ["meeting"]}, "Written down: meeting"),
        ({"missing": 1}, "Missing from home this week"),
        ({"incidents": 1}, "An incident is written down"),
        ({"is_over_time": True}, "Over the planned end of the stay"),
        ({"has_contact": False}, "No contact logged"),
        ({"moved": True}, "Moved home this week"),
    ],
)
def test_WKS1_each_of_these_keeps_a_week_from_being_the_same(facts, reason):
    assert why_not_same_as_last_week(WeekFacts(**{"has_contact": True, **facts})) == [reason]


def test_WKS1_a_quiet_week_with_contact_is_the_same():
    assert why_not_same_as_last_week(WeekFacts(has_contact=True)) == []


def test_WKS2_a_week_is_recorded_from_its_monday_on():
    assert why_not_record_week(MONDAY, today=MONDAY, since=None) == []
    assert why_not_record_week(MONDAY, today=D(2026, 11, 22), since=None) == ["That week has not begun yet."]
    assert why_not_record_week(D(2026, 11, 24), today=D(2026, 11, 30), since=None)[0].startswith("24 November 2026 is not a Monday")


def test_WKS2_not_before_the_journey_began():
    assert why_not_record_week(MONDAY, today=MONDAY, since=D(2026, 11, 29)) == []
    assert len(why_not_record_week(MONDAY, today=MONDAY, since=D(2026, 11, 30))) == 1


def test_WKS3_an_event_is_inside_its_week_and_not_in_the_future():
    assert why_not_event(MONDAY, week=MONDAY, today=MONDAY) == []
    assert why_not_event(D(2026, 11, 29), week=MONDAY, today=D(2026, 12, 1)) == []
    assert len(why_not_event(D(2026, 11, 30), week=MONDAY, today=D(2026, 12, 1))) == 1
    assert why_not_event(D(2026, 11, 24), week=MONDAY, today=MONDAY) == ["That day has not come yet."]
    assert why_not_event(None, week=MONDAY, today=MONDAY) == ["Enter the day it happened."]


def test_SCN1_homes_follow_one_another():
    assert why_not_scenario([(D(2026, 1, 1), D(2026, 2, 1)), (D(2026, 2, 1), None)]) == []
    assert len(why_not_scenario([(D(2026, 1, 1), None), (D(2026, 2, 1), None)])) == 1
    assert why_not_scenario([(D(2026, 2, 1), D(2026, 2, 1))]) == ["A home ends after the day it starts."]


def test_runs_join_equal_neighbours_only():
    assert runs([1, 1, 2, 1]) == [Run(0, 2, 1), Run(2, 1, 2), Run(3, 1, 1)]
    assert runs([]) == []


def test_weeks_of_a_period_within_the_columns():
    weeks = weeks_from(D(2026, 11, 25), 4)

    assert weeks[0] == MONDAY
    assert weeks_of(D(2026, 11, 25), D(2026, 11, 30), weeks) == (0, 1)
    assert weeks_of(D(2026, 1, 1), None, weeks) == (0, 4)
    assert weeks_of(D(2027, 5, 1), None, weeks) == (4, 4)
    assert weeks_of(D(2026, 1, 1), D(2026, 11, 23), weeks) == (0, 0)
