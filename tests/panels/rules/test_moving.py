"""MOV: moving a called meeting."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from panels.rules.moving import (
    Moving,
    why_not_after_another,
    why_not_change,
    why_not_move_meeting,
    why_not_move_so_late,
)

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
ASKED = Moving(
    is_to_come=True, now=NOW, was_at=NOW + timedelta(days=30), to_at=NOW + timedelta(days=40), was_in="Room 1",
    to_in="Room 1", was_minutes=60, to_minutes=60, reason="The room is let.", hours=24,
)  # fmt: skip


def test_MOV1_why_not_move_meeting_asks_that_it_is_still_to_come():
    assert why_not_move_meeting(ASKED) == []
    closed = ["This meeting has begun, or has been held, cancelled or closed."]
    assert why_not_move_meeting(replace(ASKED, is_to_come=False)) == closed
    assert why_not_move_meeting(replace(ASKED, was_at=NOW)) == closed


def test_MOV2_why_not_change_asks_for_a_change_and_why():
    same = replace(ASKED, to_at=ASKED.was_at, reason=" ")
    assert why_not_change(same) == ["Change the day, the time, the length or the place.", "Say why the meeting is moved."]
    assert why_not_change(replace(ASKED, to_at=ASKED.was_at, to_in="Room 2")) == []


def test_MOV3_why_not_move_so_late_keeps_the_hours_for_cancelling():
    at_the_limit = replace(ASKED, was_at=NOW + timedelta(hours=24))
    inside = replace(ASKED, was_at=NOW + timedelta(hours=24, seconds=-1))
    assert why_not_move_so_late(at_the_limit) == []
    assert why_not_move_so_late(inside) == ["It is less than 24 hours to the start, so its day and time stay."]
    assert why_not_move_so_late(replace(inside, to_at=inside.was_at)) == []
    assert why_not_move_so_late(replace(inside, hours=None)) == []


def test_MOV4_why_not_after_another_shows_what_somebody_else_did():
    assert why_not_after_another(False) == []
    assert "Somebody else changed this meeting" in why_not_after_another(True)[0]
