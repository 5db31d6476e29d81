"""Homes: one at a time, why they end, how long they lasted, and what came of a move."""

from datetime import date
from decimal import Decimal

import pytest

from referrals.rules.placement import (
    BANDS,
    Ended,
    duration_band,
    early_endings,
    is_planned,
    outcome_of,
    why_not_end_home,
    why_not_home,
    why_not_two_homes,
)

D = date
TODAY = D(2026, 11, 24)


def test_LIV1_two_homes_never_share_a_day():
    others = [(D(2026, 1, 1), D(2026, 3, 1))]

    assert why_not_two_homes(D(2026, 2, 28), None, others) == [
        "The child already has a home in those days, from 1 January 2026. Change its dates first."
    ]


def test_LIV1_a_home_may_begin_on_the_day_the_last_one_ended():
    assert why_not_two_homes(D(2026, 3, 1), None, [(D(2026, 1, 1), D(2026, 3, 1))]) == []


def test_LIV1_an_open_home_leaves_no_later_day():
    assert why_not_two_homes(D(2030, 1, 1), None, [(D(2026, 1, 1), None)]) != []


def test_LIV1_a_home_ends_after_it_starts():
    assert why_not_two_homes(D(2026, 3, 1), D(2026, 3, 1), []) == ["A home ends after the day it starts."]


def test_LIV2_an_ending_has_a_day_a_reason_and_planned_or_not():
    assert why_not_end_home("", None, starts_on=D(2026, 1, 1), on=D(2026, 1, 1), today=TODAY) == [
        "A home ends after the day it started.", "Select why the last home ended.",
    ]  # fmt: skip
    assert why_not_end_home("OTHER", None, starts_on=D(2026, 1, 1), on=D(2026, 11, 25), today=TODAY) == [
        "A move is recorded on the day it happens, or later.",
        "Say whether the ending was planned: this reason alone does not tell.",
    ]
    assert why_not_end_home("CREQB", False, starts_on=D(2026, 1, 1), on=TODAY, today=TODAY) == []


def test_LIV3_a_home_that_must_be_registered_says_whether_it_is():
    assert why_not_home("residential", is_registered=None) != []
    assert why_not_home("residential", is_registered=False) == []
    assert why_not_home("foster", is_registered=None) == []


@pytest.mark.parametrize(
    ("starts", "ends", "band"),
    [
        (D(2026, 3, 1), D(2026, 3, 2), 0),
        (D(2026, 3, 1), D(2026, 4, 1), 0),
        (D(2026, 3, 1), D(2026, 4, 2), 1),
        (D(2026, 1, 31), D(2026, 2, 28), 0),
        (D(2026, 1, 31), D(2026, 3, 1), 1),
        (D(2026, 3, 1), D(2026, 9, 1), 1),
        (D(2026, 3, 1), D(2026, 9, 2), 2),
        (D(2026, 3, 1), D(2027, 3, 1), 2),
        (D(2026, 3, 1), D(2027, 3, 2), 3),
        (D(2024, 2, 29), D(2025, 2, 28), 2),
        (D(2024, 2, 29), D(2025, 3, 1), 3),
    ],
)
def test_f11_a_boundary_day_belongs_to_the_shorter_band(starts, ends, band):
    assert duration_band(starts, ends) == BANDS[band][0]


def test_f11_a_home_of_no_days_has_no_band():
    with pytest.raises(ValueError, match="after it starts"):
        duration_band(D(2026, 3, 1), D(2026, 3, 1))


def test_f11_early_endings_are_counted_by_sector_and_band():
    ended = [Ended("a", True, D(2026, 1, 1), D(2026, 1, 11)), Ended("a", True, D(2026, 2, 1), D(2026, 2, 21))]
    ended += [Ended("b", False, D(2025, 1, 1), D(2026, 6, 1)), Ended("c", None, D(2026, 1, 1), D(2026, 1, 2))]

    own, agency, everybody = early_endings(ended)

    assert (own.homes, own.children, own.average_days) == (2, 1, Decimal(15))
    assert own.bands[0] == ("1 day to 1 month", 2, Decimal("100.0"))
    assert agency.bands[3] == ("More than 1 year", 1, Decimal("100.0"))
    assert (everybody.homes, everybody.children) == (4, 3)


def test_f11_reproduces_the_percentages_printed_for_own_provision():
    lengths = [(D(2017, 1, 1), D(2017, 1, 20))] * 5 + [(D(2017, 1, 1), D(2017, 5, 1))] * 6
    lengths += [(D(2016, 1, 1), D(2016, 10, 1))] * 4 + [(D(2015, 1, 1), D(2017, 1, 1))] * 6

    own = early_endings([Ended(n, True, *length) for n, length in enumerate(lengths)])[0]

    assert [(n, str(percent)) for _, n, percent in own.bands] == [(5, "23.8"), (6, "28.6"), (4, "19.0"), (6, "28.6")]


def test_f11_nothing_ended_has_no_percentage():
    assert {percent for row in early_endings([]) for _, _, percent in row.bands} == {None}


def test_f1_a_reason_says_whether_an_ending_was_planned_or_the_person_does():
    assert is_planned("CARPL", False) is True
    assert is_planned("CREQB", True) is False
    assert is_planned("LAREQ", None) is None
    assert is_planned("LAREQ", True) is True
    assert is_planned("CLOSE", None, unplanned=["CREQB"]) is True
    assert is_planned("NONSENSE", True) is None


def test_f21_a_move_out_of_residential_care_is_an_outcome_and_instead_of_it_another():
    assert outcome_of("residential", "lodgings") == "Moved from residential care to supported lodgings"
    assert outcome_of("small group", "home") == "Moved from residential care home to family"
    assert outcome_of("residential", "pathway", instead_of_residential=True) == "Moved from residential care to a pathway carer"
    assert outcome_of("foster", "lodgings", instead_of_residential=True) == "Supported lodgings instead of residential care"
    assert outcome_of("foster", "residential", instead_of_residential=True) == ""
    assert outcome_of("foster", "lodgings") == ""
