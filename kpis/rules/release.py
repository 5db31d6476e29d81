"""What may be told together: no count of 1 to 5 children, and none that the rest would give back.

A small count is worked out from what is told beside it: a year less its other months, a percentage and what it is of,
the same children counted by two readings. Figures are looked at in the order in which they were released, each against
all that came before it, so that a later one never undoes an earlier one and nobody gains by comparing two days. Days are
told once: parts first and then the whole, where the parts that are hidden can still be several things; once the whole is
told, none of its parts is, whatever it counts. Figures of several indicators that count the same children are compared
too: how many children there are by each, and what is left of them all by those that were told.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import combinations

SHOWN, SMALL, GIVES_BACK, UNCOUNTED = "", "small", "gives back", "not counted"
HIGHEST = 5
AT_MOST = 4  # parts of the same children that are added up against all of them


@dataclass(frozen=True)
class Given:
    """One figure to be told: the days it covers (the end is not in it), how many it counts, and of how many.

    `figure` says which indicator's it is; `children`, which children it counts, or nothing where no other counts them.
    """

    starts_on: date
    ends_on: date
    numerator: int | None = None
    denominator: int | None = None
    reading: str = ""
    figure: str = ""
    children: str = ""

    @property
    def counts(self) -> tuple[int | None, int | None, int | None]:
        """What it tells: those it counts, all there are, and the rest of them."""
        rest = None if None in (self.numerator, self.denominator) else self.denominator - self.numerator
        return self.numerator, self.denominator, rest

    @property
    def is_counted(self) -> bool:
        """Whether it has any count of its own, and is more than a percentage or words."""
        return self.counts != (None, None, None)

    def overlaps(self, other: "Given") -> bool:
        """Whether the two have a day in common."""
        return self.starts_on < other.ends_on and other.starts_on < self.ends_on

    def holds(self, other: "Given") -> bool:
        """Whether all of the other's days are in this one."""
        return self.starts_on <= other.starts_on and other.ends_on <= self.ends_on

    @property
    def days(self) -> int:
        """How many days it covers."""
        return (self.ends_on - self.starts_on).days


def is_small(number: int, highest: int = HIGHEST) -> bool:
    """Say whether so many children may not be told of; nought may."""
    return 1 <= abs(number) <= highest


def released(figures: Iterable[Given], *, highest: int = HIGHEST) -> list[str]:
    """Take figures in the order of their release; say of each SHOWN, or why it is hidden.

    SMALL: it counts 1 to `highest` children, or leaves so many out. GIVES_BACK: with what came before, somebody could
    work such a count out. UNCOUNTED: it has no counts of its own, and a figure of the same days is hidden. Which of the
    three it is must not be told with it: one sign for all, or the reason itself gives counts back.
    """
    mine: dict[str, list[tuple[Given, str]]] = {}
    beside: dict[tuple, list[tuple[Given, str]]] = {}
    judged = []
    for figure in figures:
        before, others = mine.setdefault(figure.figure, []), beside.setdefault(_same_children(figure), [])
        verdict = _verdict(figure, before, highest)
        if verdict == SHOWN and _others_give(figure, others, highest):
            verdict = GIVES_BACK
        for told in (before, others, judged):
            told.append((figure, verdict))
    return [
        verdict if figure.is_counted else _uncounted(figure, mine[figure.figure], beside[_same_children(figure)]) for figure, verdict in judged
    ]


def _uncounted(figure: Given, mine: list[tuple[Given, str]], others: list[tuple[Given, str]]) -> str:
    """Whether a figure without counts may stand: not where one of its indicator's of the same days is hidden, or one of the same children."""
    hidden = any(verdict and figure.overlaps(one) for one, verdict in mine) or any(verdict for _, verdict in others)
    return UNCOUNTED if hidden else SHOWN


def _same_children(figure: Given) -> tuple:
    """What figures of different indicators share where they count the same children over the same days."""
    return (figure.children, figure.starts_on, figure.ends_on) if figure.children else (figure,)


def _others_give(figure: Given, others: list[tuple[Given, str]], highest: int) -> bool:
    """Whether this figure beside those of other indicators gives a count of 1 to `highest` of the same children back."""
    beside = [(one, verdict) for one, verdict in others if one.figure != figure.figure]
    told = [one for one, verdict in beside if verdict == SHOWN]
    alls = [one.denominator for one in told if None not in (one.denominator, figure.denominator)]
    if any(is_small(figure.denominator - many, highest) for many in alls):
        return True
    if None in (figure.numerator, figure.denominator):
        return False
    parts = [one.numerator for one in told if one.denominator == figure.denominator and one.numerator is not None]
    small = sum(verdict == SMALL and one.denominator == figure.denominator for one, verdict in beside)
    return any(is_small(rest, highest) or rest == highest * small > 0 for rest in _rests(figure.denominator - figure.numerator, parts))


def _rests(rest: int, parts: list[int]) -> list[int]:
    """What is left of a rest by itself, and less some of these parts."""
    return [rest - sum(some) for many in range(AT_MOST) for some in combinations(parts, many)]


def _verdict(figure: Given, before: list[tuple[Given, str]], highest: int) -> str:
    """Whether one figure may be told after those that came before it."""
    if any(is_small(count, highest) for count in figure.counts if count is not None):
        return SMALL
    if not figure.is_counted:
        return SHOWN
    same = [(one, verdict) for one, verdict in before if one.overlaps(figure) and one.reading == figure.reading and one.is_counted]
    gives = not all(figure.holds(one) for one, _ in same) or _gap_gives(figure, same, highest)
    return GIVES_BACK if gives or _differs_by_few(figure, before, highest) else SHOWN


def _gap_gives(whole: Given, inside: list[tuple[Given, str]], highest: int) -> bool:
    """Whether a whole, less the parts of it that were told, tells too much of the parts that were not."""
    told = _outermost([one for one, verdict in inside if verdict == SHOWN])
    hidden = [(one, verdict) for one, verdict in inside if verdict and not any(part.holds(one) for part in told)]
    small = [one for one, _ in hidden]
    if any(verdict != SMALL for _, verdict in hidden) or _cross(small):
        return True
    return any(_pins(whole, told, small, at, highest) for at, count in enumerate(whole.counts) if count is not None)


def _pins(whole: Given, told: list[Given], small: list[Given], at: int, highest: int) -> bool:
    """Whether what is left of a whole leaves one possibility, or a small count, for the hidden parts that make it up."""
    outer = _outermost(small)
    beside = [part for part in told if not any(one.holds(part) for one in outer)]
    gap = whole.counts[at] - sum(part.counts[at] or 0 for part in beside)
    if is_small(gap, highest) or not outer:
        return is_small(gap, highest)
    ranges = [_range(one, told, small, at, highest) for one in outer]
    lowest, most = (sum(ends) for ends in zip(*ranges, strict=True))
    is_all = sum(part.days for part in (*beside, *outer)) == whole.days
    open_ones = sum(low < high for low, high in ranges)
    return gap <= lowest or (is_all and (gap == most or open_ones < 2))


def _range(one: Given, told: list[Given], small: list[Given], at: int, highest: int) -> tuple[int, int]:
    """The lowest and the highest that a hidden count can be, by what is known of its own parts."""
    inner = _innermost([part for part in small if part is not one and one.holds(part)])
    known = [part for part in told if one.holds(part) and not any(other.holds(part) for other in inner)]
    sure = sum(part.counts[at] or 0 for part in known)
    is_all = sum(part.days for part in (*inner, *known)) == one.days
    return max(1, len(inner) + sure), min(highest, highest * len(inner) + sure) if is_all else highest


def _cross(parts: list[Given]) -> bool:
    """Whether two of them have days in common, and neither holds the other."""
    return any(one.overlaps(other) and not one.holds(other) and not other.holds(one) for one in parts for other in parts)


def _outermost(parts: list[Given]) -> list[Given]:
    """Those that are in no other."""
    return [one for one in parts if not any(other is not one and other.holds(one) and other.days > one.days for other in parts)]


def _innermost(parts: list[Given]) -> list[Given]:
    """Those that hold no other."""
    return [one for one in parts if not any(other is not one and one.holds(other) and one.days > other.days for other in parts)]


def _differs_by_few(figure: Given, before: list[tuple[Given, str]], highest: int) -> bool:
    """Whether another reading of the same days, told before, tells for how few children the two differ."""
    beside = [
        one for one, verdict in before
        if verdict == SHOWN and (one.starts_on, one.ends_on) == (figure.starts_on, figure.ends_on)
    ]  # fmt: skip
    pairs = [pair for one in beside for pair in zip(one.counts, figure.counts, strict=True) if None not in pair]
    return any(is_small(one - other, highest) for one, other in pairs)
