"""Missing from home: reviews, the return interview, and three in ninety days."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from referrals.rules.missing import (
    Ended,
    days_missing,
    interview_due,
    interview_shares,
    is_in_time,
    is_often,
    next_review,
    why_not_interview,
    why_not_report,
    why_not_return,
    window,
)

LONDON = ZoneInfo("Europe/London")
WENT = datetime(2026, 11, 20, 21, 30, tzinfo=LONDON)
HOUR = timedelta(hours=1)
TODAY = date(2026, 11, 24)


def test_f20_the_first_review_is_at_24_hours_and_then_daily():
    assert next_review(WENT, []) == WENT + 24 * HOUR
    assert next_review(WENT, [WENT + 24 * HOUR]) == WENT + 48 * HOUR
    assert next_review(WENT, [WENT + 23 * HOUR]) == WENT + 24 * HOUR
    assert next_review(WENT, [WENT + 71 * HOUR, WENT + 24 * HOUR]) == WENT + 72 * HOUR


@pytest.mark.parametrize(("hours", "in_time"), [(0, True), (72, True), (72.001, False), (-1, False)])
def test_f20_the_interview_is_in_time_up_to_72_hours(hours, in_time):
    assert is_in_time(WENT, WENT + hours * HOUR) is in_time
    assert interview_due(WENT) == WENT + 72 * HOUR


@pytest.mark.parametrize(
    ("days_ago", "often"),
    [([0, 10, 89], True), ([0, 10, 90], False), ([0, 0, 0], True), ([0, 10], False), ([-1, 0, 10], False), ([88, 89, 90, 91], False)],
)
def test_f20_three_in_ninety_days_is_often_and_the_ninetieth_day_back_counts(days_ago, often):
    assert is_often([TODAY - timedelta(days=days) for days in days_ago], TODAY) is often


def test_f20_the_ninety_days_end_with_today():
    assert (TODAY - window(TODAY)).days + 1 == 90


def test_f20_three_figures_of_interviews_and_none_is_another():
    ended = [
        Ended(True, True, WENT, WENT + 10 * HOUR), Ended(True, True, WENT, WENT + 80 * HOUR),
        Ended(True, False, WENT, None), Ended(False, False, WENT, None),
    ]  # fmt: skip

    assert [(s.numerator, s.denominator, s.percent) for s in interview_shares(ended)] == [(3, 4, 75), (2, 3, 67), (1, 4, 25)]
    assert interview_shares([])[0].percent is None


def test_f20_a_part_of_a_day_away_counts_whole():
    assert days_missing(WENT, WENT + 2 * HOUR) == 1
    assert days_missing(WENT, WENT + 24 * HOUR) == 1
    assert days_missing(WENT, WENT + 25 * HOUR) == 2


def test_MIS1_an_episode_shares_no_hour_with_another():
    open_one = [(WENT, None)]
    over = [(WENT, WENT + HOUR)]

    assert why_not_report(WENT + HOUR, over, now=WENT + 3 * HOUR) == []
    assert len(why_not_report(WENT + 2 * HOUR, open_one, now=WENT + 3 * HOUR)) == 1
    assert why_not_report(WENT, [], now=WENT - HOUR) == ["That is in the future."]
    assert why_not_report(WENT - 2 * HOUR, over, now=WENT + 3 * HOUR, until_at=WENT) == []


def test_MIS2_a_return_comes_after_the_child_went():
    now = WENT + 3 * HOUR

    assert why_not_return(WENT, WENT + HOUR, now=now, is_open=True) == []
    assert why_not_return(WENT, WENT, now=now, is_open=True) == ["The return comes after the child went missing."]
    assert why_not_return(WENT, now + HOUR, now=now, is_open=True) == ["That is in the future."]
    assert why_not_return(WENT, WENT + HOUR, now=now, is_open=False) == ["The return is recorded already."]


def test_MIS3_an_interview_follows_the_return_and_a_no_says_why():
    now = WENT + 100 * HOUR
    ask = {"returned_at": WENT, "because": "", "now": now}

    assert why_not_interview(accepted=True, done_at=WENT + HOUR, **ask) == []
    assert why_not_interview(accepted=None, done_at=None, **ask) == []
    assert len(why_not_interview(accepted=False, done_at=None, **ask)) == 1
    assert len(why_not_interview(accepted=None, done_at=WENT + HOUR, **ask)) == 1
    assert len(why_not_interview(accepted=True, done_at=WENT - HOUR, **ask)) == 1
    assert len(why_not_interview(returned_at=None, accepted=True, done_at=None, because="", now=now)) == 1
