"""Eligibility: age on the day, distance, whose carers, and exceptions."""

from datetime import date

import pytest

from referrals.rules.eligibility import (
    Criteria,
    Finding,
    criteria_from,
    findings,
    miles_from,
    nearly_grown_up,
    why_not_age,
    why_not_allow,
    why_not_ask,
    why_not_distance,
    why_not_eligible,
    why_not_home,
)

PILOT = Criteria(miles=20, in_house=True)
LEAP = date(2008, 2, 29)


@pytest.mark.parametrize(
    ("born_on", "on", "may"),
    [
        (date(2008, 12, 4), date(2026, 12, 3), True), (date(2008, 12, 3), date(2026, 12, 3), False),
        (date(2008, 12, 2), date(2026, 12, 3), False), (LEAP, date(2026, 2, 28), True), (LEAP, date(2026, 3, 1), False),
        (date(2026, 12, 3), date(2026, 12, 3), True), ("31 2 2012", date(2026, 12, 3), True), ("", date(2026, 12, 3), True),
    ],
)  # fmt: skip
def test_a12_ELG1_age_is_judged_on_the_day_of_sending(born_on, on, may):
    assert (why_not_age(born_on, Criteria(), on=on) == []) is may


@pytest.mark.parametrize(
    ("on", "warns"),
    [(date(2025, 8, 28), False), (date(2025, 9, 1), True), (date(2026, 2, 28), True), (date(2026, 3, 1), False)],
)
def test_a12_a_young_person_of_seventeen_and_a_half_is_warned_of(on, warns):
    assert bool(nearly_grown_up(LEAP, on=on)) is warns


def test_a12_the_warning_names_the_day():
    assert nearly_grown_up(LEAP, on=date(2026, 2, 1)).startswith("The young person will be 18 on 1 March 2026.")


@pytest.mark.parametrize(
    ("miles", "reasons"),
    [
        ("20", []), ("0", []), ("20.0", []), ("20.1", ["The child lives 20.1 miles away, and the limit is 20."]),
        ("23", ["The child lives 23 miles away, and the limit is 20."]), ("100", ["The child lives 100 miles away, and the limit is 20."]),
        ("", ["Say how many miles away the child lives: the limit is 20."]),
        ("far", ["Say how many miles away the child lives: the limit is 20."]),
        ("NaN", ["Say how many miles away the child lives: the limit is 20."]),
        ("-1", ["Say how many miles away the child lives: the limit is 20."]),
    ],
)  # fmt: skip
def test_a13_ELG2_twenty_miles_is_near_enough_and_a_tenth_more_is_not(miles, reasons):
    assert why_not_distance(miles, PILOT) == reasons


def test_a13_ELG2_a_contract_that_names_no_distance_asks_none():
    assert why_not_distance("", Criteria()) == []
    assert miles_from("1E999999999") is None


@pytest.mark.parametrize(
    ("home", "carer", "may"),
    [("foster", "", True), ("connected", "", True), ("small group home", "", True), ("agency foster", "", False),
     ("residential", "", False), ("residential", "  ", False), ("residential", "Jo Bell", True), ("", "", False)],
)  # fmt: skip
def test_a14_ELG3_the_councils_own_carers_or_one_named_to_move_to(home, carer, may):
    assert (why_not_home(home, carer, PILOT) == []) is may
    assert why_not_home(home, carer, Criteria()) == []


@pytest.mark.parametrize(
    ("facts", "count"),
    [({}, 0), ({"is_strategic": False}, 1), ({"is_author": True}, 1), ({"reason": " "}, 1), ({"is_open": False}, 1),
     ({"is_strategic": False, "is_open": False, "reason": ""}, 3)],
)  # fmt: skip
def test_a14_ELG4_a_strategic_manager_decides_once_with_a_reason(facts, count):
    usual = {"reason": "Near enough.", "is_strategic": True, "is_author": False, "is_open": True}

    assert len(why_not_allow(**usual | facts)) == count


def test_a14_ELG5_an_exception_is_asked_for_what_is_not_met():
    far = findings({"born_on": date(2012, 1, 1), "miles": "23", "lives_now": "foster"}, PILOT, on=date(2026, 12, 3))

    assert why_not_ask("distance", far, reason="Near.", is_asked=False) == []
    assert why_not_ask("home", far, reason="Near.", is_asked=False) == ["Choose something that is not met."]
    assert len(why_not_ask("distance", far, reason=" ", is_asked=True)) == 2
    unknown = findings({"born_on": date(2012, 1, 1), "miles": ""}, Criteria(miles=20), on=date(2026, 12, 3))
    assert why_not_ask("distance", unknown, reason="Near.", is_asked=False) == ["Choose something that is not met."]


def test_a14_ELG6_what_was_allowed_counts_for_the_fact_as_it_was():
    far = [Finding("distance", "Within 20", "23 miles", ("Too far.",))]

    assert why_not_eligible(far, set()) == ["Too far."]
    assert why_not_eligible(far, {("distance", "23 miles")}) == []
    assert why_not_eligible(far, {("distance", "22 miles")}) == ["Too far."]


def test_a31_criteria_come_from_the_contracts_terms():
    assert criteria_from({}) == Criteria()
    assert criteria_from({"under": 16, "miles": 20, "in_house": True, "version": 2, "source": "002:723"}) == Criteria(
        16, 20, True, "2", "002:723"
    )
