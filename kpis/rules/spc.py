"""Statistical process control: XmR charts by "Making Data Count", without their libraries."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

LIMIT = Fraction("2.66")
NEAR = LIMIT * 2 / 3
SCREEN = Fraction("3.267")
RUN = 7

UPWARD = ("above limit", "trend up", "two in three above", "shift above")


@dataclass(frozen=True)
class Point:
    """One value, why it stands out, and what that means."""

    value: float
    cause: str
    meaning: str


@dataclass(frozen=True)
class XmR:
    """A series' mean and limits, its points, and what they say."""

    mean: float
    average_moving_range: float
    lower: float
    upper: float
    near_lower: float
    near_upper: float
    points: list[Point]
    variation: str
    assurance: str | None


@dataclass(frozen=True)
class _Limits:
    """The lines of a chart, kept exact so that "on the line" means on it."""

    mean: Fraction
    spread: Fraction  # the average moving range

    def line(self, steps: Fraction) -> Fraction:
        return self.mean + steps * self.spread

    @cached_property
    def _edges(self) -> tuple[Fraction, Fraction, Fraction, Fraction]:
        """The outer and the near lines, worked out once for all points."""
        return self.line(-LIMIT), self.line(LIMIT), self.line(-NEAR), self.line(NEAR)

    def outside(self, value: Fraction) -> bool:
        lower, upper, *_ = self._edges
        return not lower <= value <= upper

    def close(self, value: Fraction) -> bool:
        lower, upper, near_lower, near_upper = self._edges
        return not near_lower <= value <= near_upper and lower <= value <= upper

    def side(self, value: Fraction) -> int:
        """Give 1 above the mean, -1 below it and 0 on it."""
        return (value > self.mean) - (value < self.mean)


def xmr(
    values: Sequence[float | int | Decimal],
    *,
    better: str | None,
    target: float | Decimal | None = None,
    baseline: int | None = None,
    screen: bool = True,
) -> XmR:
    """Give the XmR chart of a series of separate periods.

    `better` is "high", "low" or None; `baseline` sets the limits by the first so many
    values; `screen` leaves ranges out of all proportion out of the average range.
    """
    if better not in ("high", "low", None):
        raise ValueError('Better is "high", "low" or None.')
    series = [_exact(value) for value in values]
    limits = _limits(series[:baseline], screen=screen)
    causes = _causes(series, limits)
    points = [
        Point(float(value), cause, _meaning(cause, better))
        for value, cause in zip(values, causes, strict=True)
    ]
    return XmR(
        mean=float(limits.mean),
        average_moving_range=float(limits.spread),
        lower=float(limits.line(-LIMIT)),
        upper=float(limits.line(LIMIT)),
        near_lower=float(limits.line(-NEAR)),
        near_upper=float(limits.line(NEAR)),
        points=points,
        variation=points[-1].meaning,
        assurance=_assurance(limits, better, target),
    )


def _exact(value: float | int | Decimal) -> Fraction:
    # A float's printed digits are what its writer meant, and make ties exact.
    return Fraction(str(value))


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values) if values else Fraction(0)


def _limits(series: Sequence[Fraction], *, screen: bool) -> _Limits:
    if len(series) < 2:
        raise ValueError("A chart needs at least 2 values.")
    ranges = [abs(later - earlier) for earlier, later in pairwise(series)]
    spread = _mean(ranges)
    if screen:
        # Where nothing varies every range is dropped, and the limits are the mean.
        spread = _mean([each for each in ranges if each < SCREEN * spread])
    return _Limits(_mean(series), spread)


def _causes(series: Sequence[Fraction], limits: _Limits) -> list[str]:
    """Name each point's special cause: the first rule that holds, or nothing."""
    rules: list[Callable[[Sequence[Fraction], _Limits], list[str]]] = [
        _beyond,
        _trends,
        _two_in_three,
        _shifts,
    ]
    found = [rule(series, limits) for rule in rules]
    return [next((cause for cause in causes if cause), "") for causes in zip(*found, strict=True)]


def _beyond(series: Sequence[Fraction], limits: _Limits) -> list[str]:
    words = {1: "above limit", -1: "below limit"}
    return [words[limits.side(value)] if limits.outside(value) else "" for value in series]


def _trends(series: Sequence[Fraction], _limits: _Limits) -> list[str]:
    """Flag seven points each higher, or each lower, than the one before; a tie breaks it."""
    steps = [(later > earlier) - (later < earlier) for earlier, later in pairwise(series)]
    causes = [""] * len(series)
    for step, first, last in _runs(steps):
        # So many steps join one more point; a turning point is left to the later trend.
        if step and last - first + 2 >= RUN:
            cause = "trend up" if step > 0 else "trend down"
            causes[first : last + 2] = [cause] * (last - first + 2)
    return causes


def _two_in_three(series: Sequence[Fraction], limits: _Limits) -> list[str]:
    """Flag the close points where two of three are close and all three on one side."""
    causes = [""] * len(series)
    sides, is_close = [limits.side(value) for value in series], [limits.close(value) for value in series]
    for first in range(len(series) - 2):
        close = [n for n in range(first, first + 3) if is_close[n]]
        if len(close) >= 2 and len(set(sides[first : first + 3])) == 1:
            where = "above" if sides[first] == 1 else "below"
            for n in close:
                causes[n] = f"two in three {where}"
    return causes


def _shifts(series: Sequence[Fraction], limits: _Limits) -> list[str]:
    """Flag seven points in a row on one side of the mean; a point on it breaks the row."""
    causes = [""] * len(series)
    for side, first, last in _runs([limits.side(value) for value in series]):
        if side and last - first + 1 >= RUN:
            cause = "shift above" if side > 0 else "shift below"
            causes[first : last + 1] = [cause] * (last - first + 1)
    return causes


def _runs(signs: Sequence[int]) -> list[tuple[int, int, int]]:
    """Give each run of equal signs with its first and last position."""
    runs: list[tuple[int, int, int]] = []
    for n, sign in enumerate(signs):
        if runs and runs[-1][0] == sign:
            runs[-1] = (sign, runs[-1][1], n)
        else:
            runs.append((sign, n, n))
    return runs


def _meaning(cause: str, better: str | None) -> str:
    if not cause:
        return "common"
    direction = "high" if cause in UPWARD else "low"
    if better is None:
        return direction
    return "improvement" if direction == better else "concern"


def _assurance(limits: _Limits, better: str | None, target: float | Decimal | None) -> str | None:
    """Say whether the process will meet its target; nothing where nothing varies."""
    if better is None or target is None or not limits.spread:
        return None
    goal = _exact(target)
    if not limits.outside(goal):
        return "inconsistent"
    return "fail" if (limits.side(goal) > 0) == (better == "high") else "pass"
