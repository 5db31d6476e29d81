"""Decisions: what a panel records, and who makes it final."""

from dataclasses import replace

import pytest

from panels.rules.decisions import (
    CONDITIONS,
    OUTCOMES,
    ChairAgreement,
    Deciding,
    why_not_agree_decision,
    why_not_decide,
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
