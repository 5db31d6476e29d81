"""Charts of papers: frozen as numbers and words, and drawn of those alone, on the page and on paper alike."""

from dataclasses import asdict
from decimal import Decimal
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.safestring import SafeString

from core.plotting import for_paper
from core.xmr_chart import Period as Point
from core.xmr_chart import Run, Step, Stretch, xmr_chart
from kpis.measures.drawing import Series, drawn, planned, short
from kpis.measures.goals import Goal, goal_of, goals_of
from kpis.measures.rows import Row
from kpis.measures.shown import series_of

FEWEST = 6  # a line with fewer points has no limits, and one that never moves says no more than its number
MOST_PERIODS = 13
MEANS = {"better": "Better", "worse": "Worse", "unsaid": "Changed", "same": ""}
LOOK = "static/css/print-plot.css"


def charts_of(rows: list[Row], authority, day) -> list[dict]:
    """Each measure with figures enough, as plain facts: the finding, the sentence, the numbers, and what is drawn."""
    goals = goals_of(authority, day)
    found = (_facts(row, goal_of(row.measure, goals)) for row in rows if _is_drawn(row))
    return [chart for chart in found if chart]


def _is_drawn(row: Row) -> bool:
    """Whether a line says more than its number; one of children has none, because its average and limits count children too."""
    return len(row.points) >= FEWEST and len(set(row.points)) > 1 and row.measure.unit != "children"


def _facts(row: Row, goal: Goal | None) -> dict | None:
    """One measure's chart."""
    series = series_of(row, goal)
    return None if series is None else chart_of(series, slug=row.measure.slug, name=row.name, unit=row.measure.unit)


def chart_of(series: Series, *, slug: str, name: str, unit: str) -> dict:
    """A series as plain facts."""
    shown = drawn(series, title_id="", says=f"{name}, each {series.noun}.")
    return {
        "slug": slug, "name": name, "finding": shown.title, "says": shown.says, "shows": " ".join(shown.shows),
        "unit": unit, "plan": asdict(planned(series)),
        "rows": [
            {"period": _period(line["period"]), "value": _bare(entry.value), "count": _count(line["count"]), "change": MEANS[line["mark"]]}
            for line, entry in zip(shown.rows[::-1], series.entries, strict=True)
        ][-MOST_PERIODS:],
    }  # fmt: skip


def _bare(value: Decimal) -> str:
    """A value without its unit, which the table's name says."""
    return f"{value.to_integral():,f}" if value == value.to_integral() else f"{value:,f}"


def _period(period) -> str:
    """A period in a narrow column."""
    return f"{period.starts_on:%b} {period.starts_on:%y}" if period.months == 1 else period.short


def _count(count) -> str:
    return "" if count is None else f"{count.numerator:,} of {count.denominator:,}"


def with_drawings(charts: list[dict], *, on_paper: bool = False) -> list[dict]:
    """Frozen charts, each with its drawing, made of its numbers alone; on paper it carries its own look and name."""
    return [{**chart, "svg": _drawing(chart, on_paper=on_paper)} for chart in charts]


@cache
def _look() -> str:
    """How lines look on paper."""
    return (Path(settings.BASE_DIR) / LOOK).read_text()


def _words(value: float) -> str:
    """A value at the edge of a drawing, whose heading says the unit."""
    return _bare(short(value))


def _drawing(chart: dict, *, on_paper: bool) -> SafeString:
    plan = chart["plan"]
    sign = "%" if chart["unit"] == "%" else ""
    svg = xmr_chart(
        [Point(**each) for each in plan["points"]], [Stretch(**each) for each in plan["stretches"]], [Step(**each) for each in plan["steps"]],
        title_id=f"chart-{chart['slug']}", words=lambda value: f"{_words(value)}{sign}", bounds=tuple(plan["bounds"]) if plan["bounds"] else None,
        run=Run(**plan["run"]) if plan["run"] else None,
    )  # fmt: skip
    return for_paper(svg, says=f"{chart['name']}. {chart['finding']} {chart['shows']}", look=_look()) if on_paper else svg
