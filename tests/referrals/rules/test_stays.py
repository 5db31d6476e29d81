"""When a stay starts, changes, moves, ends, or is let go."""

from dataclasses import replace
from datetime import date, timedelta

from referrals.rules.stays import (
    Standing,
    why_not_change_dates,
    why_not_hold_for_one,
    why_not_let_go,
    why_not_move_stay,
    why_not_start,
)

TODAY = date(2026, 12, 3)
PLANNED = Standing("planned", TODAY, TODAY + timedelta(weeks=8))
BEGUN = replace(PLANNED, state="begun", starts_on=TODAY - timedelta(weeks=2))


def test_STY1_a_stay_starts_today_and_not_tomorrow():
    assert why_not_start(PLANNED, TODAY, today=TODAY) == []
    assert why_not_start(PLANNED, TODAY + timedelta(days=1), today=TODAY) != []


def test_STY1_a_stay_starts_once_it_has_been_accepted():
    for state in ("offered", "begun", "ended", "lapsed", "released"):
        assert why_not_start(replace(PLANNED, state=state), TODAY, today=TODAY) != []


def test_STY1_a_stay_does_not_start_on_its_planned_end():
    over = replace(PLANNED, planned_end_on=TODAY)

    assert why_not_start(over, TODAY, today=TODAY) == ["It cannot start on or after its planned end."]


def test_STY3_a_day_that_has_begun_stays_as_it_was():
    later = TODAY + timedelta(weeks=10)

    assert why_not_change_dates(BEGUN, BEGUN.starts_on, later, "Longer.") == []
    assert why_not_change_dates(BEGUN, TODAY, later, "Longer.") != []
    assert why_not_change_dates(PLANNED, TODAY + timedelta(days=3), later, "Later.") == []
    assert why_not_change_dates(PLANNED, later, later, "Never.") == ["A stay ends after the day it started."]
    assert why_not_change_dates(replace(BEGUN, state="ended"), BEGUN.starts_on, later, "Again.") == ["This stay is over."]


def test_STY4_a_move_is_within_the_home_and_says_its_impact():
    assert why_not_move_stay(BEGUN, same_home=True, same_place=False, impact="Both asked.") == []
    assert why_not_move_stay(BEGUN, same_home=False, same_place=False, impact="Both asked.") != []
    assert why_not_move_stay(PLANNED, same_home=False, same_place=False, impact="Both asked.") == []
    assert why_not_move_stay(BEGUN, same_home=True, same_place=True, impact="Both asked.") != []
    assert why_not_move_stay(BEGUN, same_home=True, same_place=False, impact="") != []
    assert why_not_move_stay(replace(BEGUN, is_living=False), same_home=True, same_place=False, impact="") == []


def test_STY5_a_held_place_is_let_go_with_a_plan():
    assert why_not_let_go("planned", is_held=True, plan="Another team.") == []
    assert why_not_let_go("planned", is_held=True, plan=" ") == ["Write the plan for the child."]
    assert why_not_let_go("planned", is_held=False, plan="Another team.") != []
    assert why_not_let_go("released", is_held=True, plan="Another team.") != []


def test_STY6_a_home_is_held_for_one_only_where_it_has_another_room():
    assert why_not_hold_for_one(BEGUN, other_rooms=1, reason="Needs quiet.") == []
    assert why_not_hold_for_one(BEGUN, other_rooms=0, reason="Needs quiet.") != []
    assert why_not_hold_for_one(BEGUN, other_rooms=1, reason="") != []
    assert why_not_hold_for_one(replace(BEGUN, is_living=False), other_rooms=1, reason="Needs quiet.") != []
