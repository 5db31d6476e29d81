"""Decisions: what a panel records, and who makes it final."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from panels.rules.decisions import (
    CONDITIONS,
    OUTCOMES,
    ChairAgreement,
    Deciding,
    why_not_agree_decision,
    why_not_commit,
    why_not_decide,
    why_not_give_reason,
    why_not_hold_back,
    why_not_send_on,
)

RIGHT = Deciding("AGREED", "The child asked for it.", meeting_is_in_progress=True)
CHAIR = ChairAgreement(signs_in_as_chair=True, is_recused=False)
EMPTY = "Nobody in the room can fill the seat of Head of Service."


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_DEC1_a_quorate_panel_decides(outcome):
    assert why_not_decide(replace(RIGHT, outcome=outcome, conditions="Weekly reviews.")) == []


def test_DEC1_an_inquorate_panel_only_recommends():
    inquorate = replace(RIGHT, not_quorate_because=[EMPTY])

    assert why_not_decide(inquorate) == [
        EMPTY,
        "Record this as a recommendation for the next quorate meeting.",
    ]
    assert why_not_decide(replace(inquorate, as_recommendation=True)) == []


def test_DEC2_a_recused_member_takes_no_part():
    assert why_not_decide(replace(RIGHT, recused_taking_part=["Jo Reed"])) == [
        "Jo Reed is recused from this item and takes no part in it."
    ]


def test_DEC3_reasons_are_given():
    assert why_not_decide(replace(RIGHT, reasons=" \n")) == ["Give the reasons for the decision."]


@pytest.mark.parametrize("outcome", ["", "RECOMMENDED", "YES"])
def test_DEC3_the_decision_is_one_of_the_panels_words(outcome):
    assert why_not_decide(replace(RIGHT, outcome=outcome)) == ["Choose a decision."]


def test_DEC4_conditions_are_named():
    agreed = replace(RIGHT, outcome=CONDITIONS)

    assert why_not_decide(agreed) == ["Name the conditions."]
    assert why_not_decide(replace(agreed, conditions="Weekly reviews.")) == []


def test_DEC5_a_panel_decides_while_it_meets():
    assert why_not_decide(replace(RIGHT, meeting_is_in_progress=False)) == [
        "This meeting is not in progress."
    ]


def test_DEC6_the_chair_agrees_by_their_own_sign_in():
    assert why_not_agree_decision(CHAIR) == []
    assert why_not_agree_decision(replace(CHAIR, signs_in_as_chair=False)) == [
        "Only the chair, or somebody named to act as chair, agrees a decision."
    ]


def test_DEC7_a_recused_chair_does_not_agree():
    assert why_not_agree_decision(replace(CHAIR, is_recused=True)) == [
        "You are recused from this item."
    ]


def test_DEC8_a_decision_is_agreed_once():
    assert why_not_agree_decision(replace(CHAIR, is_agreed_already=True)) == [
        "The chair has already agreed this decision."
    ]


def test_DEC9_sending_on_names_the_panel():
    assert why_not_send_on("REDIRECTED", "") == ["Choose the panel it is sent to."]
    assert why_not_send_on("REDIRECTED", "Tripartite group") == []
    assert why_not_send_on("AGREED", "") == []


def test_DEC10_money_names_its_budget_and_ends_after_it_starts():
    agreed = {"outcome": "AGREED", "reasons": "Yes.", "meeting_is_in_progress": True}
    assert why_not_commit(Deciding(**agreed, amount=Decimal(500))) == ["Name the budget that the amount comes from."]
    assert why_not_commit(Deciding(**agreed, amount=Decimal(500), budget="Transport")) == []
    assert why_not_commit(Deciding(**{**agreed, "outcome": "DECLINED"}, amount=Decimal(500))) == []
    day = date(2026, 12, 3)
    assert why_not_commit(Deciding(**agreed, starts_on=day, ends_on=day)) == ["The end is after the start."]


def test_DEC11_a_reason_belongs_to_its_decision():
    assert why_not_give_reason("AGREED", "DECLINED") == ["That reason belongs to “Not agreed”."]
    assert why_not_give_reason("AGREED", "AGREED") == why_not_give_reason("AGREED", "") == []


def test_DEC12_holding_back_says_why_and_comes_before_release():
    assert why_not_hold_back(" ", is_released=False) == ["Say why it is held back."]
    assert why_not_hold_back("The family first.", is_released=False) == []
    assert why_not_hold_back("The family first.", is_released=True) == ["This decision has been released."]
