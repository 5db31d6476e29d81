"""Quorum as an assignment of different people to seats."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from panels.rules.quorum import (
    Attendee,
    FilledSeat,
    Seat,
    seats_filled,
    why_not_quorate,
)

AD, ART, HEAD, SM = "Assistant Director", "ART manager", "Head of Service", "Service Manager"
SEATS = [Seat(AD), Seat(ART), Seat(HEAD), Seat(SM)]


def person(name, *roles):
    return Attendee(name, frozenset(roles))


def empty(role):
    return f"Nobody in the room can fill the seat of {role}."


def test_QUO1_quorate_with_exactly_enough():
    room = [person("A", AD), person("B", ART), person("C", HEAD), person("D", SM)]

    assert why_not_quorate(room, SEATS) == []


def test_QUO1_one_person_never_fills_two_seats():
    room = [person("A", AD, HEAD), person("B", ART), person("D", SM)]

    assert why_not_quorate(room, SEATS) == [empty(HEAD)]


def test_QUO1_the_best_assignment_counts():
    room = [person("A", HEAD, SM), person("B", HEAD)]

    assert why_not_quorate(room, [Seat(HEAD), Seat(SM)]) == []
    assert why_not_quorate(room[::-1], [Seat(SM), Seat(HEAD)]) == []


def test_QUO1_earlier_seats_are_filled_first():
    room = [person("A", AD, HEAD, SM)]

    assert why_not_quorate(room, SEATS) == [empty(ART), empty(HEAD), empty(SM)]


def test_QUO1_one_sentence_for_each_place_left_empty():
    two = [Seat(SM, needed=2)]

    assert why_not_quorate([person("D", SM)], two) == [empty(SM)]
    assert why_not_quorate([], two) == [empty(SM), empty(SM)]


def test_QUO1_attendees_are_distinct_even_with_one_name():
    room = [person("Sam", SM), person("Sam", SM)]

    assert why_not_quorate(room, [Seat(SM, needed=2)]) == []


def test_QUO1_no_limbs_is_always_quorate():
    assert why_not_quorate([], []) == []


def test_QUO1_nobody_present_leaves_every_seat_empty_in_order():
    assert why_not_quorate([], SEATS) == [empty(AD), empty(ART), empty(HEAD), empty(SM)]


def test_seats_filled_says_who_sits_where():
    art, head = person("B", ART), person("C", AD, HEAD)

    assert seats_filled([art, head], [Seat(ART), Seat(HEAD), Seat(SM)]) == [
        FilledSeat(Seat(ART), art),
        FilledSeat(Seat(HEAD), head),
        FilledSeat(Seat(SM), None),
    ]


def best_by_trying_everything(room, seats):
    """Try every order of people in places; more places first, then the earlier ones."""
    places = [seat.role for seat in seats for _ in range(seat.needed)]
    chairs = [*room, *[None] * len(places)]
    patterns = {
        tuple(who is not None for who in order)
        for order in permutations(chairs, len(places))
        if all(who is None or role in who.may_fill for role, who in zip(places, order, strict=True))
    }
    best = max(patterns, key=lambda pattern: (sum(pattern), pattern))
    return [empty(role) for role, filled in zip(places, best, strict=True) if not filled]


ROOMS = st.lists(
    st.frozensets(st.sampled_from("abc")).map(lambda roles: Attendee("Sam", roles)), max_size=3
)


@given(ROOMS, st.lists(st.builds(Seat, st.sampled_from("abc"), st.integers(1, 2)), max_size=2))
def test_QUO1_agrees_with_trying_every_assignment(room, seats):
    assert why_not_quorate(room, seats) == best_by_trying_everything(room, seats)


@given(ROOMS, st.lists(st.builds(Seat, st.sampled_from("abc"), st.integers(1, 2)), max_size=4))
def test_nobody_sits_twice_or_where_they_may_not(room, seats):
    named = [Attendee(str(number), who.may_fill) for number, who in enumerate(room)]

    filled = [place for place in seats_filled(named, seats) if place.attendee]

    assert len({place.attendee.name for place in filled}) == len(filled)
    assert all(place.seat.role in place.attendee.may_fill for place in filled)
