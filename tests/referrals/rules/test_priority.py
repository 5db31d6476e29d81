"""Priority bands and their working."""

from datetime import UTC, date, datetime, timedelta

import pytest

from referrals.rules.priority import (
    Asked,
    Need,
    PriorityTerms,
    Waiter,
    in_order,
    look_again_on,
    priority,
    turn,
    why_not_band,
)

NOW = datetime(2026, 12, 3, tzinfo=UTC)


def test_the_working_says_how_a_band_came_about():
    found = priority(Need(placement_at_risk_in_days=5, sdq=22, lives_outside_the_area=True))

    assert (found.band, found.points) == ("urgent", 6)
    assert found.working == [
        "The placement is at risk within 5 days (+3).",
        "The SDQ is 22 (+2).",
        "The child lives outside the area (+1).",
    ]


def test_what_is_missing_is_not_known_and_never_nought():
    found = priority(Need())

    assert (found.band, found.points) == ("standard", 0)
    assert found.working == [
        "Whether the placement is at risk is not known.",
        "The SDQ is not known.",
        "Whether the child lives outside the area is not known.",
    ]
    assert priority(Need(sdq=0)).working[1] == "The SDQ is 0."


@pytest.mark.parametrize(
    ("need", "band"),
    [
        (Need(6, 16, False), "standard"),
        (Need(6, 16, True), "standard"),
        (Need(6, 17, False), "high"),
        (Need(5, 16, False), "high"),
        (Need(5, 16, True), "urgent"),
        (Need(5, 17, False), "urgent"),
    ],
)
def test_bands_begin_where_the_terms_say(need, band):
    assert priority(need).band == band


def test_the_terms_are_the_services_own():
    assert priority(Need(sdq=15), PriorityTerms(sdq_from=15, urgent_from=2)).band == "urgent"


def test_waiting_children_come_by_band_then_by_how_long():
    waiting = [
        ("standard", NOW - timedelta(days=90)),
        ("urgent", NOW),
        ("high", NOW),
        ("urgent", NOW - timedelta(days=1)),
    ]

    assert sorted(waiting, key=lambda row: turn(*row)) == [
        ("urgent", NOW - timedelta(days=1)),
        ("urgent", NOW),
        ("high", NOW),
        ("standard", NOW - timedelta(days=90)),
    ]


@pytest.mark.parametrize(
    ("band", "proposed", "was", "reason", "agreed", "fields"),
    [
        ("standard", "standard", "", "", False, []),
        ("high", "high", "", "", False, []),
        ("standard", "high", "", "", False, ["band_reason"]),
        ("standard", "high", "", "The carer agrees.", False, []),
        ("high", "standard", "", "Known to us.", False, ["agreed_by"]),
        ("high", "standard", "", "Known to us.", True, []),
        ("high", "standard", "high", "", False, []),
        ("urgent", "urgent", "standard", "", False, ["agreed_by"]),
        ("standard", "standard", "urgent", "", False, []),
        ("nonsense", "standard", "", "", False, ["band"]),
    ],
)
def test_PRI1_and_PRI2_a_band_has_a_reason_and_moving_up_has_agreement(band, proposed, was, reason, agreed, fields):
    assert [r.field for r in why_not_band(Asked(band, proposed, was, reason, agreed))] == fields


def test_b9_a_band_is_looked_at_again_after_28_days():
    assert look_again_on(date(2026, 11, 1), every_days=28) == date(2026, 11, 29)


def test_b9_a_newcomer_goes_in_by_band_and_date_and_never_last_for_being_new():
    def waiter(key, band, days, number=None):
        return Waiter(key, band, NOW - timedelta(days=days), number)

    by_hand = [waiter("b", "standard", 90, 1), waiter("a", "high", 10, 2)]

    assert [w.key for w in in_order([*by_hand, waiter("new", "urgent", 0)])] == ["new", "b", "a"]
    assert [w.key for w in in_order([*by_hand, waiter("new", "standard", 0)])] == ["b", "a", "new"]
    assert [w.key for w in in_order([waiter("x", "standard", 1), waiter("y", "standard", 2), waiter("z", "urgent", 0)])] == ["z", "y", "x"]


def test_b9_of_children_who_are_alike_the_one_known_longer_is_first_also_where_their_numbers_grow_by_a_digit():
    alike = [Waiter(key, "high", NOW) for key in (101, 9, 99, 100, 10)]

    assert [w.key for w in in_order(alike)] == [9, 10, 99, 100, 101]
    assert [w.key for w in in_order([Waiter(w.key, "high", NOW, 1) for w in alike])] == [9, 10, 99, 100, 101]
