"""What a benefit comes to: the documents' own worked results, boundary days, and a count by hand, day by day."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from contracts.rules.benefit import why_not_count_twice
from contracts.rules.counting import (
    Ending,
    Lived,
    broke_down,
    ends_first,
    figure,
    full_year,
    pieces,
    so_far,
)
from core.money import annual_cost, benefit, break_even_weeks, cost_of_stay
from referrals.rules.cost import Part, Rate

D = Decimal
JULY, OCTOBER, APRIL = date(2020, 7, 1), date(2020, 10, 1), date(2021, 4, 1)
DAY = timedelta(days=1)


def part(row, rate, starts_on, ends_on=None):
    return Part(row, row, starts_on, ends_on, [Rate(starts_on, None if rate is None else D(rate))])


def came_to(parts, first, until, baseline=3500, attribution=100):
    return figure(pieces(parts, first, until), baseline_weekly=D(baseline), attribution=attribution, starts_on=first, ends_on=until)


def test_f4_f5_f6_f7_the_documents_own_sums():
    assert annual_cost(D(660), 12) == D("411840.00")
    assert D(450_000) - annual_cost(D(660), 12) == D("38160.00")
    assert [annual_cost(D(5200), 3), annual_cost(D(2438), 4), annual_cost(D(5477), 2)] == [D(811200), D(507104), D(569608)]
    assert break_even_weeks(annual_cost(D(660), 12), D(2705)) == D("152.25")
    assert full_year(D(3500), D(795)) == D("140660.00")
    assert full_year(D(3500), D(795) + D(660)) == 52 * D(2045)


def test_f21_moved_from_residential_to_a_family_with_support_in_the_same_window():
    homes = [part("home", 3500, date(2020, 1, 1), OCTOBER), part("home", 795, OCTOBER)]

    gross = came_to(homes, OCTOBER, APRIL)
    net = came_to([*homes, part("support", 660, JULY)], JULY, APRIL)

    assert (gross.amount, gross.days) == (D("70330.00"), 182)
    assert net.support == cost_of_stay(D(660), JULY, APRIL) == D("25834.29")
    assert (net.gross, net.amount) == (D("70330.00"), D("44495.71"))


@pytest.mark.parametrize(
    ("baseline", "rate", "ends_on", "amount"),
    [
        (3500, 795, date(2021, 1, 1), "35551.43"),  # it broke down on 1 January
        (3500, 795, date(2020, 12, 3), "24345.00"),  # 18 on 3 December
        (3500, 0, APRIL, "91000.00"),  # home
        (795, 0, OCTOBER + timedelta(weeks=12), "9540.00"),  # edge of care
        (3500, 5200, OCTOBER + timedelta(weeks=6), "-10200.00"),  # a bed of the hub, each bed £5,200
        (3500, D(5200) / 3, OCTOBER + timedelta(weeks=6), "10600.00"),  # the whole hub £5,200
        (3500, 5477, OCTOBER + timedelta(weeks=13), "-25701.00"),  # under 16
        (3500, 2438, OCTOBER + timedelta(weeks=13), "13806.00"),  # 16 and over
    ],
)
def test_the_worked_results_and_a_loss_stays_a_loss(baseline, rate, ends_on, amount):
    found = came_to([part("home", rate, OCTOBER)], OCTOBER, ends_on, baseline)

    assert found.amount == D(amount) == benefit(D(baseline), D(rate), OCTOBER, ends_on)


def test_it_is_rounded_once_half_up():
    found = came_to([part("home", "0.30", OCTOBER), part("travel", "0.015", OCTOBER)], OCTOBER, OCTOBER + DAY, D("0.35"))

    assert found.amount == D("0.01")  # 0.035 / 7 = 0.005; piece by piece it would be 0.05 - 0.04 - 0.00
    assert came_to([part("home", 0, OCTOBER)], OCTOBER, OCTOBER + DAY, 7, attribution=D("33.5")).amount == D("0.34")


def test_a_missing_price_or_a_day_without_a_home_is_no_saving():
    assert came_to([part("home", None, OCTOBER)], OCTOBER, APRIL).amount is None
    gap = came_to([part("home", 795, OCTOBER, OCTOBER + DAY)], OCTOBER, OCTOBER + 3 * DAY)
    assert (gap.amount, gap.unknown_days) == (None, 2)
    assert came_to([], OCTOBER, OCTOBER).amount == 0


@pytest.mark.parametrize(
    ("facts", "ending"),
    [
        ({}, Ending(date(2021, 1, 1))),
        ({"planned_end": date(2020, 12, 31)}, Ending(date(2020, 12, 31), "The baseline’s planned end")),
        ({"planned_end": date(2021, 1, 1)}, Ending(date(2021, 1, 1), "The baseline’s planned end")),
        ({"eighteen": date(2020, 12, 3)}, Ending(date(2020, 12, 3), "The 18th birthday")),
        ({"eighteen": date(2021, 1, 2)}, Ending(date(2021, 1, 1))),
        ({"eighteen": date(2020, 12, 3), "broke_down": date(2020, 12, 3)}, Ending(date(2020, 12, 3), "The home broke down")),
        ({"broke_down": date(2020, 11, 1), "died": date(2020, 10, 31)}, Ending(date(2020, 10, 31), "The record was closed")),
        ({"eighteen": date(2020, 9, 1)}, Ending(OCTOBER, "The 18th birthday")),
    ],
)
def test_it_ends_at_whichever_comes_first(facts, ending):
    assert ends_first(OCTOBER, **{"planned_end": APRIL, "until": date(2021, 1, 1), **facts}) == ending


@pytest.mark.parametrize(
    ("homes", "day"),
    [
        ([Lived(JULY, OCTOBER, True, False), Lived(OCTOBER, None, False)], None),  # the children's home ending is no breakdown
        ([Lived(OCTOBER, APRIL, False, False)], APRIL),
        ([Lived(JULY, OCTOBER, False, False), Lived(OCTOBER, None, False)], OCTOBER),
        ([Lived(JULY, OCTOBER - DAY, False, False), Lived(OCTOBER, None, False)], None),  # before it began
        ([Lived(JULY, APRIL, False, True), Lived(APRIL, None, True)], APRIL),  # back to a children's home
        ([Lived(JULY, APRIL, True, True), Lived(APRIL, None, True)], None),
    ],
)
def test_a_breakdown_is_a_family_home_ending_unplanned_or_going_back(homes, day):
    assert broke_down(homes, OCTOBER) == day


def test_a_forecast_comes_by_days_and_not_beyond_its_end():
    assert so_far(D(364), OCTOBER, APRIL, OCTOBER) == 0
    assert so_far(D(364), OCTOBER, APRIL, OCTOBER + DAY) == D("2.00")
    assert so_far(D(-364), OCTOBER, APRIL, APRIL + DAY) == D(-364)


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 40), st.integers(0, 4000)), max_size=8)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(SPANS)
def test_BEN3_one_benefit_a_child_a_day_counted_by_hand(spans):
    """Whatever is asked for in whatever order: what the rule lets in holds no day twice, and adds up day by day."""
    kept = []
    for start, length, rate in spans:
        first = OCTOBER + start * DAY
        until = first + length * DAY
        if not why_not_count_twice(first, until, [(a, b) for a, b, _ in kept]):
            kept.append((first, until, rate))

    by_day: dict[date, Decimal] = {}
    for first, until, rate in kept:
        day = first
        while day < until:
            assert day not in by_day
            by_day[day] = (D(3500) - rate) / 7
            day += DAY
    total = sum(came_to([part("home", rate, first)], first, until).amount for first, until, rate in kept)
    by_hand = sum(by_day.values(), D(0)).quantize(D("0.01"), ROUND_HALF_UP)
    assert abs(total - by_hand) <= D("0.01") * max(len(kept), 1)
    assert all(
        why_not_count_twice(OCTOBER + s * DAY, OCTOBER + (s + n) * DAY, [(a, b) for a, b, _ in kept]) for s, n, _ in spans
    )
