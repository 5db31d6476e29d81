"""The rules of the register: what is entered, what may be cashable, what finance validates, what points to non-delivery."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from contracts.rules.benefit import (
    Delivery,
    Entry,
    ToValidate,
    signs_of_non_delivery,
    why_not_ask_again,
    why_not_cashable,
    why_not_close,
    why_not_count_twice,
    why_not_enter,
    why_not_overwrite,
    why_not_state,
    why_not_validate,
)

FIRST, PLANNED = date(2026, 6, 1), date(2026, 12, 1)
ENTRY = Entry(
    kind="cashable", what="A move home.", is_of_a_child=True, is_moved=True, is_modelled=False, modelled_for="", baseline="Children’s home",
    baseline_weekly=Decimal(3500), baseline_source="A price list", budget_line="Placements", starts_on=FIRST, baseline_ends_on=PLANNED,
    forecast=Decimal(50_000), attribution=Decimal(100), attribution_words="",
)  # fmt: skip


def fields(reasons):
    return [getattr(reason, "field", "") for reason in reasons]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"what": " "}, "what"), ({"baseline": ""}, "baseline"), ({"baseline_source": ""}, "baseline_source"),
        ({"baseline_ends_on": FIRST}, "baseline_ends_on"), ({"baseline_ends_on": None}, "baseline_ends_on"),
        ({"starts_on": None}, "starts_on"), ({"forecast": None}, "forecast"), ({"baseline_weekly": None}, "baseline_weekly"),
        ({"is_modelled": True}, "modelled_for"), ({"attribution": Decimal(0)}, "attribution"),
        ({"attribution": Decimal("100.01")}, "attribution"), ({"attribution": None}, "attribution"),
        ({"attribution": Decimal(50)}, "attribution_words"),
    ],
)  # fmt: skip
def test_BEN1_an_entry_says_all_that_finance_asks(facts, field):
    assert why_not_enter(ENTRY) == []
    assert fields(why_not_enter(replace(ENTRY, **facts))) == [field]


def test_BEN1_a_forecast_may_be_a_loss():
    assert why_not_enter(replace(ENTRY, forecast=Decimal(-1))) == []


def test_BEN2_f21_moved_may_be_cashable_and_instead_is_avoidance():
    assert why_not_cashable(ENTRY) == []
    assert fields(why_not_cashable(replace(ENTRY, is_moved=False))) == ["kind"]
    assert fields(why_not_cashable(replace(ENTRY, budget_line=" "))) == ["budget_line"]
    assert why_not_cashable(replace(ENTRY, kind="non-cashable", is_moved=False, budget_line="")) == []
    assert why_not_cashable(replace(ENTRY, is_of_a_child=False, is_moved=False)) == []


def test_BEN3_the_day_a_benefit_ends_is_free_for_the_next():
    taken = [(FIRST, PLANNED)]

    assert why_not_count_twice(PLANNED, PLANNED + timedelta(days=1), taken) == []
    assert why_not_count_twice(FIRST - timedelta(days=9), FIRST, taken) == []
    assert fields(why_not_count_twice(PLANNED - timedelta(days=1), PLANNED + timedelta(days=9), taken)) == ["starts_on"]


@pytest.mark.parametrize(("on", "because", "field"), [(FIRST, "It.", "on"), (PLANNED, "It.", "on"), (None, "It.", "on"), (FIRST + timedelta(days=1), " ", "because")])
def test_BEN4_it_closes_inside_its_time_with_a_reason(on, because, field):
    assert fields(why_not_close(starts_on=FIRST, ends_on=PLANNED, on=on, because=because)) == [field]
    assert why_not_close(starts_on=FIRST, ends_on=PLANNED, on=FIRST + timedelta(days=1), because="It.") == []


def test_BEN5_only_what_is_not_a_childs_is_stated():
    facts = {
        "is_of_a_child": False, "is_modelled": False, "amount": Decimal(-5), "until": PLANNED, "source": "The ledger", "starts_on": FIRST,
        "today": PLANNED,
    }  # fmt: skip

    assert why_not_state(**facts) == []
    assert len(why_not_state(**facts | {"is_of_a_child": True})) == len(why_not_state(**facts | {"is_modelled": True})) == 1
    assert fields(why_not_state(**facts | {"until": PLANNED + timedelta(days=1)})) == ["until"]
    assert fields(why_not_state(**facts | {"until": FIRST, "amount": None, "source": ""})) == ["amount", "until", "source"]


FACTS = ToValidate(
    amount=Decimal(1), is_modelled=False, is_of_the_hub=False, hub_price_confirmed=False, shown_is_now=True, entered_by_them=False,
    is_validated=False,
)  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"is_modelled": True}, "modelled"), ({"entered_by_them": True}, "somebody else"), ({"is_of_the_hub": True}, "hub’s price"),
        ({"amount": None}, "no figure"), ({"is_validated": True}, "validated before"), ({"shown_is_now": False}, "has changed"),
    ],
)  # fmt: skip
def test_BEN6_finance_validates_what_it_was_shown_and_no_model_and_no_hub_before_its_price(facts, words):
    assert why_not_validate(FACTS) == []
    assert why_not_validate(replace(FACTS, is_of_the_hub=True, hub_price_confirmed=True)) == []
    (reason,) = why_not_validate(replace(FACTS, **facts))
    assert words in reason


def test_BEN7_one_question_at_a_time():
    assert why_not_ask_again(is_open=False) == []
    assert len(why_not_ask_again(is_open=True)) == 1


def test_BEN8_nobody_overwrites_what_somebody_else_saved():
    assert why_not_overwrite(begun_from="1", stands="1") == why_not_overwrite(begun_from="", stands="1") == []
    assert len(why_not_overwrite(begun_from="1", stands="2")) == 1


def test_h5_the_machine_finds_what_points_to_non_delivery():
    well = Delivery(
        expected=Decimal(100), actual=Decimal(100), ended_early_on=None, ended_because="", unvalidated_days=92, validate_within=92,
        is_started=True,
    )  # fmt: skip

    assert signs_of_non_delivery(well) == []
    assert signs_of_non_delivery(replace(well, actual=Decimal("99.50"))) == ["It came to £0.50 less than was forecast by now."]
    assert signs_of_non_delivery(replace(well, unvalidated_days=93)) == ["Finance has not validated it for 93 days."]
    assert "home is missing" in signs_of_non_delivery(replace(well, actual=None))[0]
    assert signs_of_non_delivery(replace(well, actual=None, is_started=False)) == []
    early = replace(well, ended_early_on=date(2026, 9, 1), ended_because="The home broke down")
    assert signs_of_non_delivery(early) == ["It ended on 1 September 2026, before the baseline’s planned end: the home broke down."]
