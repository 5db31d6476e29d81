"""Registers as a reader may see them: each figure with its target, its two ratings, its quartile, and what is odd about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch

from kpis.choices import Against, Scheme, ValueState
from kpis.measures.kept_back import kept_back, remark_of
from kpis.measures.values_shown import in_words
from kpis.models import Indicator, IndicatorDefinition, IndicatorTarget, IndicatorValue
from kpis.rules.indicators import quarters_in_arrears, trend_of
from kpis.rules.rag import quartile_rag, rag

HIDDEN, MOST = "c", 300
COLOURS = {"G": "Green", "A": "Amber", "R": "Red", "C": "Complete"}


@dataclass
class Figure:
    """One value as this reader may have it."""

    value: IndicatorValue
    words: str
    count: str
    hidden: bool
    version: int = 1

    @property
    def is_provisional(self) -> bool:
        """Whether nobody has validated it for release: it says so wherever it stands."""
        return self.value.state != ValueState.VALIDATED


@dataclass
class Line:
    """One indicator with its newest figure, what it is held against, and what the document says of it."""

    indicator: Indicator
    definition: IndicatorDefinition
    latest: Figure | None
    figures: list[Figure]
    target: IndicatorTarget | None
    attainment: str | None
    neighbours: str
    arrears: str
    remarks: list[str] = field(default_factory=list)
    flag: str = ""


def with_parts(rows):
    """Indicators with all that their lines read, in as many queries for a hundred as for one; a month inside a year is newer than the year."""
    values = IndicatorValue.objects.order_by("period_start", "period_end", "pk")
    return rows.prefetch_related("definitions", "targets", "benchmarks", Prefetch("values", queryset=values)).order_by("order", "pk")


def lines_of(rows: Iterable[Indicator], *, hide: bool, register_end: date | None = None) -> list[Line]:
    """The line of each indicator; counts of 1 to 5 children, and what would give them back, hidden from those who watch."""
    found = list(with_parts(rows)[:MOST])
    kept = {key: why for authority in {row.authority_id for row in found} for key, why in kept_back(authority, hide=hide).items()}
    return [_line(row, kept, register_end) for row in found]


def line_of(indicator: Indicator, *, hide: bool, register_end: date | None = None) -> Line:
    """One indicator's line; `register_end` is the day after the dashboard's own quarter."""
    return _line(indicator, kept_back(indicator.authority_id, hide=hide), register_end)


def _line(indicator: Indicator, kept: Mapping[int, str], register_end: date | None) -> Line:
    definition = max(indicator.definitions.all(), key=lambda each: each.version)
    versions = {each.pk: each for each in indicator.definitions.all()}
    figures = [figure_of(value, definition, versions, kept=kept) for value in indicator.values.all()]
    latest = figures[-1] if figures else None
    value = latest.value if latest else None
    target = target_for(indicator.targets.all(), value)
    colour = colour_of(definition, value, target)
    return Line(
        indicator, definition, latest, figures, target, None if latest and latest.hidden else colour, _neighbours(indicator),
        _arrears(value, register_end), [] if latest and latest.hidden else _remarks(definition, value, colour), remark_of(indicator, kept),
    )  # fmt: skip


def figure_of(value: IndicatorValue, definition: IndicatorDefinition, versions: dict, *, kept: Mapping[int, str]) -> Figure:
    """A value in words with its count, or "c" where it is among those kept back; by the version it was counted by."""
    of = versions.get(value.definition_id, definition)
    if value.pk in kept:
        return Figure(value, HIDDEN, "", True, of.version)
    count = f"{value.numerator:,} of {value.denominator:,}" if value.denominator and value.numerator is not None else ""
    return Figure(value, in_words(value, of) or "None", count, False, of.version)


def target_for(targets: Iterable[IndicatorTarget], value: IndicatorValue | None) -> IndicatorTarget | None:
    """The target in force that is next due when a value's period ends, or the last there is."""
    there = sorted((each for each in targets if each.replaced_on is None), key=lambda each: each.due_on)
    if value is None:
        return there[-1] if there else None
    return next((each for each in there if each.due_on >= value.last_day), there[-1] if there else None)


def colour_of(definition: IndicatorDefinition, value: IndicatorValue | None, target: IndicatorTarget | None) -> str | None:
    """The colour that follows by the indicator's own scheme: its target with tolerance, or its quartile; None where nothing says."""
    if value is None or definition.scheme == Scheme.NONE:
        return None
    better = definition.better or None
    if definition.scheme == Scheme.QUARTILE:
        known = {"high": True, "low": False}.get(value.in_quartile)
        return quartile_rag(
            value.quartile, trend_of(value.change, better), high_in_q2=known, low_in_q3=None if known is None else not known
        )
    goal = target.value if target else None
    return rag(value.value, goal, better=better, tolerance=definition.tolerance, relative=definition.tolerance_is_relative)


def _neighbours(indicator: Indicator) -> str:
    """What statistical neighbours came to, the newest."""
    rows = [row for row in indicator.benchmarks.all() if row.against == Against.NEIGHBOURS]
    return max(rows, key=lambda row: (row.period_end, row.pk)).printed if rows else ""


def _arrears(value: IndicatorValue | None, register_end: date | None) -> str:
    """How late a figure is beside the dashboard it stands in."""
    if value is None or register_end is None:
        return ""
    late = quarters_in_arrears(value.last_day, date.fromordinal(register_end.toordinal() - 1))
    return "" if not late else f"{value.period_label}: {late} quarter{'s' if late > 1 else ''} in arrears"


def _remarks(definition: IndicatorDefinition, value: IndicatorValue | None, colour: str | None) -> list[str]:
    """Where the printed colour is not the one that the printed key gives; said, and not mended."""
    if value is None or definition.scheme != Scheme.QUARTILE or not value.printed_rating or colour in {None, value.printed_rating}:
        return []
    trend = trend_of(value.change, definition.better or None)
    unknown = not value.in_quartile and (value.quartile, trend) in {(2, "better"), (3, "worse")}
    why = " Where in the quartile it lies is not printed." if unknown else ""
    return [f"Printed {COLOURS[value.printed_rating]}; the printed key gives {COLOURS[colour]}.{why}"]


def by_group(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    """Lines under the headings they were printed with, in order."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.indicator.group, []).append(line)
    return list(groups.items())
