"""Minutes: copied, then agreed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from panels.rules.minutes import MinutesAgreement, why_not_agree, why_not_send

MET = datetime(2026, 11, 5, 10, tzinfo=UTC)
RIGHT = MinutesAgreement(MET, MET + timedelta(days=28), True, True, True)
LATER = ["Minutes are agreed at a later meeting of the same panel, once it meets."]


def test_MIN1_every_item_is_decided_or_deferred():
    assert why_not_send([], is_checked_by_chair=True) == []
    assert why_not_send(["Item 5", "Item 7"], is_checked_by_chair=True) == [
        "Item 5 has been neither decided nor deferred.",
        "Item 7 has been neither decided nor deferred.",
    ]


def test_MIN2_minutes_are_agreed_at_a_later_meeting():
    assert why_not_agree(RIGHT) == []
    assert why_not_agree(replace(RIGHT, agreeing_met_at=MET)) == LATER
    assert why_not_agree(replace(RIGHT, agreeing_met_at=MET - timedelta(days=1))) == LATER
    assert why_not_agree(replace(RIGHT, is_same_panel=False)) == LATER
    assert why_not_agree(replace(RIGHT, was_held=False)) == LATER


def test_MIN2_minutes_nobody_has_seen_are_not_agreed():
    assert why_not_agree(replace(RIGHT, were_sent=False)) == [
        "These minutes have not been copied to the members."
    ]


def test_MIN3_the_chair_checks_before_minutes_are_copied():
    assert why_not_send([], is_checked_by_chair=False) == [
        "The chair has not checked these minutes."
    ]


def test_MIN4_agreed_minutes_are_locked():
    locked = ["These minutes have been agreed and are locked."]

    assert why_not_send([], is_checked_by_chair=True, is_agreed=True) == locked
    assert why_not_agree(replace(RIGHT, is_agreed=True)) == locked
