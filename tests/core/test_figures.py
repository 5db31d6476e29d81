"""Figures, against the published ones."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.figures import average, median, percentage, wilson_interval

D = Decimal


@pytest.mark.parametrize(
    ("numerator", "denominator", "places", "result"),
    [
        (45, 585, 1, "7.7"),
        (51, 583, 0, "9"),
        (219, 228, 1, "96.1"),
        (139, 228, 1, "61.0"),
        (104, 184, 0, "57"),
        (53, 73, 0, "73"),
        (76, 499, 1, "15.2"),
        (129, 538, 1, "24.0"),
        (134, 274, 0, "49"),
        (114, 176, 0, "65"),
        (1, 8, 0, "13"),
        (1, 200, 0, "1"),
        (5, 200, 0, "3"),
        (3, 2, 0, "150"),
        (0, 5, 0, "0"),
    ],
)
def test_percentage_is_half_up(numerator, denominator, places, result):
    found = percentage(numerator, denominator, places)

    assert str(found) == result


def test_nothing_to_divide_by_gives_nothing():
    assert percentage(0, 0) is None
    assert average([]) is None
    assert median([]) is None
    assert wilson_interval(0, 0) is None


def test_average_is_half_up_and_exact():
    assert average([14, 15]) == D("14.5")
    assert average([D("0.1"), D("0.2")], places=2) == D("0.15")
    assert average([0, 0, 0, 1], places=1) == D("0.3")
    assert average(iter([1, 2, 3])) == D("2.0")


def test_median_takes_the_middle():
    assert median([9, 1, 5]) == D("5.0")
    assert median([1, 2, 9, 4]) == D("3.0")


def test_figures_are_never_floats():
    with pytest.raises(TypeError, match="never float"):
        percentage(0.5, 1)


@pytest.mark.parametrize(
    ("numerator", "denominator", "low", "high"),
    [(45, 585, 5.8, 10.1), (3, 12, 8.9, 53.2), (0, 5, 0.0, 43.4)],
)
def test_wilson_interval_reproduces_the_published_limits(numerator, denominator, low, high):
    lower, upper = wilson_interval(numerator, denominator)

    assert (round(100 * lower, 1), round(100 * upper, 1)) == (low, high)


def test_wilson_interval_refuses_more_than_all():
    with pytest.raises(ValueError, match="numerator"):
        wilson_interval(6, 5)


@given(st.integers(0, 500), st.integers(1, 500))
def test_wilson_interval_holds_the_proportion(numerator, denominator):
    numerator = min(numerator, denominator)

    lower, upper = wilson_interval(numerator, denominator)

    assert 0 <= lower <= upper <= 1
    assert lower - 1e-9 <= numerator / denominator <= upper + 1e-9


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 4))
def test_percentage_is_within_half_a_step(numerator, denominator, places):
    found = percentage(numerator, denominator, places)

    assert abs(found - 100 * D(numerator) / D(denominator)) <= D("0.5").scaleb(-places)
