"""The page of statutory figures: one year's, by name and reading, hidden where the reader does not need to know counts."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.clock import ONE_DAY
from kpis.measures.kept_back import kept_back, returned_slug
from kpis.models import IndicatorValue
from kpis.models.imports import RETURNED_PREFIX, RETURNED_SOURCE
from kpis.rules.returned_shown import HIDDEN, Counted, shown

GROUPS = (
    ("Placement stability", ("three-or-more", "same-placement")), ("Strengths and difficulties (SDQ)", ("sdq-",)),
    ("Missing and away", ("children-", "episodes-")), ("Care leavers", ("leavers-", "annex-leavers-")),
    ("From Annex A lists", ("re-referrals", "repeat-plans", "interviews-")),
)  # fmt: skip
MOST = 400


@dataclass(frozen=True)
class FigureRow:
    """One figure of one reading as it stands on the page."""

    slug: str
    name: str
    reading: str
    is_usual: bool
    count: str
    value: str
    note: str
    state: str

    @property
    def is_hidden(self) -> bool:
        """Whether something of it is hidden."""
        return "c" in (self.count, self.value)


def years_of(authority_id: int) -> list[date]:
    """The last days of the periods that figures were counted for, the newest first."""
    days = _values(authority_id).values_list("period_end", flat=True).distinct()
    return [day - ONE_DAY for day in sorted(days, reverse=True)[:30]]


def figure_groups(authority_id: int, year_end: date, *, hide: bool) -> list[tuple[str, list[FigureRow]]]:
    """A period's figures under their headings; every reading to those who see counts, the usual one to the others."""
    values = list(_values(authority_id).filter(period_end=year_end + ONE_DAY).select_related("indicator", "definition").order_by("pk")[:MOST])
    usual = {returned_slug(row): Counted(row.numerator, row.denominator, row.value) for row in values if row.reading == row.definition.reading}
    safe = _safe(usual, values, authority_id) if hide else {}
    rows = [_row(row, safe) for row in values if not hide or row.reading == row.definition.reading]
    groups = [(title, [row for row in rows if row.slug.startswith(starts)]) for title, starts in GROUPS]
    return [(title, found) for title, found in groups if found]


def _values(authority_id: int):
    """Values that were counted from stored returns."""
    return IndicatorValue.objects.filter(
        indicator__authority=authority_id, indicator__source=RETURNED_SOURCE, indicator__slug__startswith=RETURNED_PREFIX
    )


def _safe(usual: dict[str, Counted], values: list[IndicatorValue], authority_id: int) -> dict[str, Counted]:
    """Figures as they may be shown: those that are kept back everywhere are hidden here, with a denominator that may stand."""
    safe, kept = shown(usual), kept_back(authority_id, hide=True)
    hidden = {returned_slug(row) for row in values if row.pk in kept and row.reading == row.definition.reading}
    return safe | {slug: HIDDEN for slug in hidden if safe[slug].value is not None or safe[slug].numerator is not None}


def _row(value: IndicatorValue, safe: dict[str, Counted]) -> FigureRow:
    """One value in words: c where it is hidden, and why where there is none."""
    counted = safe.get(returned_slug(value), Counted(value.numerator, value.denominator, value.value))
    is_share = value.definition.unit == "%"
    has = value.denominator is not None or value.value is not None
    hidden = has and value.value is not None and counted.value is None
    return FigureRow(
        slug=returned_slug(value), name=value.indicator.name, reading=value.reading, is_usual=value.reading == value.definition.reading,
        count=_count(value, counted), value="c" if hidden else _number(counted.value, is_share), note=value.printed,
        state=value.get_state_display(),
    )  # fmt: skip


def _count(value: IndicatorValue, counted: Counted) -> str:
    """How many of how many."""
    if value.denominator is None:
        return ""
    if counted.denominator is None:
        return "c"
    return f"{'c' if counted.numerator is None else f'{counted.numerator:,}'} of {counted.denominator:,}"


def _number(value: Decimal | None, is_share: bool) -> str:
    """A value as people read it."""
    if value is None:
        return "No value"
    said = f"{value.normalize():f}" if value == value.to_integral_value() else f"{value:.1f}"
    return f"{said}%" if is_share else said
