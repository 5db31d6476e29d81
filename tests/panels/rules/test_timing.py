"""Timing: when items begin, when presenters come, and where a referral joins the line."""

from datetime import UTC, datetime, timedelta

import pytest

from panels.rules.timing import Heard, place_of, window

TEN = datetime(2026, 12, 3, 10, tzinfo=UTC)


@pytest.mark.parametrize(("minute", "first", "last"), [(20, 10, 20), (24, 10, 20), (25, 15, 25), (0, -10, 0)])
def test_presenters_come_in_the_ten_minutes_before_on_the_five(minute, first, last):
    assert window(TEN + timedelta(minutes=minute)) == (TEN + timedelta(minutes=first), TEN + timedelta(minutes=last))


def test_a_late_meeting_moves_the_window():
    assert window(TEN + timedelta(minutes=20), late=15) == (TEN + timedelta(minutes=25), TEN + timedelta(minutes=35))


def test_the_more_urgent_comes_first_and_equals_in_the_order_they_came():
    line = [Heard(1, rank=0), Heard(2, rank=2)]

    assert place_of(Heard(3, rank=1), line) == 1
    assert place_of(Heard(3, rank=0), line) == 1
    assert place_of(Heard(3, rank=2), line) == 2
    assert place_of(Heard(3, rank=2), []) == 0


def test_a_presenters_items_and_a_familys_are_kept_together():
    line = [Heard(1, rank=0, presenter=7), Heard(2, rank=0, presenter=8), Heard(3, rank=1, family=5)]

    assert place_of(Heard(4, rank=2, presenter=7), line) == 1
    assert place_of(Heard(4, rank=0, family=5), line) == 3
    assert place_of(Heard(4, rank=2, presenter=None, family=None), line) == 3
