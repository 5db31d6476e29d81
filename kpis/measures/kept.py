"""What is kept of an authority's figures, for a page that shows them: of today, by the rules of today, and no change older than a minute missing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from kpis.measures.goals import Aims, as_kept
from kpis.measures.keeping import is_current, months_of
from kpis.measures.measure import Measure
from kpis.measures.period import Period
from kpis.models import KeptBoard, KeptFigure


@dataclass
class Kept:
    """How kept figures stand, and the kept months of some measures."""

    board: KeptBoard
    measures: Collection[Measure] = ()
    first: date | None = None
    last: date | None = None

    @property
    def counted_at(self) -> datetime:
        """When they were counted."""
        return self.board.counted_at

    @property
    def is_behind(self) -> bool:
        """Whether something has changed since, less than a minute ago."""
        return self.board.is_behind

    @cached_property
    def aims(self) -> Aims:
        """What lines are held against."""
        return as_kept(self.board.aims)

    @cached_property
    def _months(self) -> dict[tuple[str, date], dict]:
        """What is kept of each month, asked for once."""
        rows = KeptFigure.objects.filter(
            authority=self.board.authority_id, measure__in=[measure.slug for measure in self.measures], month__gte=self.first, month__lt=self.last
        )
        return {(slug, month): parts for slug, month, parts in rows.values_list("measure", "month", "parts")}

    def months_of(self, measure: Measure, period: Period) -> list[dict] | None:
        """What is kept of the months of a period; None where one of them is not."""
        found = [self._months.get((measure.slug, month)) for month in months_of(period.starts_on, period.ends_on)]
        return None if None in found else found


def kept_board(authority: int | None) -> KeptBoard | None:
    """How an authority's kept figures stand, where they may be shown; None where they must be counted afresh."""
    board = KeptBoard.objects.with_changes().filter(authority=authority).first()
    return board if is_current(board) and not board.is_late else None
