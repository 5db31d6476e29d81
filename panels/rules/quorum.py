"""Quorum: who must be in the room before a panel may decide."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Seat:
    """One limb of the quorum clause: a role, and how many different people it needs."""

    role: str
    needed: int = 1


@dataclass(frozen=True)
class Attendee:
    """One person in the room and not recused, and the limbs they may fill."""

    name: str
    may_fill: frozenset[str]


@dataclass(frozen=True)
class FilledSeat:
    """One place in the quorum, and who fills it; None when it is empty."""

    seat: Seat
    attendee: Attendee | None


def seats_filled(attendees: Sequence[Attendee], seats: Sequence[Seat]) -> list[FilledSeat]:
    """Give each place in the quorum, in order, with the one person who fills it.

    As many places are filled as can be; where that ties, the earlier seats are.
    """
    places = [seat for seat in seats for _ in range(seat.needed)]
    place_of: dict[int, int] = {}
    # A place once filled stays filled while people move along, so taking the
    # places in order fills the most and the earliest.
    for number in range(len(places)):
        _seat_somebody(number, places, attendees, place_of, set())
    person_at = {place: person for person, place in place_of.items()}
    return [
        FilledSeat(seat, attendees[person_at[number]] if number in person_at else None)
        for number, seat in enumerate(places)
    ]


def _seat_somebody(
    number: int,
    places: Sequence[Seat],
    attendees: Sequence[Attendee],
    place_of: dict[int, int],
    asked: set[int],
) -> bool:
    """Fill one place, moving others along where that makes room; say whether it worked."""
    for person, attendee in enumerate(attendees):
        if person in asked or places[number].role not in attendee.may_fill:
            continue
        asked.add(person)
        held = place_of.get(person)
        if held is None or _seat_somebody(held, places, attendees, place_of, asked):
            place_of[person] = number
            return True
    return False


def why_not_quorate(attendees: Sequence[Attendee], seats: Sequence[Seat]) -> list[str]:
    """QUO-1. A panel is quorate when every seat of its quorum is filled by a different person."""
    return [
        f"Nobody in the room can fill the seat of {filled.seat.role}."
        for filled in seats_filled(attendees, seats)
        if filled.attendee is None
    ]
