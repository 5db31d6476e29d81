"""Cancellation: in time, after hearing everybody."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from panels.rules.cancellation import (
    Cancelling,
    why_not_be_silent,
    why_not_call_off,
    why_not_cancel,
)
from panels.rules.service import Reached, why_not_reached

LONDON = ZoneInfo("Europe/London")
STARTS = datetime(2026, 12, 3, 10, tzinfo=LONDON)
RIGHT = Cancelling(STARTS, STARTS - timedelta(days=1))
TOO_LATE = [
    (
        "The meeting starts in less than 24 hours, so it cannot be cancelled; "
        "record it as not held, with a reason."
    )
]


def test_CAN1_a_meeting_may_be_cancelled_exactly_a_day_before():
    assert why_not_cancel(RIGHT) == []


def test_CAN1_a_meeting_is_not_cancelled_within_a_day():
    assert why_not_cancel(replace(RIGHT, now=RIGHT.now + timedelta(seconds=1))) == TOO_LATE


def test_CAN1_the_hours_are_those_that_go_by():
    spring = datetime(2027, 3, 28, 10, tzinfo=LONDON)

    late = Cancelling(spring, datetime(2027, 3, 27, 10, tzinfo=LONDON))

    assert why_not_cancel(late) == TOO_LATE


def test_CAN1_silent_terms_let_a_meeting_be_cancelled_until_it_starts():
    silent = replace(RIGHT, hours=None, now=STARTS - timedelta(minutes=1))

    assert why_not_cancel(silent) == []
    assert why_not_cancel(replace(silent, now=STARTS)) == [
        "The time this meeting was to start has passed."
    ]


def test_CAN2_each_view_is_recorded_before_cancelling_for_lack_of_business():
    asked = replace(RIGHT, is_lack_of_business=True, without_a_view=["Jo Reed", "Sam Ash"])

    assert why_not_cancel(asked) == [
        "Record the view of Jo Reed, or that they did not answer by a date.",
        "Record the view of Sam Ash, or that they did not answer by a date.",
    ]
    assert why_not_cancel(replace(asked, is_lack_of_business=False)) == []
    assert why_not_cancel(replace(asked, without_a_view=[])) == []


def test_CAN3_leaving_too_few_meetings_needs_a_reason():
    few = replace(RIGHT, left_that_year=5, fewest_a_year=6)

    assert why_not_cancel(few) == [
        "This leaves 5 meetings in the year, and the terms ask for at least 6: say why."
    ]
    assert why_not_cancel(replace(few, reason="Nothing to decide.")) == []
    assert why_not_cancel(replace(few, left_that_year=6)) == []


def test_CAN4_i13_not_having_answered_is_said_once_the_day_has_passed():
    today = date(2026, 12, 1)

    assert why_not_be_silent("Jo Reed", today - timedelta(days=1), today) == []
    assert why_not_be_silent("Jo Reed", today, today) == [
        "Jo Reed may still answer until 1 December 2026: that day has not passed."
    ]


def test_CAN5_i18_the_last_representative_counts_and_one_that_came_back_is_late():
    in_time = Reached("Jo Reed", STARTS - timedelta(hours=24))
    late = Reached("Sam Ash", STARTS - timedelta(hours=24) + timedelta(seconds=1))
    lost, waiting = Reached("Al Day", None, came_back=True), Reached("Bo Fry", None)

    def said(*people, now=STARTS):
        return why_not_reached(people, starts_at=STARTS, now=now, hours=24)

    assert said(in_time) == []
    assert said(in_time, late) == ["The cancellation reached Sam Ash less than 24 hours before the start."]
    assert said(lost, waiting, now=STARTS - timedelta(hours=24)) == []
    assert said(lost, waiting, now=STARTS - timedelta(hours=23)) == [
        "The cancellation came back from Al Day, and the 24 hours before the start have begun.",
        "The cancellation has not reached Bo Fry, and the 24 hours before the start have begun.",
    ]
    assert why_not_reached([late], starts_at=STARTS, now=STARTS, hours=None) == []


def test_CAN5_i18_an_hour_lost_to_the_clocks_makes_a_service_late():
    spring = datetime(2027, 3, 28, 10, tzinfo=LONDON)
    person = Reached("Jo Reed", datetime(2027, 3, 27, 10, tzinfo=LONDON))

    assert len(why_not_reached([person], starts_at=spring, now=spring, hours=24)) == 1


def test_CAN6_only_the_chair_calls_a_meeting_off():
    assert why_not_call_off(chairs=True) == []
    assert why_not_call_off(chairs=False) == ["Only the chair, or somebody named to act as chair, cancels a meeting."]
