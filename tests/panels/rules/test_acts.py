"""What the chair may do between meetings, and what a meeting may make of it."""

from datetime import date

import pytest

from panels.rules.acts import Act, Settling, why_not_act, why_not_decide_yet, why_not_settle

GOOD = {"is_chair": True, "is_recused": False, "papers_are_sent": True, "meeting_is_to_come": True}


def test_ACT1_the_chair_acts_on_papers_everybody_has():
    assert why_not_act(Act(**GOOD)) == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"is_chair": False}, "Only the chair"), ({"is_recused": True}, "recused"), ({"papers_are_sent": False}, "Send the papers"),
        ({"meeting_is_to_come": False}, "has begun"), ({"is_done_already": True}, "already acted"),
    ],
)  # fmt: skip
def test_ACT1_refuses(change, words):
    (reason,) = why_not_act(Act(**{**GOOD, **change}))

    assert words in reason


def settling(settled_as, **more):
    return Settling(**{
        "settled_as": settled_as, "words": "", "ends_on": None, "meeting_is_in_progress": True, "was_acted": True, **more,
    })  # fmt: skip


def test_ACT2_ratifying_needs_nothing_more():
    assert why_not_settle(settling("ratified")) == []


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (settling("varied", words=" "), "Say how"), (settling("ended"), "Give the day"), (settling("forgotten"), "Choose whether"),
        (settling("ratified", was_acted=False), "has not acted"), (settling("ratified", is_settled_already=True), "already settled"),
        (settling("ratified", meeting_is_in_progress=False), "not in progress"),
    ],
)  # fmt: skip
def test_ACT2_refuses(asked, words):
    (reason,) = why_not_settle(asked)

    assert words in reason


def test_ACT2_varied_and_ended_say_how_and_when():
    assert why_not_settle(settling("varied", words="For six weeks.")) == []
    assert why_not_settle(settling("ended", ends_on=date(2026, 12, 31))) == []


def test_ACT3_acts_come_first():
    assert why_not_decide_yet([]) == []
    assert why_not_decide_yet([3, 9]) == [
        "Item 3 comes first: ratify, vary or end the chair’s act.", "Item 9 comes first: ratify, vary or end the chair’s act.",
    ]  # fmt: skip
