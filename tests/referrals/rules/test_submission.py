"""Sending: what a referral must say."""

from datetime import date

import pytest

from core.rules import FieldReason
from referrals.rules.submission import (
    COHORT,
    MINIMUM_SET,
    REQUEST,
    Gap,
    gaps,
    why_not_edit,
    why_not_send,
)

TODAY = date(2026, 12, 3)
WHOLE = {gap.field: "Something" for gap in MINIMUM_SET + REQUEST} | {"weeks": "12"} | {"born_on": date(2012, 2, 1)}


def send(facts=WHOLE, status="DRAFT"):
    return why_not_send(facts, status=status, today=TODAY)


@pytest.mark.parametrize("status", ["DRAFT", "RETURNED"])
def test_REF1_a_whole_referral_may_be_sent(status):
    assert send(status=status) == []
    assert gaps(WHOLE) == []


@pytest.mark.parametrize("gap", MINIMUM_SET, ids=lambda gap: gap.field)
@pytest.mark.parametrize("blank", [None, "", "  \n", []])
def test_REF1_each_missing_thing_is_named_with_its_task(gap, blank):
    facts = WHOLE | {gap.field: blank}

    assert gaps(facts) == [gap]
    assert send(facts) == [gap.sentence]


def test_REF1_reasons_know_their_field():
    (reason,) = send(WHOLE | {"address": ""})

    assert isinstance(reason, FieldReason)
    assert reason.field == "address"


def test_REF1_the_minimum_is_the_documents():
    assert [gap.field for gap in MINIMUM_SET] == [
        "full_name",
        "address",
        "born_on",
        "gender",
        "ethnicity",
        "carer_name",
        "parental_responsibility",
        "family_history",
        "referrer_name",
        "referrer_contact",
        "safeguarding",
        "previous_interventions",
        "open_to_mental_health",
    ]


def test_REF1_no_is_an_answer():
    assert send(WHOLE | {"open_to_mental_health": False}) == []


def test_REF1_the_childs_view_is_not_asked_before_sending():
    assert send(WHOLE | {"childs_view": ""}) == []


def test_REF2_the_service_the_ask_the_ground_and_the_goal_are_named():
    assert send(WHOLE | {"service": "", "ask": "", "ground": "", "goal": None}) == [
        "Choose the service you are asking for.",
        "Say what you are asking the panel for.",
        "Say why the child is eligible.",
        "Say what should be different for the child.",
    ]
    assert gaps(WHOLE | {"goal": ""}) == [
        Gap("request", "goal", "Say what should be different for the child.")
    ]


def test_a11_REF2_a_hub_bed_is_asked_for_with_the_group_the_child_is_in():
    assert send(WHOLE | {"service": "hub", "cohort": []}) == [COHORT.sentence]
    assert send(WHOLE | {"service": "hub", "cohort": ["missing"]}) == []
    assert send(WHOLE | {"service": "outreach", "cohort": []}) == []


@pytest.mark.parametrize("weeks", ["twelve", "0", "105", "-3", "99999999999", "１２"])
def test_REF2_a_length_that_is_no_number_of_weeks_is_refused(weeks):
    assert send(WHOLE | {"weeks": weeks}) == ["The number of weeks must be between 1 and 104."]


@pytest.mark.parametrize("typed", ["the 31st", "31 2 2012", "0001"])
def test_REF3_a_birth_date_that_is_no_day_is_refused(typed):
    assert send(WHOLE | {"born_on": typed}) == ["The date of birth must be a real day, for example 27 3 2012."]


def test_REF3_a_birth_date_in_the_future_is_refused():
    assert send(WHOLE | {"born_on": date(2026, 12, 4)}) == ["The date of birth is in the future."]
    assert send(WHOLE | {"born_on": TODAY}) == []


def test_REF4_a_referral_is_not_sent_twice():
    assert send(status="WITH_TM") == ["This referral has already been sent."]


def test_an_empty_referral_says_everything_at_once():
    assert len(send({})) == len(MINIMUM_SET) + len(REQUEST)


@pytest.mark.parametrize(
    ("status", "standing", "may"),
    [
        ("DRAFT", 0, True), ("RETURNED", 1, True), ("READY", 2, True), ("BOOKED", 2, True),
        ("MORE_INFO", 2, True), ("WITH_TM", 0, True), ("WITH_TM", 1, False), ("WITH_SM", 1, False),
        ("SENT", 2, False), ("WAITING", 2, False), ("ENDED", 2, False),
    ],
)  # fmt: skip
def test_REF5_a_referral_is_edited_until_signers_have_it(status, standing, may):
    assert (why_not_edit(status, standing=standing) == []) is may
