"""Contact details after the sending, and second referrers: what each rule refuses."""

import pytest

from core.rules import FieldReason
from referrals.rules.contact import why_not_change_contact
from referrals.rules.copies import why_not_answer_joiner, why_not_ask_to_join

RIGHT = {"status": "SUPPORTED", "was_sent": True, "name": "Jo", "contact": "01632 960000", "is_current": True}
MAY = {"works_here": True, "is_referrer": False, "is_open": True, "has_second": False, "has_asked": False}


def test_a4_CNT1_details_change_from_the_sending_on():
    assert why_not_change_contact(**RIGHT) == []


@pytest.mark.parametrize(
    ("fact", "value", "words"),
    [("status", "ENDED", "ended"), ("status", "WITHDRAWN", "ended"), ("was_sent", False, "not been sent"),
     ("name", "  ", "name"), ("contact", "", "how to reach"), ("is_current", False, "since you opened")],
)  # fmt: skip
def test_a4_CNT1_each_refusal(fact, value, words):
    (reason,) = why_not_change_contact(**{**RIGHT, fact: value})

    assert words in reason
    assert isinstance(reason, FieldReason) == (fact in {"name", "contact"})


@pytest.mark.parametrize(
    ("fact", "value"), [("works_here", False), ("is_referrer", True), ("is_open", False), ("has_second", True), ("has_asked", True)]
)
def test_a25_JNT2_each_refusal(fact, value):
    assert why_not_ask_to_join(**MAY) == []
    assert len(why_not_ask_to_join(**{**MAY, fact: value})) == 1


def test_a25_JNT3_an_answer_is_given_once():
    assert why_not_answer_joiner(is_answered=False) == []
    assert why_not_answer_joiner(is_answered=True) == ["This has been answered already."]
