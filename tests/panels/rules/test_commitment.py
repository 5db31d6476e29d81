"""Commitment: the sums that bring a request to the panel and stand beside its decision, by one set of rules."""

from dataclasses import replace
from decimal import Decimal

import pytest

from panels.rules.commitment import (
    Commitment,
    commitment_words,
    why_not_assess,
    why_not_commit,
    why_not_pay_above,
    why_not_section_17,
)

HELP = Commitment("section 17", amount=Decimal(501), limit=Decimal(500))
ASSESSMENT = Commitment("assessment", amount=Decimal(1001), limit=Decimal(1000))


def test_REM1_what_must_say_its_sum_says_it():
    assert why_not_commit(replace(HELP, must_say=True)) == []
    assert why_not_commit(replace(HELP, amount=None, must_say=True)) == ["Say what it costs, and until when."]
    assert why_not_commit(replace(HELP, amount=None)) == []


@pytest.mark.parametrize(("amount", "before", "goes"), [
    ("500.00", 0, False), ("500.01", 0, True), (300, 200, False), (300, "200.01", True), (1, 500, True), (500, 1, True),
])  # fmt: skip
def test_REM2_c19_the_total_commitment_counts_what_was_committed_before(amount, before, goes):
    asked = replace(HELP, amount=Decimal(amount), before=Decimal(before))

    assert asked.is_over is goes
    assert (why_not_section_17(asked) == []) is goes
    assert ("more than £500, so it is the panel’s" in commitment_words(asked).replace("not more than", "")) is goes


def test_REM2_terms_that_are_silent_keep_nothing_away_and_say_nothing():
    silent = replace(HELP, amount=Decimal(1), limit=None)

    assert why_not_section_17(silent) == []
    assert commitment_words(silent) == ""
    assert why_not_section_17(replace(HELP, kind="transport", amount=Decimal(1))) == []


@pytest.mark.parametrize(("cost", "goes"), [("1000.00", False), ("1000.01", True), (1001, True)])
def test_REM3_c22_an_assessment_is_judged_by_its_single_request(cost, goes):
    asked = replace(ASSESSMENT, amount=Decimal(cost), before=Decimal(900))

    assert (why_not_assess(asked) == []) is goes
    assert asked.is_over is goes
    assert "committed before" not in commitment_words(asked)


@pytest.mark.parametrize(("rate", "because", "may"), [(1001, "", True), (1000, "", False), (1000, "  ", False), (1000, "No other.", True), (None, "", True)])
def test_REM4_c22_above_the_national_rate_it_says_why(rate, because, may):
    asked = replace(ASSESSMENT, national_rate=None if rate is None else Decimal(rate), above_because=because)

    assert (why_not_pay_above(asked) == []) is may
    if not may:
        assert why_not_pay_above(asked) == ["The national rate on file is £1,000: say why it costs more."]


def test_c19_the_sentence_names_what_was_committed_before_to_the_penny():
    over = commitment_words(replace(HELP, amount=Decimal(300), before=Decimal("200.01")))

    assert over == "£500.01 in all with £200.01 committed before: more than £500, so it is the panel’s to authorise."
    assert "not more than £500" in commitment_words(replace(HELP, amount=Decimal(300), before=Decimal(200)))
