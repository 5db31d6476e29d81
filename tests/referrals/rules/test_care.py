"""Reviews, permanence, pathway and SDQ: when each is asked for."""

from datetime import date

import pytest

from core.working_days import WorkingDays
from referrals.rules.care import (
    change_words,
    next_statutory_review,
    pathway_from,
    pathway_state,
    permanence_state,
    sdq_state,
    stoke_words,
    why_not_care_date,
    why_not_hold_review,
    why_not_sdq,
)

D = date
add = WorkingDays([]).add
TODAY = D(2026, 11, 24)


def test_statutory_reviews_are_due_at_20_working_days_3_months_and_6():
    since = D(2026, 1, 5)

    assert next_statutory_review(since, [], add) == D(2026, 2, 2)
    assert next_statutory_review(since, [D(2026, 1, 30)], add) == D(2026, 4, 30)
    assert next_statutory_review(since, [D(2026, 1, 30), D(2026, 4, 30)], add) == D(2026, 10, 30)
    assert next_statutory_review(since, [D(2025, 6, 1)], add) == D(2026, 2, 2)


def test_f22_a_permanence_plan_by_the_second_review():
    first, second = D(2026, 1, 30), D(2026, 4, 30)

    assert permanence_state([first], None) == ("Needed by the second review", False)
    assert permanence_state([second, first], None)[1] is True
    assert permanence_state([first, second], second) == ("Made by the second review", False)
    assert permanence_state([first, second], D(2026, 5, 1)) == ("Made after the second review", True)
    assert permanence_state([first], D(2026, 2, 1)) == ("Made by the second review", False)


def test_f23_a_pathway_plan_and_adviser_from_fifteen_and_a_half():
    born = D(2011, 5, 24)

    assert pathway_from(born) == TODAY
    assert pathway_state(born, None, False, D(2026, 11, 23)) == ("Not asked for yet", False)
    assert pathway_state(born, None, False, TODAY) == ("No pathway plan and no personal adviser", True)
    assert pathway_state(born, TODAY, False, TODAY) == ("No personal adviser", True)
    assert pathway_state(born, TODAY, True, TODAY)[1] is False
    assert pathway_state(None, None, False, TODAY)[1] is False


@pytest.mark.parametrize(
    ("since", "last", "due"),
    [(None, None, False), (D(2025, 11, 25), None, False), (D(2025, 11, 24), None, True), (D(2020, 1, 1), D(2025, 11, 24), True), (D(2020, 1, 1), D(2025, 11, 25), False)],
)
def test_an_sdq_is_asked_for_after_twelve_months_and_every_year(since, last, due):
    assert sdq_state(since, D(2012, 3, 4), last, TODAY)[1] is due


def test_an_sdq_is_asked_for_from_4_to_16():
    assert sdq_state(D(2020, 1, 1), D(2022, 11, 25), None, TODAY)[1] is False
    assert sdq_state(D(2020, 1, 1), D(2022, 11, 24), None, TODAY)[1] is True
    assert sdq_state(D(2020, 1, 1), D(2009, 11, 24), None, TODAY)[1] is False


def test_SDQ1_a_score_or_a_reason_and_never_both():
    ask = {"on": TODAY, "today": TODAY}

    assert why_not_sdq(0, "", **ask) == why_not_sdq(40, "", **ask) == why_not_sdq(None, "SDQ5", **ask) == []
    assert len(why_not_sdq(None, "", **ask)) == len(why_not_sdq(12, "SDQ1", **ask)) == 1
    assert why_not_sdq(41, "", **ask) == ["A total score is a whole number from 0 to 40."]
    assert len(why_not_sdq(4, "", on=D(2026, 11, 25), today=TODAY)) == 1
    assert len(why_not_sdq(4, "", born_on=D(2026, 11, 25), **ask)) == 1


def test_the_bands_of_a_score_and_its_change_in_words():
    assert (stoke_words(16), stoke_words(17)) == ("Below 17", "17 and over")
    assert change_words(21, 15) == "6 lower: better"
    assert change_words(15, 21) == "6 higher: worse"
    assert (change_words(None, 15), change_words(15, 15)) == ("First score", "No change")


def test_REV1_a_review_is_written_up_once_when_it_has_been():
    assert why_not_hold_review(held_on=TODAY, today=TODAY, is_held=False) == []
    assert why_not_hold_review(held_on=D(2026, 11, 25), today=TODAY, is_held=False) == ["That day has not come yet."]
    assert why_not_hold_review(held_on=TODAY, today=TODAY, is_held=True) == ["This review is written up already."]


def test_REV2_what_has_happened_is_not_in_the_future():
    assert why_not_care_date("on", None, today=TODAY) == why_not_care_date("on", TODAY, today=TODAY) == []
    assert len(why_not_care_date("on", D(2026, 11, 25), today=TODAY)) == 1
