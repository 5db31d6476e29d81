"""The figures of stored returns, kept as values of indicators: provisional, each with its reading."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from core import audit, clock
from core.clock import ONE_DAY
from core.dates import day_in_words, months_after
from kpis.actions.indicator import add_indicator
from kpis.choices import Frequency, ValueState
from kpis.measures.returned import figures_of, held_of
from kpis.models import Import, Indicator, IndicatorDefinition, IndicatorValue, ReturnedRow
from kpis.models.imports import RETURNED_PREFIX, RETURNED_SOURCE
from kpis.rules.return_figures import FigureLine

OWNER = "Commissioning service manager"


@transaction.atomic
def keep_returned_values(batch: Import, changed: list[date], *, by) -> str:
    """Count each year that changed, and every later one that rests on it; gives what is to be said of values that stay.

    A value that was validated for release is never changed by an import: what the returns count now is said instead.
    """
    stayed, kept = [], 0
    for year_end in _years(batch.authority_id, changed):
        lines = figures_of(held_of(batch.authority_id, year_end))
        values = _Values(batch, year_end, by)
        for line in lines:
            values.keep(line)
        values.write_new()
        values.drop_others()
        kept, stayed = kept + values.written, stayed + values.stayed

    audit.record(
        "values.counted", on=batch, by=by, authority=batch.authority,
        sentence=f"Counted {kept} values of indicators from the returns that are stored.",
    )  # fmt: skip
    return f"Validated values stay as they were, though the returns now count otherwise: {'; '.join(stayed)}." if stayed else ""


def _years(authority_id: int, changed: list[date]) -> list[date]:
    """The years to count: those that changed, and those after the first of them."""
    later = ReturnedRow.objects.filter(authority=authority_id, year_end__gte=min(changed)).values_list("year_end", flat=True)
    return sorted({*later.distinct(), *changed})


def _indicators_of(authority_id: int):
    """The indicators that returns are counted into."""
    return Indicator.objects.filter(authority=authority_id, slug__startswith=RETURNED_PREFIX, source=RETURNED_SOURCE)


class _Values:
    """The values of one year, written where they differ."""

    def __init__(self, batch: Import, year_end: date, by):
        self.batch, self.year_end, self.by = batch, year_end, by
        self.indicators = {one.slug: one for one in _indicators_of(batch.authority_id)}
        rows = IndicatorValue.objects.filter(indicator__in=self.indicators.values(), period_end=year_end + ONE_DAY)
        self.before = {(row.indicator_id, row.reading): row for row in rows.select_for_update(of=("self",))}
        self.written, self.stayed, self.new = 0, [], []

    def keep(self, line: FigureLine) -> None:
        """One figure: written where it is new or counts otherwise, and left where it was validated."""
        indicator = self._indicator(line)
        row = self.before.pop((indicator.pk, line.reading), None)
        counted = None if line.why_none else line.figure
        facts = {
            "numerator": counted.numerator if counted else None, "denominator": counted.denominator if counted else None,
            "value": None if line.why_none or line.value is None else Decimal(line.value), "printed": line.why_none,
        }  # fmt: skip
        if row is not None and all(getattr(row, name) == value for name, value in facts.items()):
            return
        if row is not None and row.state == ValueState.VALIDATED:
            self.stayed.append(f"{line.name}, {line.reading}, to {day_in_words(self.year_end)}")
            return
        is_new = row is None
        row = row or IndicatorValue(
            indicator=indicator, reading=line.reading, period_start=self._starts(), period_end=self.year_end + ONE_DAY,
            period_label=f"Year to {day_in_words(self.year_end)}",
        )  # fmt: skip
        for name, value in facts.items():
            setattr(row, name, value)
        row.state, row.source, row.entered_at, row.entered_by = ValueState.ENTERED, f"Import {self.batch.reference}", clock.now(), self.by
        if is_new:
            self.new.append(row)
        else:
            row.save()
        self.written += 1

    def write_new(self) -> None:
        """Those that were not there, each by the last definition of its indicator."""
        rows = IndicatorDefinition.objects.filter(indicator__in={row.indicator_id for row in self.new})
        last = {row.indicator_id: row for row in rows.order_by("indicator", "-version").distinct("indicator")}
        for row in self.new:
            row.definition = last[row.indicator_id]
        IndicatorValue.objects.bulk_create(self.new)

    def drop_others(self) -> None:
        """Values that what is stored gives no more, unless they were validated."""
        gone = [row.pk for row in self.before.values() if row.state != ValueState.VALIDATED and row.source.startswith("Import ")]
        IndicatorValue.objects.filter(pk__in=gone).delete()

    def _starts(self) -> date:
        """The first day of the year that ends on the period's last day."""
        return months_after(self.year_end, -12) + ONE_DAY

    def _indicator(self, line: FigureLine) -> Indicator:
        """The indicator of a figure, defined when its first value comes."""
        slug = self._slug(line)
        if slug not in self.indicators:
            self.indicators[slug] = add_indicator(
                self.batch.authority, slug=slug, name=line.name, owner_role=OWNER, source=RETURNED_SOURCE, unit=line.unit,
                better=line.better, frequency=Frequency.YEAR, from_on=self._starts(), by=self.by,
                reading=line.reading if line.usual else "as counted",
            )  # fmt: skip
        return self.indicators[slug]

    def _slug(self, line: FigureLine) -> str:
        """The indicator's name in addresses: the figure's, and the authority's where another has the first."""
        slug = f"{RETURNED_PREFIX}{line.slug}"
        taken = slug not in self.indicators and Indicator.objects.filter(slug=slug).exists()
        own = f"{slug}-{self.batch.authority.slug}"[:80]
        return own if taken or own in self.indicators else slug
