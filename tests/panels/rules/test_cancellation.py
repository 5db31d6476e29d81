"""Cancellation: in time, after hearing everybody."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from panels.rules.cancellation import Cancelling, why_not_cancel

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
