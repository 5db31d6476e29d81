"""A measure as one row of the dashboard: value, count, target, rating, variation, assurance and the line."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kpis.measures.facts import Count
from kpis.measures.goals import Goal, goal_of, in_force, rated
from kpis.measures.measure import Measure
from kpis.measures.period import Period
from kpis.measures.service import HIDDEN, count_in_words
from kpis.measures.told import HIDDEN_ONE, SHOWN, UNTOLD, WHOLE_ONLY, Reading, Said, look
from kpis.rules.charting import Line, charted

FEW = 5
WHY = {
    HIDDEN_ONE: HIDDEN, UNTOLD: "Not told yet", WHOLE_ONLY: "Whole service only",
}  # fmt: skip
ORDER = {"R": 1, "A": 2, "": 3, "G": 4}


@dataclass
class Row:
    """What a row says, with nothing left for a template to decide."""

    measure: Measure
    value: str
    count: str
    detail: str
    variation: str
    points: list[Decimal]
    target: str = "None set"
    rating: str = ""
    assurance: str = ""
    state: str = SHOWN
    counted: Count | None = None
    line: Line | None = field(default=None, repr=False)
    said: list[Said] = field(default_factory=list, repr=False)
    is_trial: bool = False

    @property
    def is_worse(self) -> bool:
        """Whether it is getting worse, beyond chance."""
        return self.variation == "worse"

    @property
    def name(self) -> str:
        """What it is called."""
        return self.measure.name

    @property
    def short(self) -> str:
        """The count where it says more than the value: "24 of 25"."""
        if self.counted is None:
            return self.count
        says_more = self.measure.unit in {"%", "days"} and self.measure.way.says_of
        return f"{self.counted.numerator:,} of {self.counted.denominator:,}" if says_more else "–"

    @property
    def why_no_line(self) -> str:
        """Why no line is drawn."""
        return "Too few children" if self.state == HIDDEN_ONE else "Too few points"

    @property
    def order(self) -> tuple:
        """Worst first: getting worse, then by rating, what is not shown last."""
        return (not self.is_worse, self.state != SHOWN, ORDER[self.rating])


def is_hidden(count: Count, measure, *, hide: bool) -> bool:
    """Whether a figure rests on so few children that it must not be shown."""
    return hide and measure.counts_children and 0 < count.numerator <= FEW


def is_small(count: Count | None, measure) -> bool:
    """Whether a figure tells of 1 to 5 children."""
    return count is not None and measure.counts_children and any(1 <= part <= FEW for part in (count.numerator, count.rest))


def drawn(said: list[Said]) -> list[Said]:
    """The figures a line is drawn of: those with a value, after the last that is hidden."""
    tail: list[Said] = []
    for one in said:
        tail = [] if one.state == HIDDEN_ONE else [*tail, one] if one.count and one.count.value is not None else tail
    return tail


def line_of(measure: Measure, said: list[Said], *, target: Decimal | None = None, rebased=()) -> Line | None:
    """A series as it is charted."""
    shown = drawn(said)
    return charted(
        [one.count.value for one in shown], [one.period.starts_on for one in shown], better=measure.better, target=target,
        rebased=rebased, is_rolling=measure.is_rolling,
    )  # fmt: skip


def row_for(measure: Measure, reading: Reading, period: Period, *, goal: Goal | None = None, rebased=(), months: int = 13,
            nearest: bool = False) -> Row:  # fmt: skip
    """One measure over a period, with its line."""
    said = reading.nearest(measure, period) if nearest else reading.of(measure, period)
    series = reading.series(measure, period.last_day, months)
    line = line_of(measure, series, target=goal.value if goal else None, rebased=rebased)
    count = said.count
    points = [one.count.value for one in drawn(series)]
    return Row(
        measure, *_words(measure, said, period), line.variation if line else "", points if len(points) > 1 else [],
        target=measure.target_in_words(goal.value if goal else None),
        rating=rated(count.value if count else None, goal, measure.better), assurance=line.assurance if line else "", state=said.state,
        counted=count, line=line, said=series, is_trial=bool(line and line.last.is_trial),
    )  # fmt: skip


def _words(measure: Measure, said: Said, asked: Period) -> tuple[str, str, str]:
    """The value, the count, and the longest, in words."""
    if said.count is None:
        return (HIDDEN if said.state == HIDDEN_ONE else "–"), WHY[said.state], ""
    count = count_in_words(said.count, measure, hide=False)
    if said.period.starts_on != asked.starts_on or said.period.ends_on != asked.ends_on:
        count = f"{count}, {said.period.words}"
    return measure.in_words(said.count.value), count, "" if said.count.longest is None else f"{said.count.longest} days"


def rows_of(reading: Reading, period: Period, *, contracts=None, nearest: bool = False) -> list[Row]:
    """Every measure of a look, worst first."""
    aims = reading.aims()
    goals, rebased = in_force(aims.targets, period.last_day, contracts), aims.rebased
    rows = [
        row_for(measure, reading, period, goal=goal_of(measure, goals), rebased=rebased.get(measure.slug, ()), nearest=nearest)
        for measure in reading.measures
    ]
    return sorted(rows, key=lambda row: row.order)


def rows_for(authority, *, starts_on: date, ends_on: date, hide: bool) -> list[Row]:
    """Every measure of the service's own over a period of papers; those that count children as they were last told."""
    period = Period("", "", starts_on, ends_on)
    reading = look(authority, hide=hide, until=period.last_day, since=starts_on)
    return rows_of(reading, period, nearest=hide)


def finding(rows: list[Row]) -> tuple[str, str]:
    """The first sentence of the dashboard, and what stands beside it."""
    worse = [row.name for row in rows if row.is_worse]
    better = sum(row.variation == "better" for row in rows)
    same = sum(row.variation in {"same", "unsaid"} for row in rows)
    few = sum(not row.variation for row in rows)
    if worse:
        names = " and ".join(name[0].lower() + name[1:] for name in worse)
        first = f"{len(worse)} of {len(rows)} getting worse: {names}."
    else:
        first = "Nothing is getting worse."
    rest = [f"{better} improving"] if better else []
    rest += [f"{same} with no real change"] if same else []
    rest += [f"{few} with too few figures to say"] if few else []
    text = ", ".join(rest)
    return first, f"{text[0].upper()}{text[1:]}." if text else ""
