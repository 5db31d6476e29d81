"""The children behind one figure of stored returns, by the council's own code, for the few who may see them."""

from dataclasses import dataclass
from datetime import date

from core.dates import day_in_words
from kpis.measures.returned import Held, figures_of, held_of
from kpis.models import ReturnedRow
from kpis.rules.return_figures import FigureLine

MOST, MOST_CHILDREN = 500, 5_000


@dataclass(frozen=True)
class Behind:
    """One child behind a figure: the council's code, whether counted, and the stretches of care in the year."""

    child: str
    numerator: int
    denominator: int
    stretches: list[str]


def behind(user, slug: str, year_end: date) -> tuple[FigureLine, list[Behind]] | None:
    """A figure by its usual reading, and the children it is of, those counted first; None where there is no such figure.

    Gives nobody where there are more children than a page can go through.
    """
    if not ReturnedRow.objects.visible_to(user).filter(year_end=year_end).exists():
        return None
    held = held_of(user.acting.authority_id, year_end)
    line = _line(held, slug)
    if line is None or line.figure is None:
        return None
    each = held.by_child()
    if len(each) > MOST_CHILDREN:
        return line, []
    found = [_behind(child, one, slug) for child, one in each.items()]
    rows = sorted((one for one in found if one), key=lambda one: (-one.numerator, one.child))
    return line, rows[:MOST]


def _line(held: Held, slug: str) -> FigureLine | None:
    return next((line for line in figures_of(held) if line.slug == slug and line.usual), None)


def _behind(child: str, held: Held, slug: str) -> Behind | None:
    """One child, where the figure is of them."""
    line = _line(held, slug)
    if line is None or line.figure is None or not line.figure.denominator:
        return None
    first = date(held.year_end.year - 1, 4, 1)
    stretches = [
        f"{day_in_words(e.started_on)} to {day_in_words(e.ended_on) if e.ended_on else 'still open'}: {e.placement}, {e.legal_status}, began {e.reason_started}"
        for e in held.episodes
        if e.started_on <= held.year_end and (e.ended_on is None or e.ended_on > first)
    ]
    return Behind(child, line.figure.numerator, line.figure.denominator, stretches)
