"""What is kept of an authority's figures, for a page that shows them: of today, by the rules of today, and no change older than a minute missing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Func, JSONField, OuterRef, TextField
from django.db.models.functions import Cast

from core.written import Records
from kpis.measures.facts import Count
from kpis.measures.goals import Aims, as_kept
from kpis.measures.keeping import is_current, months_of
from kpis.measures.measure import Measure
from kpis.measures.parts import counted
from kpis.measures.period import Period
from kpis.models import KeptBoard, KeptFigure

COUNTS = ("numerator", "denominator", "longest", "parts")


@dataclass
class Kept:
    """How kept figures stand; what each month of some measures came to, and what is kept of it."""

    board: KeptBoard
    months: dict[tuple[str, date], tuple[Count, dict]]

    @cached_property
    def aims(self) -> Aims:
        """What lines are held against."""
        return as_kept(self.board.aims)

    def of(self, measure: Measure, period: Period, services: Collection[str] | None) -> Count | None:
        """What a period comes to, for some kinds of service or for all; None where one of its months is not kept."""
        found = [self.months.get((measure.slug, month)) for month in months_of(period.starts_on, period.ends_on)]
        if None in found:
            return None
        if len(found) == 1 and services is None:
            return found[0][0]
        return counted(measure, [parts for _, parts in found], period.starts_on, period.ends_on, services=services)


def kept_figures(authority: int | None, measures: Collection[Measure], first: date, last: date) -> Kept | None:
    """What is kept of some measures between two days, in one question; None where an authority's figures must be counted afresh."""
    board = next(iter(_board(tuple(measure.slug for measure in measures))(authority, first, last)), None)
    if not is_current(board) or board.is_late:
        return None
    return Kept(board, {(measure, date.fromisoformat(month)): (_count(value, *counts), parts) for measure, month, value, *counts, parts in board.months})


@lru_cache(maxsize=64)
def _board(measures: tuple[str, ...]) -> Records:
    """How kept figures stand, with what is kept of some measures; written once for each view of the dashboard."""

    def make(authority: int | None, first: date, last: date):
        rows = KeptFigure.objects.filter(authority=OuterRef("authority"), measure__in=measures, month__gte=first, month__lt=last)
        found = rows.values(row=Func("measure", "month", Cast("value", TextField()), *COUNTS, function="jsonb_build_array", output_field=JSONField()))
        months = Func(ArraySubquery(found), function="to_jsonb", output_field=JSONField())
        return KeptBoard.objects.with_changes().with_text().filter(authority=authority).annotate(months=months)

    return Records(make)


def _count(value: str | None, numerator: int, denominator: int, longest: int | None) -> Count:
    """What a month came to, without the noughts that the database adds behind the point."""
    return Count(None if value is None else _plain(value), numerator, denominator, longest)


@lru_cache(maxsize=4096)
def _plain(value: str) -> Decimal:
    """A number as the database writes it, without the noughts behind its point."""
    number = Decimal(value)
    return number.to_integral() if number == number.to_integral() else number.normalize()
