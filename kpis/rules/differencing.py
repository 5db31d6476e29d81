"""Differencing: whether counts told before and a count told now give a count of 1 to 5 back, one from the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, pairwise

FAR = 10**9


@dataclass(frozen=True)
class Told:
    """One count of some days, the last left out; None is hidden, of which a reader may know between what it lies."""

    starts_on: date
    ends_on: date
    count: int | None
    least: int = 0
    most: int = FAR

    @property
    def bounds(self) -> tuple[int, int]:
        """Between what a reader knows it to lie."""
        return (self.least, self.most) if self.count is None else (self.count, self.count)


def gives_back(told: Sequence[Told], *, highest: int = 5) -> bool:
    """True where some stretch of days is left with one possible count only, and that is 1 to `highest`."""
    return any(least == most and 1 <= least <= highest for least, most in ranges(told).values())


def ranges(told: Sequence[Told]) -> dict[tuple[date, date], tuple[int, int]]:
    """Between what each stretch of days that begins and ends where figures do must lie, for one who reads them all.

    Counts of days on end are differences of a running total that never falls, so what is known of them is a set of
    bounds on differences, and the shortest way between two days is exactly how far apart their totals can be.
    """
    days = sorted({day for one in told for day in (one.starts_on, one.ends_on)})
    at = {day: n for n, day in enumerate(days)}
    far = [[0 if a == b else FAR for b in range(len(days))] for a in range(len(days))]
    for later, earlier in ((b, a) for a, b in pairwise(range(len(days)))):
        far[later][earlier] = 0
    for one in told:
        first, last, (least, most) = at[one.starts_on], at[one.ends_on], one.bounds
        far[first][last] = min(far[first][last], most)
        far[last][first] = min(far[last][first], -least)
    _shorten(far)
    return {(days[a], days[b]): (-far[b][a], far[a][b]) for a, b in combinations(range(len(days)), 2)}


def _shorten(far: list[list[int]]) -> None:
    """Replace each way by the shortest there is, over any days between."""
    for over, way in enumerate(far):
        for row in far:
            begin = row[over]
            if begin < FAR:
                for to, rest in enumerate(way):
                    if begin + rest < row[to]:
                        row[to] = begin + rest


@dataclass(frozen=True)
class Figure:
    """One figure that was told or hidden: its days, the last left out, and its parts (what it counts, what it leaves out)."""

    starts_on: date
    ends_on: date
    parts: tuple[int, ...]
    is_hidden: bool

    def is_within(self, starts_on: date, ends_on: date) -> bool:
        """True where all its days are among these."""
        return starts_on <= self.starts_on and self.ends_on <= ends_on


def hides(parts: Sequence[int], starts_on: date, ends_on: date, earlier: Sequence[Figure], *, highest: int = 5) -> bool:
    """Take the parts of a new figure and what was told or hidden before; give True where the new one must be hidden.

    It is hidden where a part is 1 to `highest`; where hidden figures of its days would follow from it; and where
    it and what was told before leave some days with one such count. Proved for figures of quarters and of
    their years, each told once: whoever knows this rule and plays it again is left with two values or more.
    """
    if any(1 <= part <= highest for part in parts):
        return True
    hidden = [one.parts for one in earlier if one.is_hidden and one.is_within(starts_on, ends_on)]
    if hidden and not _may_be_told(hidden, highest):
        return True
    return any(
        gives_back([*_told(earlier, n), Told(starts_on, ends_on, part)], highest=highest)
        for n, part in enumerate([*parts, sum(parts)])
    )


def differs_by_few(of: int, others: Sequence[int], *, highest: int = 5) -> bool:
    """Take how many children a new figure is of, and how many each figure told of the same children is; True where two are 1 to `highest` apart."""
    return any(1 <= abs(of - other) <= highest for other in others)


def _may_be_told(hidden: Sequence[Sequence[int]], highest: int) -> bool:
    """Whether a total may stand over hidden figures: there are two or more, and what they come to pins none of them."""
    sums = [sum(each) for each in zip(*hidden, strict=True)]
    if len(hidden) < 2 or any(1 <= each <= highest or each == highest * len(hidden) for each in sums):
        return False
    there = [each for each in sums if each]
    # Where one part is nought throughout, every hidden count is a small one of the other.
    return len(there) > 1 or len(hidden) < sum(there) < highest * len(hidden)


def _told(earlier: Sequence[Figure], n: int) -> list[Told]:
    """One part of what was told before; the part after the last is what they come to."""
    return [
        Told(one.starts_on, one.ends_on, None if one.is_hidden else [*one.parts, sum(one.parts)][n]) for one in earlier
    ]
