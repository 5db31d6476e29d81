"""What is kept of an authority's figures, for a page that shows them: of today, by the rules of today, and no change older than a minute missing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from kpis.measures.facts import Count
from kpis.measures.goals import Aims, as_kept
from kpis.measures.keeping import is_current, months_of
from kpis.measures.measure import Measure
from kpis.measures.parts import counted
from kpis.measures.period import Period
from kpis.models import KeptBoard, KeptFigure


@dataclass
class Kept:
    """How kept figures stand, and the kept months of some measures."""

    board: KeptBoard
    measures: Collection[Measure] = ()
    first: date | None = None
    last: date | None = None

    @cached_property
    def aims(self) -> Aims:
        """What lines are held against."""
        return as_kept(self.board.aims)

    @cached_property
    def _months(self) -> dict[tuple[str, date], tuple[Count, dict]]:
        """What each month came to, and what is kept of it; asked for once."""
        rows = KeptFigure.objects.filter(
            authority=self.board.authority_id, measure__in=[measure.slug for measure in self.measures], month__gte=self.first, month__lt=self.last
        )
        return {
            (slug, month): (Count(_plain(value), *counts), parts)
            for slug, month, parts, value, *counts in rows.values_list("measure", "month", "parts", "value", "numerator", "denominator", "longest")
        }

    def of(self, measure: Measure, period: Period, services: Collection[str] | None) -> Count | None:
        """What a period comes to, for some kinds of service or for all; None where one of its months is not kept."""
        found = [self._months.get((measure.slug, month)) for month in months_of(period.starts_on, period.ends_on)]
        if None in found:
            return None
        if len(found) == 1 and services is None:
            return found[0][0]
        return counted(measure, [parts for _, parts in found], period.starts_on, period.ends_on, services=services)


def _plain(value: Decimal | None) -> Decimal | None:
    """A value without the noughts that the database adds behind the point."""
    return value if value is None else value.to_integral() if value == value.to_integral() else value.normalize()


def kept_board(authority: int | None) -> KeptBoard | None:
    """How an authority's kept figures stand, where they may be shown; None where they must be counted afresh."""
    board = KeptBoard.objects.with_changes().filter(authority=authority).first()
    return board if is_current(board) and not board.is_late else None
