"""A measure as one row of the dashboard: value, count, variation, and the line of thirteen months."""

from dataclasses import dataclass
from decimal import Decimal

from kpis.measures.service import (
    FEWEST_POINTS,
    MEASURES,
    Count,
    Measure,
    Month,
    count_in_words,
    series,
)
from kpis.rules.spc import xmr

VARIATIONS = {"improvement": "better", "concern": "worse", "common": "same", "high": "same", "low": "same"}


@dataclass
class Row:
    """What a row says, with nothing left for a template to decide."""

    measure: Measure
    value: str
    count: str
    detail: str
    variation: str
    months: list[Month]
    points: list[Decimal]

    @property
    def is_worse(self) -> bool:
        """Whether it is getting worse, beyond chance."""
        return self.variation == "worse"


def is_hidden(count: Count, measure: Measure, *, hide: bool) -> bool:
    """Whether a figure rests on so few children that it must not be shown."""
    return hide and measure.counts_children and 0 < count.numerator <= 5


def row_for(measure: Measure, authority, *, starts_on, ends_on, hide: bool) -> Row:
    """One measure over a period, with its months for the line; figures on 1 to 5 children hidden."""
    gathered, months = series(measure, authority)
    count = measure.count(gathered, starts_on, ends_on)
    hidden = is_hidden(count, measure, hide=hide)
    points = [m.count.value for m in months if m.count.value is not None]
    draws = len(points) >= FEWEST_POINTS and not (
        hide and measure.counts_children and any(is_hidden(m.count, measure, hide=hide) for m in months)
    )
    return Row(
        measure, "c" if hidden else measure.in_words(count.value), count_in_words(count, measure, hide=hide),
        "" if hidden or count.longest is None else f"{count.longest} days",
        VARIATIONS[xmr(points, better=measure.better).variation] if draws else "", months, points if draws else [],
    )  # fmt: skip


def rows_for(authority, *, starts_on, ends_on, hide: bool) -> list[Row]:
    """Every measure of the service's own, those getting worse first."""
    rows = [
        row_for(measure, authority, starts_on=starts_on, ends_on=ends_on, hide=hide)
        for measure in MEASURES
    ]
    return sorted(rows, key=lambda row: not row.is_worse)


def finding(rows: list[Row]) -> tuple[str, str]:
    """The first sentence of the dashboard, and what stands beside it."""
    worse = [row.measure.name for row in rows if row.is_worse]
    better = sum(row.variation == "better" for row in rows)
    same = sum(row.variation == "same" for row in rows)
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
