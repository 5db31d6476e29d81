"""Signing off."""

from dataclasses import replace

import pytest

from referrals.rules.sign_off import (
    CONFIRMATIONS,
    Signing,
    asked_again,
    chain_of,
    confirmations_needed,
    first_missing,
    why_not_oppose,
    why_not_return,
    why_not_sign_off,
    why_not_sign_unread,
)

RIGHT = Signing(
    step="SM",
    signer="service manager",
    author="social worker",
    status="WITH_SM",
    holds_role=True,
    signed_before=frozenset({"team manager"}),
    confirmations=frozenset(CONFIRMATIONS),
)


def test_SGN1_another_person_may_sign_off():
    assert why_not_sign_off(RIGHT) == []


def test_SGN1_why_not_sign_off_refuses_the_author():
    assert why_not_sign_off(replace(RIGHT, signer="social worker")) == [
        "You wrote this referral, so somebody else signs it off."
    ]


@pytest.mark.parametrize("status", ["DRAFT", "WITH_TM", "WITH_STRATEGIC", "SENT"])
def test_SGN2_each_step_waits_for_its_turn(status):
    assert why_not_sign_off(replace(RIGHT, status=status)) == [
        "This referral is not waiting for the service manager."
    ]


def test_SGN3_the_signer_holds_the_steps_role_for_the_team():
    assert why_not_sign_off(replace(RIGHT, holds_role=False)) == [
        "You are not a service manager for this referral's team."
    ]


def test_SGN4_nobody_signs_two_steps():
    assert why_not_sign_off(replace(RIGHT, signer="team manager")) == [
        "You signed another step of this referral, so somebody else signs this one."
    ]


@pytest.mark.parametrize("left_out", CONFIRMATIONS)
def test_SGN5_each_confirmation_is_made(left_out):
    found = why_not_sign_off(replace(RIGHT, confirmations=RIGHT.confirmations - {left_out}))

    words = CONFIRMATIONS[left_out]
    assert found == [f"Confirm this, or return the referral: {words[0].lower()}{words[1:]}."]


def test_SGN5_there_are_four_confirmations():
    assert len(CONFIRMATIONS) == 4


def test_every_reason_is_given_at_once():
    wrong = Signing("TM", "a", "a", "SENT", holds_role=False, signed_before=frozenset({"a"}))

    assert len(why_not_sign_off(wrong)) == 8


def test_SGN6_a_return_has_a_comment_and_a_task():
    assert why_not_return("Say who cares for him.", ["child"], status="WITH_TM") == []
    assert why_not_return(" ", [], status="WITH_TM") == [
        "Say what needs to change.",
        "Choose at least one task to mend.",
    ]


@pytest.mark.parametrize("status", ["DRAFT", "RETURNED", "READY", "BOOKED", "AGREED"])
def test_SGN6_only_what_is_being_signed_or_triaged_is_returned(status):
    assert why_not_return("Mend it.", ["child"], status=status) == [
        "This referral is not waiting to be signed off or in triage."
    ]


def test_the_first_missing_step_is_the_next_to_sign():
    assert first_missing(["TM", "SM", "STM"], {"SM"}) == "TM"
    assert first_missing(["TM", "SM"], {"TM"}) == "SM"
    assert first_missing(["TM", "SM"], {"TM", "SM"}) is None


def test_b1_a_chain_always_begins_with_team_manager_then_service_manager():
    assert chain_of(["TM", "SM", "STM"]) == ("TM", "SM", "STM")
    assert chain_of(["STM"]) == chain_of(["STM", "SM", "STM", "XX"]) == ("TM", "SM", "STM")
    assert chain_of([]) == ("TM", "SM")


@pytest.mark.parametrize(("allowance", "applies"), [("no", False), ("", True), ("adoption", True), ("sgo", True)])
def test_b5_the_check_of_allowances_applies_unless_none_is_asked_for(allowance, applies):
    assert ("allowances" in confirmations_needed(allowance)) is applies
    left_out = replace(RIGHT, confirmations=frozenset(CONFIRMATIONS) - {"allowances"}, needed=confirmations_needed(allowance))
    assert len(why_not_sign_off(left_out)) == applies


def test_b7_only_steps_that_answer_for_a_task_are_asked_again():
    assert asked_again("request", ["TM", "SM", "STM"]) == ["TM", "SM", "STM"]
    assert asked_again("risk", ["TM", "SM", "STM"]) == ["TM", "SM"]
    assert asked_again("documents", ["TM", "SM", "STM"]) == ["TM"]
    assert asked_again("documents", ["SM"]) == []


@pytest.mark.parametrize(
    ("covers", "reasons"),
    [(None, 0), ("another service manager", 0), ("social worker", 1), ("team manager", 1)],
)
def test_SGN7_cover_never_signs_for_the_author_or_for_who_signed_before(covers, reasons):
    assert len(why_not_sign_off(replace(RIGHT, covers=covers))) == reasons


def test_SGN8_what_is_signed_is_what_was_read():
    assert why_not_sign_unread(7, 7) == why_not_sign_unread(None, 7) == []
    assert why_not_sign_unread(6, 7)[0].field == "deed"


def test_SGN9_not_supporting_says_why():
    assert why_not_oppose("It is outside the remit.", status="WITH_SM") == []
    assert [r.field for r in why_not_oppose(" ", status="READY")] == ["deed", "comment"]


def test_every_reason_stands_beside_a_field():
    wrong = Signing("TM", "a", "a", "SENT", holds_role=False, signed_before=frozenset({"a"}), covers="a")

    assert {reason.field for reason in why_not_sign_off(wrong)} == {"deed", "confirmations"}
