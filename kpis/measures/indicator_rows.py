"""Indicators as rows of the dashboard: as printed, with rating, variation, assurance and line; asked for in a fixed number of questions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kpis.measures.indicator_line import indicator_series
from kpis.measures.kept_back import kept_back
from kpis.measures.recommendations import Attainment, attainment, recommendations
from kpis.measures.service import HIDDEN
from kpis.models import Indicator, Rebase, Recommendation
from kpis.models.imports import RETURNED_SOURCE
from kpis.rules.charting import FEWEST


@dataclass
class IndicatorRow:
    """One indicator: what it last came to, and how its line stands."""

    indicator: Indicator
    latest: str
    count: str
    target: str
    rating: str
    variation: str = ""
    assurance: str = ""
    points: list = field(default_factory=list)
    flag: str = ""


@dataclass
class IndicatorGroup:
    """Indicators under one recommendation, or under none."""

    recommendation: Recommendation | None
    rows: list[IndicatorRow]


def indicator_groups(user, *, hide: bool) -> list[IndicatorGroup]:
    """Every recommendation with its indicators, then those under none."""
    rebased: dict[str, list[date]] = {}
    for slug, day in Rebase.objects.visible_to(user).values_list("slug", "from_on"):
        rebased.setdefault(slug, []).append(day)
    kept = kept_back(user.acting.authority_id, hide=hide)
    groups = [
        IndicatorGroup(row, [_row(attainment(each, kept), rebased.get(each.slug, ()), kept) for each in row.indicators.all()])
        for row in recommendations(user)
    ]
    loose = Indicator.objects.visible_to(user).filter(recommendation=None, register=None).exclude(source=RETURNED_SOURCE).prefetch_related("definitions", "targets", "values")
    rest = [_row(attainment(each, kept), rebased.get(each.slug, ()), kept) for each in loose.order_by("order", "pk")[:200] if each.definitions.all()]
    return [*groups, IndicatorGroup(None, rest)] if rest else groups


def _row(found: Attainment, rebased, kept: Mapping[int, str]) -> IndicatorRow:
    """One row; a figure that is kept back is hidden with its line."""
    indicator = found.indicator
    if found.is_hidden:
        return IndicatorRow(indicator, HIDDEN, HIDDEN, found.target, "")
    series = indicator_series(indicator, rebased=rebased, kept=kept)
    row = IndicatorRow(indicator, found.latest, found.count, found.target, found.rating or "", flag=found.flag)
    if series is not None and len(series.entries) >= FEWEST:
        row.variation, row.assurance = series.line.variation, series.line.assurance
        row.points = [entry.value for entry in series.entries[-13:]]
    return row
