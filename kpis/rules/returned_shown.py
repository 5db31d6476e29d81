"""The figures of returns as they may be shown to those who do not need to know counts: small ones hidden, and what gives them back.

Figures that share children are hidden together: the parts of one whole go through one suppression, and a denominator
that differs from another by 1 to 5 children is not shown beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from core.figures import percentage
from kpis.rules.suppression import suppress

HIGHEST = 5
BANDS = ("sdq-normal", "sdq-borderline", "sdq-cause-for-concern")
MOVES = ("sdq-improved", "sdq-same", "sdq-worsened")


@dataclass(frozen=True)
class Counted:
    """One figure as it was counted."""

    numerator: int | None
    denominator: int | None
    value: Decimal | None


HIDDEN = Counted(None, None, None)


def is_small(count: int | None) -> bool:
    """Whether a count of children is 1 to 5."""
    return count is not None and 1 <= count <= HIGHEST


def shown(figures: Mapping[str, Counted]) -> dict[str, Counted]:
    """Give each figure as it may be shown: nothing of it where it is hidden, under the same name."""
    kept = {slug: alone(one) for slug, one in figures.items()}
    _whole(figures, kept, "sdq-received", BANDS, "sdq-mean")
    _whole(figures, kept, "sdq-both-years", MOVES, "sdq-mean-change")
    _whole(figures, kept, "interviews-offered", ("interviews-accepted",), "")
    _scored(figures, kept)
    _times(figures, kept)
    for slug in [slug for slug in figures if slug.endswith("-suitable-home")]:
        _apart(figures, kept, slug, slug.replace("-suitable-home", "-in-touch"))
    return kept


def alone(one: Counted) -> Counted:
    """One figure by itself: those counted and the rest are the two parts of its denominator."""
    if one.denominator is None:
        return one
    if not 0 <= (one.numerator or 0) <= one.denominator:
        return HIDDEN if is_small(one.numerator) or is_small(one.denominator) else one
    parts = suppress([one.numerator, one.denominator - one.numerator], highest=HIGHEST)
    total = None if is_small(one.denominator) else parts.total
    if parts.cells[0] is None or total is None:
        return Counted(None, total, None)
    return Counted(one.numerator, total, percentage(one.numerator, total, 1))


def _whole(figures, kept, first: str, parts: tuple[str, ...], mean: str) -> None:
    """A figure whose numerator is the denominator of its parts: all of them are cells of one whole."""
    if first not in figures or figures[first].denominator is None or any(part not in figures for part in parts):
        return
    whole, counts = figures[first], [figures[part].numerator or 0 for part in parts]
    rest = (whole.numerator or 0) - sum(counts)
    cells = suppress([*counts, *([rest] if rest else []), whole.denominator - whole.numerator], highest=HIGHEST)
    hides_first = cells.cells[-1] is None or cells.total is None or is_small(whole.numerator) or is_small(whole.denominator)
    if hides_first:
        kept[first] = Counted(None, None if cells.total is None or is_small(whole.denominator) else cells.total, None)
    for part, cell in zip(parts, cells.cells, strict=False):
        if hides_first or cell is None or (rest and cells.cells[len(parts)] is None):
            kept[part] = Counted(None, None if hides_first else whole.numerator, None)
        else:
            kept[part] = figures[part]
    if mean and any(kept[part].numerator is None for part in parts):
        kept[mean] = HIDDEN


def _scored(figures, kept) -> None:
    """This year's scores and those of children who count for the year may differ by a few children."""
    if {"sdq-received", "sdq-both-years"} <= figures.keys() and is_small(
        abs((figures["sdq-both-years"].denominator or 0) - (figures["sdq-received"].numerator or 0))
    ):
        for slug in ("sdq-both-years", *MOVES, "sdq-mean-change"):
            kept[slug] = HIDDEN


def _times(figures, kept) -> None:
    """How many times is hidden with how many children, and where it is 1 to 5 itself."""
    for word in ("missing", "away"):
        times, children = f"episodes-{word}", f"children-{word}"
        if times in figures and (kept.get(children, HIDDEN).numerator is None or is_small(int(figures[times].value or 0))):
            kept[times] = HIDDEN


def _apart(figures, kept, slug: str, beside: str) -> None:
    """A denominator is not shown beside one it is 1 to 5 children short of."""
    if beside in figures and is_small((figures[beside].denominator or 0) - (figures[slug].denominator or 0)):
        kept[slug] = HIDDEN
