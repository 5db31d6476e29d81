"""What is kept of an authority's figures, for a page that shows them: of today, by the rules of today, and no change older than a minute missing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, TextField
from django.db.models.functions import Cast, JSONObject

from kpis.measures.facts import Count
from kpis.measures.goals import Aims, as_kept
from kpis.measures.keeping import is_current, months_of
from kpis.measures.measure import Measure
from kpis.measures.parts import counted
from kpis.measures.period import Period
from kpis.models import KeptBoard, KeptFigure

COUNTS = ("measure", "month", "parts", "numerator", "denominator", "longest")


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
    rows = KeptFigure.objects.filter(
        authority=OuterRef("authority"), measure__in=[measure.slug for measure in measures], month__gte=first, month__lt=last
    ).annotate(row=JSONObject(**{name: name for name in COUNTS}, value=Cast("value", TextField())))  # fmt: skip
    board = KeptBoard.objects.with_changes().filter(authority=authority).annotate(months=ArraySubquery(rows.values("row"))).first()
    if not is_current(board) or board.is_late:
        return None
    return Kept(board, {(row["measure"], date.fromisoformat(row["month"])): (_count(row), row["parts"]) for row in board.months})


def _count(row: dict) -> Count:
    """What a month came to, without the noughts that the database adds behind the point."""
    value = None if row["value"] is None else Decimal(row["value"])
    plain = value if value is None else value.to_integral() if value == value.to_integral() else value.normalize()
    return Count(plain, row["numerator"], row["denominator"], row["longest"])
