"""Agenda: what a meeting may take."""

from dataclasses import replace
from datetime import date

from panels.rules.agenda import (
    Listing,
    why_not_hold_slot,
    why_not_list,
    why_not_move_item,
    why_not_share_slot,
    why_not_split_slot,
    why_not_take_off,
    why_not_take_slot,
    why_not_wait,
)

CLOSE = date(2026, 11, 26)
RIGHT = Listing(is_signed_off=True, meeting_is_open=True, today=CLOSE, papers_close_on=CLOSE)


def test_AGD1_a_signed_off_referral_is_listed_to_the_last_day():
    assert why_not_list(RIGHT) == []


def test_AGD1_an_unsigned_referral_is_refused():
    assert why_not_list(replace(RIGHT, is_signed_off=False)) == [
        "This referral has not been signed off."
    ]


def test_AGD2_a_referral_is_not_listed_twice():
    assert why_not_list(replace(RIGHT, is_listed_for=date(2026, 12, 3))) == [
        "This referral is already listed for 3 December 2026."
    ]


def test_AGD3_a_meeting_that_is_over_takes_nothing():
    assert why_not_list(replace(RIGHT, meeting_is_open=False)) == [
        "This meeting has been held, cancelled or closed."
    ]


def test_AGD4_late_papers_wait_for_the_next_meeting():
    late = replace(RIGHT, today=date(2026, 11, 27))

    assert why_not_list(late) == [
        "Papers closed on 26 November 2026, and the chair has not accepted this late."
    ]
    assert why_not_list(replace(late, chair_accepts_late=True)) == []
    assert why_not_list(replace(late, papers_close_on=None)) == []


def test_AGD5_the_childs_view_comes_before_the_panel():
    assert why_not_list(replace(RIGHT, childs_view_is_settled=False)) == [
        "Give the child's view, or say why not and when they will be asked."
    ]


def test_every_reason_against_listing_is_given_at_once():
    wrong = Listing(
        is_signed_off=False,
        meeting_is_open=False,
        today=date(2026, 12, 1),
        papers_close_on=CLOSE,
        is_listed_for=date(2026, 12, 3),
        childs_view_is_settled=False,
    )

    assert len(why_not_list(wrong)) == 5


def test_AGD6_a_linked_childs_slot_is_shared_until_the_papers_are_out():
    right = {"is_to_come": True, "is_linked": True, "shares": False}

    assert why_not_share_slot(**right) == []
    for wrong in ({"is_to_come": False}, {"is_linked": False}, {"shares": True}):
        assert len(why_not_share_slot(**{**right, **wrong})) == 1


def test_AGD7_a_slot_is_split_while_one_is_free():
    right = {"is_to_come": True, "shares": True, "taken": 7, "slots": 8}

    assert why_not_split_slot(**right) == []
    for wrong in ({"is_to_come": False}, {"shares": False}, {"taken": 8}):
        assert len(why_not_split_slot(**{**right, **wrong})) == 1


def test_AGD4_after_papers_went_out_only_the_chair_takes_one_late():
    out = replace(RIGHT, papers_close_on=None, papers_are_out=True)

    assert why_not_list(out) == ["The papers have gone out, and the chair has not accepted this late."]
    assert why_not_list(replace(out, chair_accepts_late=True)) == []


def test_AGD8_c3_a_full_meeting_takes_no_more():
    assert why_not_take_slot(8, 7) == []
    assert why_not_take_slot(8, 8) == ["All 8 slots of this meeting are taken."]
    assert why_not_take_slot(None, 99) == []


def test_AGD9_a_referral_waits_for_a_full_meeting_once():
    assert why_not_wait(is_full=True, is_waiting=False, is_open=True) == []
    assert len(why_not_wait(is_full=False, is_waiting=True, is_open=False)) == 3


def test_AGD10_first_second_and_last_keep_their_places():
    assert why_not_move_item(keeps_its_place=False, to=3) == []
    assert why_not_move_item(keeps_its_place=False, to=2) != []
    assert why_not_move_item(keeps_its_place=True, to=3) != []


def test_AGD11_c16_what_the_terms_put_on_every_agenda_stays():
    assert why_not_take_off(is_of_every_agenda=False) == []
    assert why_not_take_off(is_of_every_agenda=True) == ["The terms put this item on every agenda."]


def test_AGD12_why_not_hold_slot_is_for_one_on_its_way_once_while_there_is_room():
    free = {"is_on_its_way": True, "is_to_come": True, "papers_are_open": True, "is_held": False, "slots": 2, "taken": 1}
    assert why_not_hold_slot(**free) == []
    assert why_not_hold_slot(**{**free, "taken": 2}) == ["All 2 slots of this meeting are taken."]
    assert why_not_hold_slot(is_on_its_way=False, is_to_come=False, papers_are_open=False, is_held=True, slots=2, taken=1) == [
        "Only a referral that is on its way to being signed off has a slot held.",
        "This meeting has been held, cancelled or closed.", "Papers have closed, so no slot is held.",
        "A slot is held for this referral already: let it go first.",
    ]  # fmt: skip
