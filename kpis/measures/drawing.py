"""A measure's series as drawings, each with the sentence that says what it shows and the numbers it is drawn of."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.safestring import SafeString

from core.dates import day_in_words
from core.figures import wilson_interval
from core.funnel import Share, funnel_plot, judged
from core.interval_bars import Likely, interval_bars
from core.xmr_chart import Period as Point
from core.xmr_chart import Run, Step, Stretch, xmr_chart
from kpis.measures.facts import Count
from kpis.measures.period import Period
from kpis.rules.charting import (
    FEWEST,
    FIRM,
    Line,
    assurance_in_words,
    cause_in_words,
    finding,
)

SHAPES = {"common": "circle", "improvement": "diamond", "concern": "square", "high": "triangle", "low": "triangle"}
RUNS = ("trend", "shift")
MARKS = {"common": "same", "improvement": "better", "concern": "worse", "high": "unsaid", "low": "unsaid"}
FEWEST_IN_A_FUNNEL = 4


@dataclass(frozen=True)
class Entry:
    """One value of a series: its period, the value, what it was counted from where that is known."""

    period: Period
    value: Decimal
    count: Count | None = None


@dataclass(frozen=True)
class Series:
    """A series ready to be drawn: its entries, its line, how its values are written, targets and rebasings."""

    entries: Sequence[Entry]
    line: Line
    words: object
    better: str | None
    noun: str
    is_share: bool
    targets: Sequence[tuple[int, int, Decimal]] = ()
    rebased: Sequence = ()
    is_rolling: bool = False
    has_range: bool = False


@dataclass
class Drawn:
    """A figure: its title, which is the finding, what it is of, the drawing, what it shows, and its rows, newest first."""

    title: str
    says: str
    svg: SafeString
    shows: list[str]
    rows: list[dict] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """What a line is drawn of, as numbers and words: it can be kept, and drawn again."""

    points: list[Point]
    stretches: list[Stretch]
    steps: list[Step]
    bounds: tuple[int, int] | None
    run: Run | None


def planned(series: Series) -> Plan:
    """Take a series; give what is drawn of it."""
    return Plan(
        [_point(entry, n, series) for n, entry in enumerate(series.entries)], [_stretch(each) for each in series.line.stretches],
        [Step(first, last, float(value)) for first, last, value in series.targets], (0, 100) if series.is_share else None, _run(series),
    )  # fmt: skip


def drawn(series: Series, *, title_id: str, says: str) -> Drawn | None:
    """A line with its limits, or nothing where there is no point."""
    if not series.entries:
        return None
    plan = planned(series)
    svg = xmr_chart(
        plan.points, plan.stretches, plan.steps, title_id=title_id, words=lambda value: series.words(short(value)),
        bounds=plan.bounds, run=plan.run,
    )  # fmt: skip
    return Drawn(finding(series.line.signal, noun=series.noun), says, svg, shows(series), rows(series))


def short(value: float) -> Decimal:
    """A value of the scale or a limit, to one place."""
    found = Decimal(str(round(value, 1)))
    return found.to_integral() if found == found.to_integral() else found


def _point(entry: Entry, n: int, series: Series) -> Point:
    """A point with its name: months and quarters named, years where they begin."""
    start = entry.period.starts_on
    before = series.entries[n - 1].period.starts_on if n else None
    quarter = f"{start:%b} to {entry.period.last_day:%b}"
    name = {1: f"{start:%b}", 3: quarter}.get(entry.period.months, entry.period.words.removeprefix("Year "))
    year = str(start.year) if entry.period.months < 12 and (before is None or before.year != start.year) else ""
    return Point(name, year, float(entry.value), SHAPES[series.line.meanings[n]])


def _stretch(each) -> Stretch:
    chart = each.chart
    return Stretch(each.first, each.last, chart.mean, chart.lower, chart.upper) if chart else Stretch(each.first, each.last)


def _run(series: Series) -> Run | None:
    """The band of a trend or a shift that reaches the last point."""
    signal = series.line.signal
    if signal is None or not signal.cause.startswith(RUNS):
        return None
    first = len(series.entries) - signal.length
    words = {"trend up": "rising", "trend down": "falling", "shift above": "above average", "shift below": "below average"}
    since, until = series.entries[first].period.starts_on, series.entries[-1].period.last_day
    return Run(first, f"{signal.length} {series.noun}s {words[signal.cause]}", f"{since:%B %Y} to {until:%B %Y}")


def shows(series: Series) -> list[str]:
    """What a line shows, in sentences: what happened, how sure the limits are, what follows for the target."""
    line, noun, found = series.line, series.noun, []
    chart = line.last.chart
    if series.is_rolling:
        found.append("The periods overlap, so the points are not independent: the line has no limits, and no point is called a change.")
    elif chart is None:
        found.append(f"With fewer than {FEWEST} {noun}s this is a run chart: it has no limits, and no point is called a change.")
    else:
        found.append(
            f"The average is {series.words(short(chart.mean))}, and chance alone keeps nearly every {noun} between "
            f"{series.words(_bounded(chart.lower, series))} and {series.words(_bounded(chart.upper, series))}."
        )
    if line.last.is_trial:
        found.append(f"These are trial limits: they rest on fewer than {FIRM} {noun}s.")
    says = assurance_in_words(line, better=series.better)
    return [*found, says] if says else found


def _bounded(value: float, series: Series) -> Decimal:
    """A limit as it is drawn and told: a percentage stays between 0 and 100."""
    return short(min(max(value, 0), 100) if series.is_share else value)


def rows(series: Series) -> list[dict]:
    """The numbers of a line, the newest first, each with its likely range and its signal in words."""
    found = []
    for n, entry in enumerate(series.entries):
        found.append({
            "period": entry.period, "value": series.words(entry.value), "count": entry.count,
            "range": likely_range(entry.count) if series.has_range else "", "mark": MARKS[series.line.meanings[n]],
            "signal": cause_in_words(series.line.causes[n], series.noun) if _has_limits(series.line, n) else "No limits",
            "begins": n > 0 and series.line.causes[n] != series.line.causes[n - 1],
        })  # fmt: skip
    return found[::-1]


def _has_limits(line: Line, n: int) -> bool:
    """Whether the stretch of a point has limits."""
    return any(each.first <= n < each.last and each.chart for each in line.stretches)


def likely_range(count: Count | None) -> str:
    """Wilson's interval in words: "57.1% to 67.2%"; nothing where nothing was counted."""
    found = wilson_interval(count.numerator, count.denominator) if count and count.denominator and count.rest >= 0 else None
    return f"{100 * found[0]:.1f}% to {100 * found[1]:.1f}%" if found else ""


def share_bars(named: Sequence[tuple[str, Count | None, str]], *, title_id: str, target: Decimal | None = None) -> SafeString:
    """Shares with their likely ranges; a hidden one has its words and no bar."""
    bars = []
    for name, count, words in named:
        found = wilson_interval(count.numerator, count.denominator) if count and count.rest >= 0 else None
        if found:
            bars.append(Likely(name, 100 * count.numerator / count.denominator, 100 * found[0], 100 * found[1], words))
        else:
            bars.append(Likely(name, None, 0, 0, words))
    return interval_bars(bars, title_id=title_id, target=None if target is None else float(target))


def funnel_of(series: Series, *, title_id: str) -> Drawn | None:
    """Shares of a line by how many they are of, where there are enough of different sizes to compare."""
    shares = [
        Share(f"{entry.period.starts_on:%b %Y}", entry.count.numerator, entry.count.denominator)
        for entry in series.entries if entry.count and entry.count.denominator
    ]  # fmt: skip
    found = judged(shares) if series.has_range and not series.is_rolling else None
    if found is None or len({share.denominator for share in shares}) < FEWEST_IN_A_FUNNEL:
        return None
    beyond = [share.name for share, far in zip(shares, found.beyond, strict=True) if far == "outer"]
    near = [share.name for share, far in zip(shares, found.beyond, strict=True) if far == "inner"]
    title = (
        f"{' and '.join(beyond)} {'lies' if len(beyond) == 1 else 'lie'} further from the average than size explains" if beyond
        else f"No {series.noun} is further from the average than its size explains"
    )  # fmt: skip
    said = f"{' and '.join(near)}: between the two lines, which chance crosses once in twenty." if near else ""
    drawing = [{"name": share.name, "numerator": share.numerator, "denominator": share.denominator} for share in shares]
    return Drawn(title, f"Each {series.noun} by how many it counts of. {said}".strip(), funnel_plot(shares, title_id=title_id), [], drawing)


def rebased_in_words(row) -> str:
    """Where limits begin afresh and why."""
    return f"Limits begin afresh from {day_in_words(row.from_on)}: {row.reason}"
