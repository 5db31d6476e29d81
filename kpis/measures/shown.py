"""What the page of one measure shows: its row, its line, its bars and its funnel."""

from dataclasses import dataclass
from datetime import timedelta

from contracts.rules.quarters import quarters_of
from core import clock
from core.figures import percentage, wilson_interval
from kpis.measures.drawing import Drawn, Entry, Series, drawn, funnel_of, likely_range, share_bars
from kpis.measures.facts import Count
from kpis.measures.goals import Goal
from kpis.measures.measure import Measure
from kpis.measures.period import Period, of_quarter
from kpis.measures.rows import Row, row_for
from kpis.measures.rows import drawn as to_draw
from kpis.measures.service import HIDDEN
from kpis.measures.told import SHOWN, Reading
from referrals.choices import ProvisionKind

QUARTERS = 6
LEAST = {"Quarter": 2, "Service": 2, "Part": 1}  # fewer bars than that compare nothing, and are not drawn


@dataclass
class Bars:
    """Shares side by side: what they are of, the title, what the drawing says, the drawing, and the same numbers."""

    what: str
    title_id: str
    title: str
    says: str
    svg: object
    rows: list[dict]


@dataclass
class Shown:
    """Everything a measure's page draws."""

    row: Row
    chart: Drawn | None
    funnel: Drawn | None
    bars: list[Bars]
    series: Series | None = None


def shown(measure: Measure, reading: Reading, period: Period, *, goal: Goal | None, rebased, months: int) -> Shown:
    """One measure over a period: the figures a reader may have, drawn."""
    row = row_for(measure, reading, period, goal=goal, rebased=[each.from_on for each in rebased], months=months)
    series = series_of(row, goal)
    says = f"{measure.name}, each {series.noun if series else 'month'}."
    return Shown(
        row, drawn(series, title_id="chart-title", says=says) if series else None,
        funnel_of(series, title_id="funnel-title") if series else None, _bars(measure, reading, period, goal), series,
    )  # fmt: skip


def series_of(row: Row, goal: Goal | None) -> Series | None:
    """A row's series, ready to be drawn; nothing where no figure may be drawn."""
    entries = [Entry(one.period, one.count.value, one.count) for one in to_draw(row.said)]
    if not entries or row.line is None:
        return None
    first = next((n for n, one in enumerate(entries) if goal and (goal.from_on is None or goal.from_on < one.period.ends_on)), len(entries))
    targets = [(first, len(entries), goal.value)] if goal and first < len(entries) else []
    return Series(
        entries, row.line, row.measure.in_words, row.measure.better, entries[-1].period.noun, row.measure.is_share, targets,
        is_rolling=row.measure.is_rolling, has_range=row.measure.has_range,
    )  # fmt: skip


def _bars(measure: Measure, reading: Reading, period: Period, goal: Goal | None) -> list[Bars]:
    """Shares by quarter, and by service where the reader may have that."""
    if not measure.has_range:
        return []
    found = [_by_quarter(measure, reading, period, goal)]
    if measure.is_by_service and not measure.service and not reading.is_told(measure):
        found.append(_by_service(measure, reading, period, goal))
    if not reading.is_told(measure):
        found.append(_by_part(measure, reading, period))
    return [bars for bars in found if sum(bool(row["count"] and row["count"].denominator) for row in bars.rows) >= LEAST[bars.what]]


def _by_quarter(measure: Measure, reading: Reading, period: Period, goal: Goal | None) -> Bars:
    """The last quarters to the end of the period."""
    quarters = [of_quarter(each) for each in quarters_of(max(reading.first, period.last_day - timedelta(days=92 * QUARTERS)), period.ends_on)]
    said = [reading.of(measure, each) for each in quarters if reading.first <= each.starts_on <= clock.today()][-QUARTERS:]
    said = said[next((n for n, one in enumerate(said) if one.state != SHOWN or one.count.denominator), 0):]
    named = [(one.period, one.count, HIDDEN if one.state != SHOWN else measure.in_words(one.count.value)) for one in said]
    return _drawn("Quarter", "quarters-title", named, goal)


def _by_service(measure: Measure, reading: Reading, period: Period, goal: Goal | None) -> Bars:
    """Each kind of service, in the period."""
    here = measure.behind(reading.facts(measure), period.starts_on, period.ends_on)
    named = []
    for kind in ProvisionKind:
        facts = [fact for fact in here if fact.service == kind]
        if facts:
            count = measure.count(facts, period.starts_on, period.ends_on)
            named.append((kind, count, measure.in_words(count.value)))
    return _drawn("Service", "services-title", named if len(named) > 1 else [], goal)


def _by_part(measure: Measure, reading: Reading, period: Period) -> Bars:
    """The parts that the figure of the period falls into, each as a share of all: outcomes, or how long homes had lasted."""
    parts = [fact.part for fact in measure.behind(reading.facts(measure), period.starts_on, period.ends_on) if fact.part]
    named = [(part, parts.count(part)) for part in sorted(set(parts), key=lambda part: -parts.count(part))]
    counts = [(part, Count(percentage(many, len(parts), 1), many, len(parts))) for part, many in named]
    return _drawn("Part", "parts-title", [(part, count, measure.in_words(count.value)) for part, count in counts], None)


def _drawn(what: str, title_id: str, named, goal: Goal | None) -> Bars:
    """Bars of some shares, under the finding that they show."""
    rows = [
        {"name": _name(each), "count": count, "words": words, "range": likely_range(count)}
        for each, count, words in named
    ]
    svg = share_bars([(row["name"], row["count"], row["words"]) for row in rows], title_id=title_id, target=goal.value if goal else None)
    says = "Bars with the range that each is likely to lie in (95% Wilson)." + (" Dotted: the target." if goal else "")
    return Bars(what, title_id, _finding(what, [row for row in rows if row["count"] and row["count"].denominator]), says, svg, rows)


def _name(each) -> str:
    """What a bar is called: a period by its months, a service by its label, a part as it is."""
    return each.short if isinstance(each, Period) else getattr(each, "label", each)


def _finding(what: str, rows: list[dict]) -> str:
    """Whether likely ranges lie apart, as a sentence; of parts of a whole, which is the largest."""
    if what == "Part" and rows:
        return f"Of {rows[0]['count'].denominator}, most are “{rows[0]['name']}”"
    ranges = [(row, wilson_interval(row["count"].numerator, row["count"].denominator)) for row in rows]
    if len(ranges) < 2:
        return f"By {what.lower()}: too few to compare"
    (low, (_, low_most)), (high, (high_least, _)) = min(ranges, key=lambda pair: pair[1][1]), max(ranges, key=lambda pair: pair[1][0])
    if low_most < high_least:
        return f"By {what.lower()}: {high['name']} is higher than {low['name']}"
    return f"By {what.lower()}: no difference that chance could not make"
