"""What a line of periods says: its stretches between rebasings, each with its own limits, and the finding in a sentence."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from kpis.rules.spc import XmR, xmr

# Under 6 points a run chart without limits; under 12 the limits are on trial (definitions of the measures, 3.1).
FEWEST, FIRM = 6, 12
NO_CHANGE = "no real change"
KINDS = {"": "", "improvement": "better", "concern": "worse", "common": "same", "high": "unsaid", "low": "unsaid"}


@dataclass(frozen=True)
class Stretch:
    """Points between two rebasings, the last left out; `chart` is None where there are too few for limits."""

    first: int
    last: int
    chart: XmR | None

    @property
    def is_trial(self) -> bool:
        """True where its limits rest on fewer than 12 points."""
        return self.chart is not None and self.last - self.first < FIRM


@dataclass(frozen=True)
class Signal:
    """The special cause that the last point is part of: its name, what it means, and how many points in a row have it."""

    cause: str
    meaning: str
    length: int


@dataclass(frozen=True)
class Line:
    """A series as it is charted: its stretches, and the cause and meaning of each point."""

    stretches: list[Stretch]
    causes: list[str]
    meanings: list[str]

    @property
    def last(self) -> Stretch:
        """The stretch that holds now."""
        return self.stretches[-1]

    @property
    def signal(self) -> Signal | None:
        """What the last point says; None where there are too few points to say, and no cause is common cause."""
        if self.last.chart is None:
            return None
        cause, length = self.causes[-1], 0
        for each in reversed(self.causes[self.last.first :]):
            if each != cause:
                break
            length += 1
        return Signal(cause, self.meanings[-1], length)

    @property
    def variation(self) -> str:
        """ "better", "worse", "same", "unsaid" (no direction is better), or nothing where there are too few points."""
        return KINDS[self.meanings[-1]] if self.last.chart else ""

    @property
    def assurance(self) -> str:
        """ "pass", "fail", "inconsistent", or nothing without a target or limits."""
        return (self.last.chart.assurance or "") if self.last.chart else ""


def charted(values: Sequence[Decimal], days: Sequence[date], *, better: str | None, target: Decimal | None = None,
            rebased: Sequence[date] = (), is_rolling: bool = False) -> Line | None:  # fmt: skip
    """Take a series with the first day of each period, and the days from which limits begin afresh; give its line.

    Limits are worked for each stretch by itself, and no run crosses into the next. Periods that overlap are not
    independent, and have no limits at all.
    """
    if not values:
        return None
    edges = [0, *sorted({n for day in rebased if 0 < (n := _at(days, day)) < len(days)}), len(days)]
    stretches = [
        Stretch(first, last, _chart(values[first:last], better, target, is_rolling))
        for first, last in itertools.pairwise(edges)
    ]
    found = [pair for each in stretches for pair in _said(each)]
    return Line(stretches, [cause for cause, _ in found], [meaning for _, meaning in found])


def _said(stretch: Stretch) -> list[tuple[str, str]]:
    """The cause and the meaning of each of a stretch's points; without limits none stands out."""
    if stretch.chart is None:
        return [("", "common")] * (stretch.last - stretch.first)
    return [(point.cause, point.meaning) for point in stretch.chart.points]


def _at(days: Sequence[date], day: date) -> int:
    """The first period that begins on or after a day."""
    return sum(each < day for each in days)


def _chart(values, better, target, is_rolling) -> XmR | None:
    return None if is_rolling or len(values) < FEWEST else _worked_out(tuple(values), better, target)


@lru_cache(maxsize=512)
def _worked_out(values: tuple[Decimal, ...], better: str | None, target: Decimal | None) -> XmR:
    """Limits of the same values are worked out once, for they are exact fractions; nobody writes in what is given."""
    return xmr(values, better=better, target=target)


def target_on(targets: Sequence[tuple[date, Decimal]], day: date) -> Decimal | None:
    """The target asked of a period that ends on a day: the next that falls due, or else the last there was."""
    ahead = [value for due, value in sorted(targets) if due >= day]
    return ahead[0] if ahead else max(targets)[1] if targets else None


def finding(signal: Signal | None, *, noun: str, name: str = "") -> str:
    """What a line shows, as its title: "Getting worse: 8 months in a row below average".

    `noun` is one period ("month"); `name` begins the sentence where several lines stand on a page.
    """
    lead = f"{name}: " if name else ""
    if signal is None:
        said = f"too few {noun}s for limits, so nothing is called a change"
    elif not signal.cause:
        said = f"{NO_CHANGE}; the {noun}s vary as chance would have it"
    else:
        word = {"improvement": "improving", "concern": "getting worse"}.get(signal.meaning, "a real change")
        said = f"{word}: {_in_words(signal, noun)}"
    text = lead + said
    return text[0].upper() + text[1:]


def _in_words(signal: Signal, noun: str) -> str:
    """A special cause in words."""
    many = f"{signal.length} {noun}s in a row"
    return {
        "above limit": f"the last {noun} is above the upper limit",
        "below limit": f"the last {noun} is below the lower limit",
        "trend up": f"{many} rising",
        "trend down": f"{many} falling",
        "two in three above": f"two of three {noun}s are close to the upper limit",
        "two in three below": f"two of three {noun}s are close to the lower limit",
        "shift above": f"{many} above average",
        "shift below": f"{many} below average",
    }[signal.cause]


def cause_in_words(cause: str, noun: str) -> str:
    """A point's special cause as a table says it."""
    return {
        "": "No signal", "above limit": "Above the upper limit", "below limit": "Below the lower limit",
        "trend up": "In a rise of 7 or more", "trend down": "In a fall of 7 or more",
        "two in three above": f"Two in three {noun}s near the upper limit", "two in three below": f"Two in three {noun}s near the lower limit",
        "shift above": "In a run above average", "shift below": "In a run below average",
    }[cause]  # fmt: skip


def assurance_in_words(line: Line, *, better: str | None) -> str:
    """What the limits say of the target, in a sentence; nothing where they say nothing."""
    far = {"high": ("above the upper limit", "below the lower limit"), "low": ("below the lower limit", "above the upper limit")}
    return {
        "": "",
        "fail": f"The target is {far[better or 'high'][0]}, so without a change in how we work it will be missed.",
        "pass": f"The target is {far[better or 'high'][1]}, so it will go on being met while nothing changes.",
        "inconsistent": "The target lies between the limits, so it is met in some periods and missed in others by chance.",
    }[line.assurance]
