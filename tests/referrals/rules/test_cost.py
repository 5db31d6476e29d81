"""What a journey costs, from dated rates and nothing typed."""

from datetime import date
from decimal import Decimal

from core.money import annual_cost
from referrals.rules.cost import (
    TERM_STARTS,
    Cost,
    Part,
    Rate,
    average_week,
    cost_between,
    cost_by_week,
    difference,
    financial_year,
    periods,
    term,
)

D = date


def part(starts, ends, *rates, **more):
    return Part("Foster carers", "home", starts, ends, [Rate(*rate) for rate in rates], **more)


def test_f3_a_full_week_of_outreach_costs_660():
    outreach = part(D(2026, 6, 29), None, (D(2025, 1, 1), Decimal(660)))

    assert cost_by_week([outreach], [D(2026, 6, 22), D(2026, 6, 29)]) == [Cost(), Cost(Decimal("660.00"))]


def test_f4_twelve_places_at_660_for_52_weeks():
    assert annual_cost(Decimal(660), 12) == Decimal("411840.00")


def test_f6_the_properties_cost_by_age():
    over, under = (part(D(2026, 1, 5), None, (D(2025, 1, 1), Decimal(rate))) for rate in (2438, 5477))

    assert [cost_between([p], D(2026, 1, 5), D(2026, 1, 12)).amount for p in (over, under)] == [Decimal(2438), Decimal(5477)]


def test_f2_a_rate_that_changes_in_the_week_counts_each_day_at_its_own():
    home = part(D(2026, 1, 5), None, (D(2026, 1, 1), Decimal(700)), (D(2026, 1, 8), Decimal(1400)))

    assert cost_between([home], D(2026, 1, 5), D(2026, 1, 12)).amount == Decimal("1100.00")


def test_f2_the_day_a_home_ends_is_not_in_it_and_the_next_begins_on_it():
    first = part(D(2026, 1, 5), D(2026, 1, 8), (D(2026, 1, 1), Decimal(700)))
    second = part(D(2026, 1, 8), None, (D(2026, 1, 8), Decimal(350)))

    assert cost_between([first, second], D(2026, 1, 5), D(2026, 1, 12)).amount == Decimal("500.00")


def test_f2_days_without_a_rate_are_missing_and_never_nought():
    home = part(D(2026, 1, 5), None, (D(2026, 1, 7), Decimal(700)))

    assert cost_between([home], D(2026, 1, 5), D(2026, 1, 12)) == Cost(Decimal("500.00"), is_missing=True)


def test_f2_an_ended_rate_leaves_days_missing():
    home = part(D(2026, 1, 5), None, (D(2026, 1, 1), Decimal(700), D(2026, 1, 6)))

    assert cost_between([home], D(2026, 1, 5), D(2026, 1, 12)).is_missing is True


def test_f2_anothers_price_is_hidden_and_adds_nothing():
    home = part(D(2026, 1, 5), D(2026, 1, 8), (D(2026, 1, 1), Decimal(700)), is_hidden=True)

    assert cost_between([home], D(2026, 1, 5), D(2026, 1, 12)) == Cost(is_hidden=True)
    assert cost_between([home], D(2026, 2, 2), D(2026, 2, 9)) == Cost()


def test_f2_the_picture_of_the_journey_adds_up():
    """Ten weeks in a children's home, twelve with foster carers, outreach throughout: £59,060 against £77,000."""
    first, until = D(2026, 6, 29), D(2026, 11, 30)
    home = part(first, D(2026, 9, 7), (first, Decimal(3500)))
    foster = part(D(2026, 9, 7), None, (D(2026, 9, 7), Decimal(795)))
    outreach = part(first, None, (first, Decimal(660)))

    actual = cost_between([home, foster, outreach], first, until).amount
    without = cost_between([part(first, None, (first, Decimal(3500)))], first, until).amount
    less = difference(without, actual, first, until)

    assert (actual, without, less.total, less.words) == (Decimal("59060.00"), Decimal("77000.00"), Decimal("17940.00"), "less")
    assert average_week(actual, first, until) == Decimal(2685)


def test_f2_a_journey_that_cost_more_says_more():
    less = difference(Decimal(100), Decimal(300), D(2026, 1, 5), D(2026, 1, 19))

    assert (less.words, less.size, less.week_size) == ("more", Decimal(200), Decimal("100.00"))
    assert average_week(Decimal(1), D(2026, 1, 5), D(2026, 1, 5)) is None


def test_f2_years_and_terms_meet_without_a_gap():
    assert financial_year(D(2026, 3, 31)) == (D(2025, 4, 1), D(2026, 4, 1), "2025/26")
    assert financial_year(D(2026, 4, 1))[2] == "2026/27"
    assert term(D(2026, 8, 31)) == (D(2026, 4, 1), D(2026, 9, 1), "Summer term 2026")
    assert term(D(2026, 1, 1), TERM_STARTS)[2] == "Spring term 2026"
    assert [name for *_, name in periods(D(2026, 3, 1), D(2026, 9, 2), term)] == [
        "Spring term 2026", "Summer term 2026", "Autumn term 2026",
    ]  # fmt: skip
