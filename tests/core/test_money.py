"""Money, against the worked results and as properties."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.money import (
    annual_cost,
    benefit,
    break_even_weeks,
    cost_of_stay,
    effective_weekly_rate,
    instalment,
    instalments,
    retention,
    weekly_cost_each,
)

D = Decimal
OCTOBER, APRIL = date(2020, 10, 1), date(2021, 4, 1)
AMOUNTS = st.decimals(0, 1_000_000, places=2)


@pytest.mark.parametrize(
    ("rate", "places", "total"),
    [(660, 12, 411840), (5200, 3, 811200), (2438, 4, 507104), (5477, 2, 569608), (660, 2, 68640)],
)
def test_annual_cost_is_fifty_two_weeks(rate, places, total):
    assert annual_cost(D(rate), places) == D(total)


def test_the_contract_leaves_a_difference():
    assert D(450000) - annual_cost(D(660), 12) == D("38160.00")
    assert annual_cost(D(3500) - D(795)) == D("140660.00")


@pytest.mark.parametrize(
    ("baseline", "actual", "starts_on", "ends_on", "result"),
    [
        (3500, 795, OCTOBER, APRIL, "70330.00"),
        (3500, 795, OCTOBER, date(2021, 1, 1), "35551.43"),
        (3500, 795, OCTOBER, date(2020, 12, 3), "24345.00"),
        (3500, 0, OCTOBER, APRIL, "91000.00"),
        (795, 0, OCTOBER, OCTOBER + timedelta(weeks=12), "9540.00"),
        (3500, 5200, OCTOBER, OCTOBER + timedelta(weeks=6), "-10200.00"),
        (3500, D(5200) / 3, OCTOBER, OCTOBER + timedelta(weeks=6), "10600.00"),
        (3500, 5477, OCTOBER, OCTOBER + timedelta(weeks=13), "-25701.00"),
        (3500, 2438, OCTOBER, OCTOBER + timedelta(weeks=13), "13806.00"),
    ],
)
def test_benefit_reproduces_the_worked_results(baseline, actual, starts_on, ends_on, result):
    assert benefit(D(baseline), D(actual), starts_on, ends_on) == D(result)


def test_cost_of_stay_counts_days_and_leaves_out_the_last():
    cost = cost_of_stay(D(660), date(2020, 7, 1), APRIL)

    assert cost == D("25834.29")
    assert benefit(D(3500), D(795), OCTOBER, APRIL) - cost == D("44495.71")
    assert cost_of_stay(D(660), OCTOBER, OCTOBER + timedelta(days=7)) == D("660.00")
    assert cost_of_stay(D(660), OCTOBER, OCTOBER) == 0


def test_rounding_is_half_up_once():
    assert cost_of_stay(D("0.35"), OCTOBER, OCTOBER + timedelta(days=1)) == D("0.05")
    assert cost_of_stay(D("0.035"), OCTOBER, OCTOBER + timedelta(days=1)) == D("0.01")
    assert cost_of_stay(D("0.875"), OCTOBER, OCTOBER + timedelta(days=1)) == D("0.13")
    assert retention(D("0.10")) == D("0.01")


@pytest.mark.parametrize(
    "deed", [lambda a, b: cost_of_stay(D(1), a, b), lambda a, b: benefit(D(1), 0, a, b)]
)
def test_a_period_cannot_end_before_it_starts(deed):
    with pytest.raises(ValueError, match="before it starts"):
        deed(APRIL, OCTOBER)


def test_money_is_never_a_float():
    with pytest.raises(TypeError, match="never float"):
        annual_cost(660.0)


def test_ninety_thousand_holds_back_four_and_a_half():
    assert retention(D(90000)) == D("4500.00")
    assert instalment(D(90000)) == D("21375.00")


@given(AMOUNTS, st.decimals(0, 100, places=1), st.integers(1, 12))
@example(D("0.02"), D(5), 4)
def test_retention_and_instalments_make_the_total(amount, percent, quarters):
    paid = instalments(amount, percent=percent, quarters=quarters)

    assert len(paid) == quarters
    assert sum(paid) + retention(amount, percent) == amount
    assert min(paid) >= 0


@given(AMOUNTS.filter(lambda amount: amount >= 1))
def test_all_but_the_last_instalment_are_the_same(amount):
    assert set(instalments(amount)[:-1]) == {instalment(amount)}


@given(
    AMOUNTS, st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 400), st.integers(0, 400)
)
def test_two_halves_of_a_stay_cost_the_whole_within_a_penny(rate, starts_on, first, second):
    middle, end = starts_on + timedelta(first), starts_on + timedelta(first + second)

    parts = cost_of_stay(rate, starts_on, middle) + cost_of_stay(rate, middle, end)

    assert abs(parts - cost_of_stay(rate, starts_on, end)) <= D("0.01")


def test_what_a_place_really_costs():
    assert effective_weekly_rate(D(660), 12, 10) == D("792.00")
    assert effective_weekly_rate(D(660), 12, 0) is None
    assert weekly_cost_each(D(450000), 10) == D("865.38")
    assert weekly_cost_each(D(450000), 12) == D("721.15")
    assert weekly_cost_each(D(10_800_000), 59) == D("3520.21")
    assert weekly_cost_each(D(450000), 0) is None
    assert break_even_weeks(annual_cost(660, 12), D(2705)) == D("152.25")
    assert break_even_weeks(D(1), D(0)) is None
