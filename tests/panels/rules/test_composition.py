"""TOR: seats, quorum and standing items as a proposal would have them."""

import pytest

from panels.models.composition import lines_compared
from panels.rules.composition import (
    Composition,
    ItemLine,
    LimbLine,
    Part,
    SeatLine,
    altered,
    why_not_compose,
    why_not_order,
    why_not_sit,
    why_not_take_out,
)

BEFORE = Composition(
    (SeatLine("a", "Chair", is_chair=True, limb="Director"), SeatLine("b", "Manager", limb="Manager"), SeatLine("c", "Manager too", limb="Manager")),
    (LimbLine("Director"), LimbLine("Manager")),
    (ItemLine("last minutes", "Last minutes"), ItemLine("interests", "Interests"), ItemLine("standing", "Risks"), ItemLine("other", "Other")),
)


def refused(*parts, before=BEFORE):
    return why_not_compose(before, parts, altered(before, parts))


def test_TOR5_why_not_compose_wants_names_of_their_own():
    assert refused(Part("seat", "add", "d", {"title": "New"}), Part("seat", "remove", "b", {})) == []
    assert refused(Part("seat", "add", "b", {"title": "New"})) == ["There is a seat b already."]
    assert refused(Part("limb", "remove", "Nobody", {})) == ["There is not a part of the quorum called Nobody."]
    twice = Part("item", "change", "Risks", {"title": "Other", "minutes": 5})
    assert refused(twice) == ["Two standing items would be called Other."]


def test_TOR6_why_not_sit_keeps_a_chair_and_a_quorum_that_can_be_filled():
    gone = altered(BEFORE, [Part("seat", "remove", "a", {})])
    assert why_not_sit(BEFORE, gone) == [
        "No seat would take the chair.", "Director needs 1 person for the quorum, and no seat could fill it.",
    ]  # fmt: skip
    one_left = altered(BEFORE, [Part("seat", "remove", "b", {})])
    assert why_not_sit(BEFORE, one_left) == []
    two = altered(BEFORE, [Part("limb", "add", "Health", {"needed": 2, "seats": ["b"]})])
    assert "Health needs 2 people for the quorum, and only one seat could fill it." in why_not_sit(BEFORE, two)
    none_before = Composition((SeatLine("a", "Member"),))
    assert why_not_sit(none_before, none_before) == []


def test_TOR7_why_not_order_keeps_first_second_and_last():
    added = altered(BEFORE, [Part("item", "add", "Money", {"minutes": 5, "after": "Interests"})])
    assert [item.title for item in added.items] == ["Last minutes", "Interests", "Money", "Risks", "Other"]
    assert why_not_order(BEFORE, added) == []
    before_interests = altered(BEFORE, [Part("item", "add", "Money", {"minutes": 5, "after": "Last minutes"})])
    assert why_not_order(BEFORE, before_interests) == ["A standing item comes after declarations of interest and before other business."]
    last = altered(BEFORE, [Part("item", "add", "Money", {"minutes": 5, "after": "Other"})])
    assert why_not_order(BEFORE, last)
    assert refused(Part("item", "remove", "Interests", {})) == ["Interests stays on every agenda."]


def test_TOR8_why_not_take_out_keeps_what_the_terms_must_say():
    assert why_not_take_out("3", []) == []
    assert why_not_take_out("5", ["seats"]) == ["Clause 5 stays: it sets what these terms must say (seats)."]


def test_a_part_of_the_quorum_taken_away_is_filled_by_no_seat():
    after = altered(BEFORE, [Part("limb", "remove", "Manager", {})])
    assert [seat.limb for seat in after.seats] == ["Director", "", ""]


@pytest.mark.parametrize(
    ("old", "new", "runs"),
    [
        (["a", "b"], ["a", "c", "b"], [("same", "a"), ("in", "c"), ("same", "b")]),
        (["a", "b"], ["b"], [("out", "a"), ("same", "b")]),
        (["a"], ["b"], [("out", "a"), ("in", "b")]),
        ([], ["a"], [("in", "a")]),
    ],
)
def test_lines_are_compared_whole(old, new, runs):
    assert lines_compared(old, new) == runs
