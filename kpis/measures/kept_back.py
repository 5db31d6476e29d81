"""Which values of indicators are hidden from those who watch the service: decided here, for pages, files, machines and papers alike."""

import re
from collections.abc import Collection, Mapping
from datetime import date

from kpis.models import IndicatorValue
from kpis.models.imports import RETURNED_PREFIX, RETURNED_SOURCE
from kpis.rules.release import GIVES_BACK, SHOWN, Given, released
from kpis.rules.returned_shown import Counted, shown

NUMBERS = {"number", "children"}
NOTHING: Mapping[int, str] = {}
# A count of 1 to 5 by itself, in a figure or in a word; no decimal, percentage, range or reference to a source, and no length of time or heading.
LENGTHS = "years?|months?|weeks?|days?|quarters?|bands?|readings?|groups?|tables?|times?|placements?|or more|or over"
FEW = re.compile(
    rf"(?<![\d.,:/£–-])\b[1-5]\b(?!\d|[.,]\d|[%:/–-]|\s+(?:{LENGTHS})\b)|\b(?:two|three|four|five)\b(?!\s+(?:{LENGTHS})\b)|\bone\s+(?:child|young)\b", re.IGNORECASE
)
WITHHELD = "Hidden: these words count 1 to 5 children."


def kept_back(authority, *, hide: bool) -> Mapping[int, str]:
    """Take an authority (or its key); give the keys of the values that are hidden, each with why; none where nothing is hidden.

    All values that count children are looked at together, in the order in which they were entered: a page shows a value
    from that day on, and nothing that comes later, no filter and no other way of reading may give a hidden one back.
    """
    if not hide:
        return NOTHING
    rows = list(_rows(getattr(authority, "pk", authority)))
    verdicts = released(_given(row) for row in rows)
    found = {row.pk: verdict for row, verdict in zip(rows, verdicts, strict=True) if verdict != SHOWN}
    return _of_returns([row for row in rows if row.indicator.source == RETURNED_SOURCE]) | found


def _rows(authority: int):
    """Values that count children, those first that were entered first."""
    rows = IndicatorValue.objects.filter(indicator__authority=authority, definition__counts_children=True)
    needed = ("pk", "period_start", "period_end", "reading", "numerator", "denominator", "value")
    joined = ("indicator__slug", "indicator__source", "indicator__register", "indicator__group", "definition__unit",
              "definition__denominator", "definition__reading")  # fmt: skip
    return rows.select_related("indicator", "definition").only(*needed, *joined).order_by("entered_at", "pk")


def _given(value: IndicatorValue) -> Given:
    """What a value would tell; a plain number of children is its own count."""
    numerator = value.numerator
    if numerator is None and value.definition.unit in NUMBERS and value.value is not None and value.value == int(value.value):
        numerator = int(value.value)
    return Given(
        value.period_start, value.period_end, numerator, value.denominator, value.reading, str(value.indicator_id), _children(value)
    )


def _children(value: IndicatorValue) -> str:
    """Which children a value counts: those its definition names, or those of the table that it was printed in."""
    row = value.indicator
    if row.source == RETURNED_SOURCE:
        return ""
    named = " ".join(value.definition.denominator.casefold().split())
    return named or (f"{row.register_id}/{row.group}" if row.register_id and row.group else "")


def _of_returns(values: list[IndicatorValue]) -> dict[int, str]:
    """What statutory returns count of the same children is hidden together, year by year (kpis/rules/returned_shown.py)."""
    years: dict[date, list[IndicatorValue]] = {}
    for value in values:
        if value.reading == value.definition.reading:
            years.setdefault(value.period_end, []).append(value)
    return {value.pk: GIVES_BACK for year in years.values() for value in _hidden_of(year)}


def _hidden_of(year: list[IndicatorValue]) -> list[IndicatorValue]:
    """The values of one year of which something is hidden."""
    counted = {returned_slug(value): Counted(value.numerator, value.denominator, value.value) for value in year}
    safe = shown(counted)
    return [
        value for value in year
        if ((one := safe[returned_slug(value)]).value is None and value.value is not None)
        or (one.numerator is None and value.numerator is not None)
    ]  # fmt: skip


def returned_slug(value: IndicatorValue) -> str:
    """What a figure of statutory returns is called."""
    return value.indicator.slug.removeprefix(RETURNED_PREFIX)


def remark_of(indicator, kept: Mapping[int, str]) -> str:
    """What a document leaves open about an indicator; nothing where one of its values is kept back, which the words could tell."""
    return "" if any(value.pk in kept for value in indicator.values.all()) else indicator.flag


def queries_of(queries: Collection, *, withhold: bool) -> list:
    """A register's queries, each [where, printed, worked out, note]; one whose words count 1 to 5 is withheld where a figure of the register is."""
    return [[row[0], WITHHELD, "", ""] if withhold and FEW.search(" ".join(row[1:])) else row for row in queries]
