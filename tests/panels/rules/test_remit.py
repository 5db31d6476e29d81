"""Remit: the sums that bring a request to the panel, and what each kind asks."""

from dataclasses import replace
from decimal import Decimal

import pytest

from panels.rules.remit import (
    Ask,
    Limits,
    why_not_accommodate,
    why_not_ask,
    why_not_assess,
    why_not_keep,
    why_not_pay_above,
    why_not_section_17,
)

LIMITS = Limits(section_17=Decimal(500), assessment=Decimal(1000))
HELP = Ask(kind="section 17", commitment=Decimal(501))
ASSESSMENT = Ask(kind="assessment", commitment=Decimal(1001))


def test_REM1_a_request_says_what_it_commits():
    assert why_not_ask(HELP, LIMITS) == []
    assert why_not_ask(replace(HELP, kind="transport", commitment=Decimal(0)), LIMITS) == ["Say what it costs, and until when."]


@pytest.mark.parametrize(("commitment", "committed", "goes"), [
    (500, 0, False), ("500.01", 0, True), (300, 200, False), (300, "200.01", True), (1, 500, True), (500, 1, True),
])  # fmt: skip
def test_REM2_c19_the_total_commitment_counts_what_was_spent_before(commitment, committed, goes):
    ask = replace(HELP, commitment=Decimal(commitment), committed=Decimal(committed))

    assert (why_not_section_17(ask, Decimal(500)) == []) is goes


def test_REM2_terms_that_are_silent_keep_nothing_away():
    assert why_not_section_17(replace(HELP, commitment=Decimal(1)), None) == []
    assert why_not_section_17(replace(HELP, kind="transport", commitment=Decimal(1)), Decimal(500)) == []


@pytest.mark.parametrize(("cost", "goes"), [(1000, False), ("1000.01", True), (1001, True)])
def test_REM3_c22_an_assessment_goes_to_the_panel_when_it_costs_more_than_the_sum(cost, goes):
    assert (why_not_assess(replace(ASSESSMENT, commitment=Decimal(cost)), Decimal(1000)) == []) is goes


@pytest.mark.parametrize(("rate", "because", "may"), [(1001, "", True), (1000, "", False), (1000, "  ", False), (1000, "No other.", True), (None, "", True)])
def test_REM4_c22_above_the_national_rate_it_says_why(rate, because, may):
    ask = replace(ASSESSMENT, national_rate=None if rate is None else Decimal(rate), above_rate_because=because)

    assert (why_not_pay_above(ask) == []) is may


def test_REM5_c21_other_ways_are_explored_before_accommodation():
    asked = Ask(kind="accommodation", explored=("tried", "unsuitable", ""))

    assert why_not_accommodate(asked) == ["Say what came of a family group conference, or why there is no time."]
    assert why_not_accommodate(replace(asked, explored=("tried", "tried", "not yet"))) != []
    assert why_not_accommodate(replace(asked, explored=("tried", "tried", "tried"))) == []
    assert why_not_accommodate(replace(asked, explored_words="Police protection tonight.")) == []
    assert len(why_not_accommodate(Ask(kind="placement"))) == 3
    assert why_not_accommodate(Ask(kind="transport")) == []


def test_REM6_c23_joint_funding_is_for_the_tripartite_group():
    assert why_not_keep("joint") != []
    assert why_not_keep("placement") == []
