"""How an indicator is defined, and how a figure goes from typed to released."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from kpis.rules.indicators import (
    quarters_in_arrears,
    trend_of,
    why_not_add_benchmark,
    why_not_check_value,
    why_not_correct_value,
    why_not_define,
    why_not_end_action,
    why_not_enter_value,
    why_not_finish_step,
    why_not_note_progress,
    why_not_reword,
    why_not_set_indicator_target,
    why_not_validate_value,
)

DAY = date(2026, 11, 24)
BEFORE = DAY - timedelta(days=1)
DEFINED = {
    "numerator": "Those in time", "denominator": "All", "unit": "%", "scheme": "target", "better": "high", "tolerance": Decimal("0.1"), "from_on": DAY,
    "last_from": BEFORE, "because": "Counted anew.",
}  # fmt: skip
TYPED = {
    "starts_on": date(2026, 10, 1), "ends_on": date(2026, 11, 1), "today": DAY, "value": None, "numerator": 45, "denominator": 585, "printed": "",
    "unit": "%", "is_there": False,
}  # fmt: skip


def fields(reasons):
    return [getattr(reason, "field", None) for reason in reasons]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"numerator": " "}, "numerator"), ({"denominator": ""}, "denominator"), ({"better": ""}, "better"), ({"tolerance": None}, "tolerance"),
        ({"tolerance": Decimal(-1)}, "tolerance"), ({"from_on": None}, "from_on"), ({"from_on": BEFORE}, "from_on"), ({"because": " "}, "because"),
    ],
)  # fmt: skip
def test_IND1_a_definition_says_what_it_counts_and_holds_from_after_the_last(facts, field):
    assert why_not_define(**DEFINED) == []
    assert fields(why_not_define(**{**DEFINED, **facts})) == [field]


def test_IND1_what_is_not_rated_needs_no_better_way_and_a_number_no_denominator():
    assert why_not_define(**{**DEFINED, "scheme": "none", "better": ""}) == []
    assert why_not_define(**{**DEFINED, "unit": "days", "denominator": ""}) == []


def test_IND2_a_target_is_a_number_or_words_and_says_why_it_replaces():
    assert why_not_set_indicator_target(value=Decimal(0), words="", because="", is_new=True) == []
    assert why_not_set_indicator_target(value=None, words="In place", because="", is_new=True) == []
    assert fields(why_not_set_indicator_target(value=None, words=" ", because="", is_new=False)) == ["value", "because"]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"ends_on": date(2026, 10, 1)}, "last_on"), ({"ends_on": DAY + timedelta(days=1)}, "last_on"), ({"denominator": None}, "denominator"),
        ({"numerator": None}, "denominator"), ({"numerator": None, "denominator": None}, "value"), ({"value": Decimal("7.6")}, "value"),
        ({"is_there": True}, "reading"),
    ],
)  # fmt: skip
def test_IND3_a_figure_is_of_a_period_that_is_over_and_agrees_with_its_counts(facts, field):
    assert why_not_enter_value(**TYPED) == []
    assert fields(why_not_enter_value(**{**TYPED, **facts})) == [field]


@pytest.mark.parametrize(("numerator", "denominator", "value"), [(45, 585, "7.7"), (45, 585, "8"), (1, 8, "13"), (1, 8, "12.5"), (229, 228, "100")])
def test_IND3_a_percentage_agrees_half_up_at_the_places_it_was_typed_with(numerator, denominator, value):
    typed = {**TYPED, "numerator": numerator, "denominator": denominator, "value": Decimal(value)}
    assert why_not_enter_value(**typed) == []
    assert fields(why_not_enter_value(**{**typed, "value": Decimal(value) + 1})) == ["value"]


def test_IND3_a_period_that_ends_today_is_over_and_nought_of_nought_has_no_percentage_to_disagree_with():
    assert why_not_enter_value(**{**TYPED, "ends_on": DAY}) == []
    assert why_not_enter_value(**{**TYPED, "numerator": 0, "denominator": 0, "value": Decimal(5)}) == []


def test_IND4_what_was_validated_stays_and_a_correction_says_why():
    assert why_not_correct_value(is_validated=False, because="A slip.") == []
    assert fields(why_not_correct_value(is_validated=False, because=" ")) == ["because"]
    assert len(why_not_correct_value(is_validated=True, because="A slip.")) == 1


def test_IND5_the_owner_checks_once_and_not_their_own():
    assert why_not_check_value("entered", mine=False, role="HOS", owner="HOS") == []
    assert why_not_check_value("entered", mine=False, role="COM", owner="") == []
    assert len(why_not_check_value("entered", mine=False, role="COM", owner="HOS")) == 1
    assert len(why_not_check_value("validated", mine=True, role="COM", owner="HOS")) == 3


def test_IND6_a_figure_is_validated_after_its_check_by_another_than_entered_it():
    assert why_not_validate_value("checked", mine=False) == []
    assert len(why_not_validate_value("entered", mine=False)) == 1
    assert len(why_not_validate_value("entered", mine=True)) == 2
    assert why_not_validate_value("validated", mine=False) == ["This value was validated before."]


def test_IND7_a_benchmark_has_a_figure_and_a_source():
    assert why_not_add_benchmark(value=Decimal(0), printed="", source="A table") == []
    assert fields(why_not_add_benchmark(value=None, printed="", source="")) == ["value", "source"]


def test_PRO1_a_note_says_where_things_are_and_judges_the_action():
    note = {"words": "Begun.", "on": DAY, "today": DAY, "rating": "", "needs_rating": False}
    assert why_not_note_progress(**note) == []
    assert fields(why_not_note_progress(**{**note, "words": "", "on": DAY + timedelta(days=1), "needs_rating": True})) == ["words", "on", "rating"]


def test_PRO2_an_open_action_is_reworded_with_a_reason():
    assert why_not_reword("Old", "New", because="The focus changed.", state="open") == []
    assert fields(why_not_reword("Old", " Old ", because="", state="closed")) == [None, "text", "because"]


def test_PRO3_an_action_ends_once_with_what_carries_it_on():
    assert why_not_end_action("open", how="complete", because="Done.", has_next=False) == []
    assert why_not_end_action("open", how="closed", because="Elsewhere.", has_next=True) == []
    assert fields(why_not_end_action("complete", how="closed", because="", has_next=False)) == [None, "continues_as", "because"]
    assert fields(why_not_end_action("open", how="open", because="x", has_next=True)) == ["state"]


def test_PRO4_a_step_is_done_once_on_a_day_that_has_come():
    assert why_not_finish_step(is_done=False, on=DAY, today=DAY) == []
    assert fields(why_not_finish_step(is_done=False, on=DAY + timedelta(days=1), today=DAY)) == ["on"]
    assert len(why_not_finish_step(is_done=True, on=DAY, today=DAY)) == 1


@pytest.mark.parametrize(
    ("change", "better", "trend"),
    [
        ("Better", "low", "better"), ("Worse", "high", "worse"), ("Similar", "", "same"), ("Same", "high", "same"), ("Lower", "low", "better"),
        ("Lower", "high", "worse"), ("Higher", "high", "better"), ("Higher", "low", "worse"), ("Higher - no polarity", "", None), ("n/a", "high", None), ("", "high", None),
    ],
)  # fmt: skip
def test_a_printed_change_is_better_or_worse_by_which_way_is_better(change, better, trend):
    assert trend_of(change, better) == trend


@pytest.mark.parametrize(("last_day", "late"), [(date(2019, 3, 31), 0), (date(2018, 12, 31), 1), (date(2018, 9, 30), 2), (date(2019, 6, 30), 0)])
def test_a_figure_of_an_earlier_quarter_is_in_arrears(last_day, late):
    assert quarters_in_arrears(last_day, date(2019, 3, 31)) == late
