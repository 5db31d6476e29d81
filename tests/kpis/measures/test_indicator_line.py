"""An indicator's line: each point against the target of its own last day."""

from datetime import date
from decimal import Decimal

import pytest

from kpis.actions.indicator import add_indicator, enter_value
from kpis.measures.indicator_line import indicator_series

pytestmark = pytest.mark.django_db


def series_to(borough, *ends):
    """The line of an indicator with a target by 31 March 2019 and another a year later, with a year's value to each day."""
    indicator = add_indicator(
        borough.authority, slug="stable", name="Stable", from_on=date(2015, 4, 1), better="low", frequency="year",
        targets=[(date(2019, 3, 31), Decimal("7.5"), "7.5%"), (date(2020, 3, 31), Decimal(7), "7%")], by=borough.commissioner,
    )  # fmt: skip
    for ends_on in ends:
        enter_value(
            indicator, period_start=ends_on.replace(year=ends_on.year - 1), period_end=ends_on, period_label=f"to {ends_on}", value=Decimal("7.7"),
            printed="7.7%", by=borough.commissioner,
        )  # fmt: skip
    return indicator_series(indicator, kept={})


def test_a_year_to_31_march_is_held_against_the_target_of_that_day_and_not_of_the_next_year(borough):
    series = series_to(borough, date(2019, 4, 1))

    assert series.entries[0].period.last_day == date(2019, 3, 31)
    assert series.targets == [(0, 1, Decimal("7.5"))]


def test_a_year_that_ends_a_day_later_is_held_against_the_next_target(borough):
    assert series_to(borough, date(2019, 4, 2)).targets == [(0, 1, Decimal(7))]


def test_targets_step_where_one_has_passed(borough):
    assert series_to(borough, date(2018, 4, 1), date(2019, 4, 1), date(2020, 4, 1)).targets == [(0, 2, Decimal("7.5")), (2, 3, Decimal(7))]
