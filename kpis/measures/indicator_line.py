"""An indicator's values as a line, for those periods that a number was given for."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from kpis.measures.drawing import Drawn, Entry, Series, drawn, funnel_of
from kpis.measures.facts import Count
from kpis.measures.period import Period
from kpis.models import Indicator, IndicatorValue
from kpis.rules.charting import charted, target_on

NOUNS = {0: "week", 1: "month", 3: "quarter", 12: "year"}
MONTHS = {noun: months for months, noun in NOUNS.items()}


@dataclass
class IndicatorShown:
    """What an indicator's page draws."""

    chart: Drawn | None
    funnel: Drawn | None


def indicator_shown(indicator: Indicator, *, rebased=(), kept: Mapping[int, str]) -> IndicatorShown:
    """An indicator's line and funnel, drawn."""
    series = indicator_series(indicator, rebased=[each.from_on for each in rebased], kept=kept)
    if series is None:
        return IndicatorShown(None, None)
    says = f"{indicator.name}, each {series.noun}."
    return IndicatorShown(drawn(series, title_id="chart-title", says=says), funnel_of(series, title_id="funnel-title"))


def indicator_series(indicator: Indicator, *, rebased=(), kept: Mapping[int, str]) -> Series | None:
    """An indicator's numbers of periods of one length, the oldest first, as a line; asks nothing that was fetched before."""
    definition = max(indicator.definitions.all(), key=lambda each: each.version)
    usual = _usual(indicator, definition.frequency)
    entries = _entries(indicator, kept, usual)
    if not entries:
        return None
    targets = [(target.due_on, target.value) for target in indicator.targets.all() if target.value is not None and target.replaced_on is None]
    better = definition.better or None
    line = charted(
        [entry.value for entry in entries], [entry.period.starts_on for entry in entries], better=better,
        target=target_on(targets, entries[-1].period.last_day), rebased=rebased, is_rolling=definition.is_rolling,
    )  # fmt: skip
    return Series(
        entries, line, _words(definition), better, NOUNS.get(usual, "period"), definition.unit == "%",
        _steps(entries, targets), is_rolling=definition.is_rolling, has_range=definition.unit == "%",
    )  # fmt: skip


def _usual(indicator: Indicator, frequency: str) -> int:
    """The most frequent length of period of its numbers, in months; of two as frequent the one that the definition asks for, or the longer."""
    lengths = [_months(row) for row in indicator.values.all() if row.value is not None]
    return max(set(lengths), key=lambda length: (lengths.count(length), length == MONTHS.get(frequency), length), default=0)


def _entries(indicator: Indicator, kept: Mapping[int, str], usual: int) -> list[Entry]:
    """Values that are numbers, of one length of period, after the last that is hidden."""
    rows = sorted((row for row in indicator.values.all() if row.value is not None), key=lambda row: (row.period_end, row.pk))
    found: list[Entry] = []
    for row in (row for row in rows if _months(row) == usual):
        if row.pk in kept:
            found = []
        elif not found or found[-1].period.starts_on < row.period_start:
            found.append(_entry(row))
    return found


def _months(row: IndicatorValue) -> int:
    """How many months a value's period has, to the nearest."""
    return round((row.period_end - row.period_start).days / 30.4)


def _entry(row: IndicatorValue) -> Entry:
    period = Period("", row.period_label, row.period_start, row.period_end)
    counted = row.numerator is not None and row.denominator is not None
    value = row.value.normalize()
    return Entry(period, value if value % 1 else value.quantize(Decimal(1)), Count(row.value, row.numerator, row.denominator) if counted else None)


def _words(definition):
    """How a value of this indicator is written."""
    unit = definition.unit

    def words(value: Decimal) -> str:
        return f"{value:,f}%" if unit == "%" else f"{value:,f}" if unit in {"number", "score"} else f"{value:,f} {unit}"

    return words


def _steps(entries: list[Entry], targets) -> list[tuple[int, int, Decimal]]:
    """The target asked of each point, joined where it stays the same."""
    steps: list[tuple[int, int, Decimal]] = []
    for n, entry in enumerate(entries):
        value = target_on(targets, entry.period.last_day)
        if value is None:
            continue
        if steps and steps[-1][1] == n and steps[-1][2] == value:
            steps[-1] = (steps[-1][0], n + 1, value)
        else:
            steps.append((n, n + 1, value))
    return steps
