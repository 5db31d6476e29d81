"""Capacity: how many children a provision holds on any day, and which number each one takes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.dates import day_in_words


@dataclass(frozen=True)
class Stay:
    """One child in one place; the day it ends is not in it, and None means no end is known."""

    starts_on: date
    ends_on: date | None = None

    def __post_init__(self) -> None:
        if self.ends_on is not None and self.ends_on <= self.starts_on:
            raise ValueError("A stay ends after it starts.")

    @property
    def until(self) -> date:
        """The first day not in the stay; the end of time when no end is known."""
        return self.ends_on or date.max

    def holds(self, day: date) -> bool:
        """Say whether a day is in the stay."""
        return self.starts_on <= day < self.until

    def overlaps(self, other: "Stay") -> bool:
        """Say whether some day is in both stays."""
        return self.starts_on < other.until and other.starts_on < self.until


def begun_stay(starts_on: date, planned_end_on: date | None, *, today: date) -> Stay:
    """Give a begun stay as it counts: to its planned end or tomorrow, whichever is later.

    Nothing ends by itself, so a child past the planned end still holds the place.
    """
    if planned_end_on is None:
        return Stay(starts_on)
    return Stay(starts_on, max(planned_end_on, today + timedelta(days=1)))


def _occupancy(stays: Collection[Stay], within: Stay) -> dict[date, int]:
    """Count the stays on each day of a period on which the number can rise."""
    days = {within.starts_on, *(stay.starts_on for stay in stays if within.holds(stay.starts_on))}
    return {day: sum(stay.holds(day) for stay in stays) for day in sorted(days)}


def peak_occupancy(stays: Collection[Stay], within: Stay) -> int:
    """Give the most stays there are on any day of a period."""
    return max(_occupancy(stays, within).values())


def why_not_place(stay: Stay, others: Collection[Stay], places: int) -> list[str]:
    """CAP-1. On no day does a provision hold more children than it has places.

    `others` leaves out the stay itself.
    """
    for day, held in _occupancy(others, stay).items():
        if held >= places:
            all_places = "The only place is" if places == 1 else f"All {places} places are"
            taken = f"{all_places} taken on {day_in_words(day)}."
            return [taken if places else "There are no places."]
    return []


@dataclass(frozen=True)
class Holding:
    """One stay to be given a number; `number` is the one it has now."""

    key: str | int
    stay: Stay
    number: int | None = None
    has_begun: bool = False


@dataclass(frozen=True)
class OpenPlace:
    """One numbered place and the days it is open; the closing day is not among them."""

    number: int
    opens_on: date = date.min
    closes_on: date | None = None
    shut: tuple[Stay, ...] = ()  # periods in which it takes nobody

    def closed_within(self, within: Stay) -> list[Stay]:
        """Give the parts of a period in which the place takes nobody, as stays of nobody."""
        parts = [*self.shut]
        if self.opens_on > within.starts_on:
            parts.append(Stay(within.starts_on, min(self.opens_on, within.until)))
        if self.closes_on is not None and self.closes_on < within.until:
            parts.append(Stay(max(self.closes_on, within.starts_on), within.ends_on))
        return [part for part in parts if part.overlaps(within)]

    def takes(self, stay: Stay) -> bool:
        """Say whether the place is open for the whole of a stay."""
        closes_on = self.closes_on or date.max
        return self.opens_on <= stay.starts_on and stay.until <= closes_on


def no_room(stay: Stay, others: Collection[Stay], places: Sequence[OpenPlace]) -> list[str]:
    """Give CAP-1's reasons where places open, close and are out of use on their own days."""
    shut = {place.number: place.closed_within(stay) for place in places}
    changes = {part.starts_on for parts in shut.values() for part in parts}
    starts = {other.starts_on for other in others}
    for day in sorted({stay.starts_on, *(day for day in changes | starts if stay.holds(day))}):
        there = sum(not any(part.holds(day) for part in parts) for parts in shut.values())
        held = [other for other in others if other.holds(day)]
        if len(held) >= there:
            return why_not_place(Stay(day, day + timedelta(days=1)), held, there)
    return []


def why_not_take(stay: Stay, others: Collection[Stay], place: OpenPlace, name: str) -> list[str]:
    """CAP-3. A bed or room has one child at a time, and nobody while it is closed or out of use."""
    if not place.opens_on <= stay.starts_on:
        return [f"{name} opens on {day_in_words(place.opens_on)}."]
    if place.closes_on is not None and stay.until > place.closes_on:
        return [f"{name} closes on {day_in_words(place.closes_on)}."]
    clashes = sorted(
        [(other, "is taken") for other in others if other.overlaps(stay)]
        + [(part, "is out of use") for part in place.shut if part.overlaps(stay)],
        key=lambda clash: clash[0].starts_on,
    )
    return [f"{name} {why} {_from_to(other)}." for other, why in clashes]


def _from_to(stay: Stay) -> str:
    """Say the days of a stay: "from 3 December 2026 to 10 December 2026", its last day named."""
    first = f"from {day_in_words(stay.starts_on)}"
    if stay.ends_on is None:
        return f"{first}, with no end planned"
    return f"{first} to {day_in_words(stay.ends_on - timedelta(days=1))}"


@dataclass(frozen=True)
class Arrangement:
    """Which number each stay takes; or the first day on which it cannot be arranged."""

    numbers: dict[str | int, int]
    stuck_on: date | None = None


def arrange(
    stays: Sequence[Holding], places: Sequence[OpenPlace], *, move_begun: bool = False
) -> Arrangement:
    """Give interchangeable stays numbers on which none overlap, keeping the numbers they have.

    Begun stays keep theirs unless `move_begun`; a stay keeps its number where it can.
    """
    fixed = [held for held in stays if _is_fixed(held, move_begun)]
    free = [held for held in stays if not _is_fixed(held, move_begun)]
    search = _Search(places)
    for held in sorted(fixed, key=lambda held: held.stay.starts_on):
        place = search.place_numbered(held.number)
        if place is None or not search.is_free(place, held.stay):
            return Arrangement({}, _clash(held.stay, place))
        search.put(held, place)
    in_order = sorted(free, key=lambda held: (held.stay.starts_on, held.number or 0))
    if search.fit(in_order):
        return Arrangement(search.numbers)
    return Arrangement({}, search.furthest)


def _clash(stay: Stay, place: OpenPlace | None) -> date:
    """Say on which day a stay cannot be where it is: the place's closing, else its first."""
    if place is not None and place.closes_on is not None and stay.holds(place.closes_on):
        return place.closes_on
    return stay.starts_on


def _is_fixed(held: Holding, move_begun: bool) -> bool:
    return held.has_begun and held.number is not None and not move_begun


class _Search:
    """Stays being put on numbered places, one by one and back again where that led nowhere."""

    def __init__(self, places: Sequence[OpenPlace]) -> None:
        self.places = sorted(places, key=lambda place: place.number)
        self.by_number = {place.number: place for place in self.places}
        self.on_place: dict[int, list[Stay]] = {place.number: [*place.shut] for place in places}
        self.numbers: dict[str | int, int] = {}
        self.furthest: date | None = None
        self.failed: set[tuple] = set()

    def place_numbered(self, number: int | None) -> OpenPlace | None:
        return self.by_number.get(number)

    def is_free(self, place: OpenPlace, stay: Stay) -> bool:
        taken = self.on_place[place.number]
        return place.takes(stay) and not any(stay.overlaps(other) for other in taken)

    def put(self, held: Holding, place: OpenPlace) -> None:
        self.on_place[place.number].append(held.stay)
        self.numbers[held.key] = place.number

    def fit(self, left: Sequence[Holding]) -> bool:
        """Put every remaining stay, in order of their first days; say whether it worked."""
        if not left:
            return True
        held, day = left[0], left[0].stay.starts_on
        self.furthest = max(self.furthest or day, day)
        if self.failed and self._shape(len(left), day) in self.failed:
            return False
        for place in self._choices(held):
            self.put(held, place)
            if self.fit(left[1:]):
                return True
            self.on_place[place.number].remove(held.stay)
            del self.numbers[held.key]
        self.failed.add(self._shape(len(left), day))
        return False

    def _choices(self, held: Holding) -> list[OpenPlace]:
        """Free places: the stay's own number first, then those of least use to others."""
        free = [place for place in self.places if self.is_free(place, held.stay)]
        return sorted(
            free, key=lambda place: (place.number != held.number, self._room(place, held))
        )

    def _room(self, place: OpenPlace, held: Holding) -> date:
        """Say until when a place would otherwise be free."""
        later = [s.starts_on for s in self.on_place[place.number] if s.starts_on >= held.stay.until]
        return min([place.closes_on or date.max, *later])

    def _shape(self, left: int, day: date) -> tuple:
        """What the rest of the search can still see; two equal shapes end alike."""
        ahead = (
            (place.opens_on, place.closes_on or date.max, self._ahead(place.number, day))
            for place in self.places
        )
        return (left, tuple(sorted(ahead)))

    def _ahead(self, number: int, day: date) -> tuple:
        taken = (stay for stay in self.on_place[number] if stay.until > day)
        return tuple(sorted((max(stay.starts_on, day), stay.until) for stay in taken))


def why_not_arrange(
    stays: Sequence[Holding], places: Sequence[OpenPlace], *, move_begun: bool = False
) -> list[str]:
    """CAP-2. Stays are put on numbered places so that no two share one on any day.

    Begun stays stay where they are unless a closing date asks them to move.
    """
    stuck_on = arrange(stays, places, move_begun=move_begun).stuck_on
    if stuck_on is None:
        return []
    return [f"The stays cannot be arranged on the open places from {day_in_words(stuck_on)}."]
