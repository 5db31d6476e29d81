"""Colours on, above and below their boundaries."""

from decimal import Decimal

import pytest

from kpis.rules.rag import quartile_rag, rag

D = Decimal


@pytest.mark.parametrize(
    ("value", "better", "colour"),
    [
        ("85", "high", "G"),
        ("84.9", "high", "A"),
        ("76.5", "high", "A"),
        ("76.49", "high", "R"),
        ("85", "low", "G"),
        ("93.5", "low", "A"),
        ("93.51", "low", "R"),
    ],
)
def test_rag_on_the_boundary_is_the_better_colour(value, better, colour):
    assert rag(D(value), D(85), better=better, tolerance=D("0.1")) == colour


def test_rag_tolerance_may_be_in_the_values_own_unit():
    assert rag(D(80), D(85), better="high", tolerance=D(5), relative=False) == "A"
    assert rag(D("79.9"), D(85), better="high", tolerance=D(5), relative=False) == "R"


def test_rag_is_never_a_floats_rounding():
    assert rag(0.9, 1, better="high", tolerance=0.1) == "A"
    assert rag(1.1, 1, better="low", tolerance=0.1) == "A"


def test_rag_tolerance_of_a_target_below_nought():
    assert rag(D(-11), D(-10), better="high", tolerance=D("0.1")) == "A"
    assert rag(D("-11.1"), D(-10), better="high", tolerance=D("0.1")) == "R"


@pytest.mark.parametrize(
    ("value", "target", "better"), [(None, 1, "high"), (1, None, "high"), (1, 1, None)]
)
def test_rag_is_grey_where_anything_is_missing(value, target, better):
    assert rag(value, target, better=better, tolerance=0) is None


def test_rag_nought_is_a_value():
    assert rag(0, 0, better="low", tolerance=0) == "G"
    assert rag(1, 0, better="low", tolerance=D("0.5")) == "R"


def test_rag_knows_two_directions():
    with pytest.raises(ValueError, match="high"):
        rag(1, 1, better="up", tolerance=0)


@pytest.mark.parametrize(
    ("quartile", "trend", "high_in_q2", "low_in_q3", "colour"),
    [
        (1, "worse", None, None, "G"),
        (2, "better", True, None, "G"),
        (2, "better", False, None, "A"),
        (2, "better", None, None, "A"),
        (2, "same", True, None, "A"),
        (2, "worse", True, None, "A"),
        (3, "worse", None, True, "R"),
        (3, "worse", None, False, "A"),
        (3, "worse", None, None, "A"),
        (3, "same", None, True, "A"),
        (4, "better", None, None, "R"),
        (None, "better", True, True, None),
    ],
)
def test_quartile_rag_follows_the_printed_key(quartile, trend, high_in_q2, low_in_q3, colour):
    assert quartile_rag(quartile, trend, high_in_q2=high_in_q2, low_in_q3=low_in_q3) == colour


def test_quartile_rag_knows_four_quartiles():
    with pytest.raises(ValueError, match="quartile"):
        quartile_rag(5, "same")
