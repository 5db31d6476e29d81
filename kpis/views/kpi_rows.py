"""Rows of the dashboard as they are drawn: what stands in each cell is decided here, and filled in without the template engine."""

from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from core.filled import filled
from core.svg import sparkline
from core.templatetags.ui import assurance_mark, rag_chip, variation_mark
from kpis.measures.indicator_rows import IndicatorRow
from kpis.measures.period import Period
from kpis.measures.rows import Row

CELLS = "kpis/kpi_cells.html"
NOTHING = mark_safe("")
DASH, NOT_RATED = mark_safe('<span class="quiet dash">–</span>'), mark_safe('<span class="quiet">Not rated</span>')
TRIAL, TOO_FEW = mark_safe('<span class="quiet trial">trial</span>'), mark_safe('<span class="quiet">Too few to say</span>')
LABEL, SCOPE = mark_safe(' data-label="Variation">'), mark_safe(' scope="row"')
ROW, WORSE = mark_safe(' role="row"'), mark_safe(' role="row" class="worse"')
HEAD = mark_safe(' scope="row" role="rowheader"')


def measure_rows(rows: Iterable[Row], period: Period) -> SafeString:
    """The service's own measures, each with the way to its page."""
    return filled(CELLS, (
        _cells(row, row.value, why=row.why_no_line) | {
            "row": WORSE if row.is_worse else ROW, "head": HEAD, "url": f"/kpis/{row.measure.slug}?period={period.slug}", "flag": NOTHING,
            "printed": "", "worded": "" if row.state == "shown" else " num--words", "count": _count(row),
        }
        for row in rows
    ))  # fmt: skip


def indicator_rows(rows: Iterable[IndicatorRow]) -> SafeString:
    """Indicators, in the words of the document they are of."""
    return filled(CELLS, (
        _cells(row, row.latest, why="Too few points") | {
            "row": NOTHING, "head": SCOPE, "url": row.url, "printed": " num--printed", "worded": "", "count": row.count,
            "flag": format_html('<span class="table__why">{}</span>', row.flag) if row.flag else NOTHING,
        }
        for row in rows
    ))  # fmt: skip


def _cells(row, value: str, *, why: str) -> dict:
    """What both have."""
    said = {"name": row.name, "value": value, "target": row.target, "rating": _rating(row), "line": _line(row, why)}
    if not row.variation:
        hidden = getattr(row, "state", "") == "hidden"
        return said | {"variation": mark_safe(">") if hidden else LABEL + TOO_FEW, "assurance": DASH}
    trial = TRIAL if getattr(row, "is_trial", False) else NOTHING
    return said | {
        "variation": LABEL + variation_mark(row.variation) + trial,
        "assurance": assurance_mark(row.assurance) if row.assurance else DASH,
    }  # fmt: skip


def _count(row: Row) -> SafeString | str:
    """The count where there is little room, and all of it for those who listen."""
    if not row.short:
        return row.count
    longest = f", longest {row.detail}" if row.detail else ""
    return format_html('<span aria-hidden="true">{}</span><span class="govuk-visually-hidden">{}{}</span>', row.short, row.count, longest)


def _rating(row) -> SafeString:
    """The rating, or why there is none."""
    if row.rating:
        return rag_chip(row.rating)
    return rag_chip("not_enough_data") if getattr(row, "state", "") == "hidden" else NOT_RATED


def _line(row, why: str) -> SafeString:
    """The line, or why there is none."""
    if row.variation or len(row.points) > 1:
        return sparkline(row.points, row.variation or "same")
    return format_html('<span class="quiet">{}</span>', why)
