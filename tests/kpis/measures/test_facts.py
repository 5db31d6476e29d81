"""How facts of a period become a figure: boundaries, nothing to divide by, spans that run on, what stands on a last day."""

from datetime import date
from decimal import Decimal

import pytest

from kpis.measures.facts import (
    AT_THE_END,
    DAYS_EMPTY,
    DAYS_USED,
    MEAN,
    MIDDLE,
    MONEY,
    NUMBER,
    SHARE,
    SHARE_AT_THE_END,
    Count,
    Fact,
)
from kpis.measures.period import Period, month_of, offered, period_from, year_of
from tests.conftest import TODAY

OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)


def on(day, **facts):
    return Fact(date(2026, 10, day), **facts)


def test_a_fact_is_in_the_period_of_its_day_the_first_counted_and_the_next_first_left_out():
    facts = [Fact(date(2026, 9, 30)), on(1), on(31), Fact(NOVEMBER)]

    assert NUMBER.count(facts, OCTOBER, NOVEMBER) == Count(Decimal(2), 2, 2)
    assert NUMBER.behind(facts, OCTOBER, NOVEMBER) == facts[1:3]


@pytest.mark.parametrize(
    ("days", "value", "longest"), [([], None, None), ([7], 7, 7), ([3, 8], 6, 8), ([1, 2, 30], 2, 30)]
)
def test_the_middle_is_of_what_counts_half_up_and_what_is_left_out_is_in_of(days, value, longest):
    facts = [on(2, amount=each) for each in days] + [on(3, counted=False)]

    assert MIDDLE.count(facts, OCTOBER, NOVEMBER) == Count(value, len(days), len(days) + 1, longest)


def test_a_share_of_nothing_is_no_value():
    assert SHARE.count([], OCTOBER, NOVEMBER) == Count(None, 0, 0)
    assert SHARE.count([on(1), on(2), on(3, counted=False)], OCTOBER, NOVEMBER) == Count(Decimal("66.7"), 2, 3)


def test_a_mean_is_to_the_nearest_half():
    facts = [on(1, amount=Decimal(4)), on(2, amount=Decimal("4.4")), on(3, amount=None)]

    assert MEAN.count(facts, OCTOBER, NOVEMBER) == Count(Decimal(4), 2, 2)
    assert MEAN.count([], OCTOBER, NOVEMBER).value is None


@pytest.mark.parametrize(
    ("first", "until", "stands"),
    [(date(2026, 9, 1), None, 1), (date(2026, 10, 31), None, 1), (NOVEMBER, None, 0), (OCTOBER, date(2026, 10, 31), 0), (OCTOBER, NOVEMBER, 1)],
)
def test_what_stands_on_the_last_day(first, until, stands):
    assert AT_THE_END.count([Fact(first, until=until)], OCTOBER, NOVEMBER).numerator == stands


def test_what_stands_in_a_period_that_runs_stands_today():
    assert AT_THE_END.count([Fact(date(2026, 11, 25))], NOVEMBER, DECEMBER).numerator == 0
    assert AT_THE_END.count([Fact(TODAY)], NOVEMBER, DECEMBER).numerator == 1
    assert SHARE_AT_THE_END.count([Fact(TODAY), Fact(TODAY, counted=False)], NOVEMBER, DECEMBER) == Count(Decimal("50.0"), 1, 2)


def test_place_days_used_over_open_to_the_end_of_today():
    place = Fact(date(2026, 1, 1), counted=False)
    stays = [Fact(date(2026, 10, 20), until=date(2026, 11, 11)), Fact(date(2026, 11, 20))]

    assert DAYS_USED.count([place, *stays], NOVEMBER, DECEMBER) == Count(Decimal("62.5"), 15, 24)
    assert DAYS_EMPTY.count([place, *stays], NOVEMBER, DECEMBER) == Count(Decimal(9), 9, 24)
    assert DAYS_USED.count([place, *stays], OCTOBER, NOVEMBER) == Count(Decimal("38.7"), 12, 31)
    assert DAYS_EMPTY.count([], NOVEMBER, DECEMBER) == Count(None, 0, 0)


def test_spend_over_the_part_of_the_budget_that_falls_in_the_period_by_days():
    budget = Fact(date(2026, 4, 1), counted=False, amount=Decimal(36_500), until=date(2027, 4, 1))
    paid = [on(31, amount=Decimal(1_550)), on(31, amount=Decimal(775)), Fact(NOVEMBER, amount=Decimal(99))]

    assert MONEY.count([budget, *paid], OCTOBER, NOVEMBER) == Count(Decimal("75.0"), 2_325, 3_100)
    assert MONEY.count(paid, OCTOBER, NOVEMBER).value is None


@pytest.mark.parametrize(
    ("slug", "starts_on", "ends_on", "months"),
    [
        ("2026-10", date(2026, 10, 1), date(2026, 11, 1), 1), ("2026-12", date(2026, 12, 1), date(2027, 1, 1), 1),
        ("2026-27-q4", date(2027, 1, 1), date(2027, 4, 1), 3), ("2026-27", date(2026, 4, 1), date(2027, 4, 1), 12),
        ("2009-10", date(2009, 4, 1), date(2010, 4, 1), 12),
    ],
)  # fmt: skip
def test_a_period_is_named_in_its_address(slug, starts_on, ends_on, months):
    found = period_from(slug)

    assert (found.starts_on, found.ends_on, found.months, found.slug) == (starts_on, ends_on, months, slug)


@pytest.mark.parametrize("slug", ["", "2026", "2026-13", "2026-00", "2026-28", "26-10", "2026-27-q5", "2026-27-q0", "2026-10-01", "decade", "٢٠٢٦-10"])
def test_what_names_no_period_is_none(slug):
    assert period_from(slug) is None


def test_the_periods_offered_end_with_the_one_that_runs():
    groups = dict(offered(TODAY))

    assert [groups[name][0].slug for name in ("Months", "Quarters", "Years")] == ["2026-11", "2026-27-q3", "2026-27"]
    assert [len(groups[name]) for name in ("Months", "Quarters", "Years")] == [13, 8, 3]
    assert (month_of(TODAY).words, year_of(date(2027, 3, 31)).words) == ("November 2026", "Year 2026/27")
    assert Period("", "", OCTOBER, NOVEMBER).noun == "month"
