"""Signing off."""

from dataclasses import replace

import pytest

from referrals.rules.sign_off import (
    CONFIRMATIONS,
    Signing,
    first_missing,
    why_not_return,
    why_not_sign_off,
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
    assert found == [f"Confirm this, or return the referral: i{words[1:]}."] or found == [
        f"Confirm this, or return the referral: d{words[1:]}."
    ]


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
