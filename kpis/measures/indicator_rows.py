"""Indicators as rows of the dashboard: as printed, with rating, variation, assurance and line; asked for in a fixed number of questions."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from kpis.measures.indicator_line import indicator_series
from kpis.measures.kept_back import kept_back
from kpis.measures.recommendations import Attainment, attainment, recommendations
from kpis.measures.service import HIDDEN
from kpis.models import Indicator, Rebase
from kpis.models.imports import RETURNED_SOURCE
from kpis.rules.charting import FEWEST


@dataclass
class IndicatorRow:
    """One indicator: what it last came to, and how its line stands; words alone, so that it can be kept."""

    name: str
    url: str
    latest: str
    count: str
    target: str
    rating: str
    variation: str = ""
    assurance: str = ""
    points: list[str] = field(default_factory=list)
    flag: str = ""


@dataclass
class IndicatorGroup:
    """Indicators under one recommendation (its number, words and progress), or under none."""

    recommendation: dict | None
    rows: list[IndicatorRow]


def indicator_groups(user, *, hide: bool) -> list[IndicatorGroup]:
    """Every recommendation that a person sees with its indicators, then those under none."""
    return _groups(recommendations(user), Indicator.objects.visible_to(user), Rebase.objects.visible_to(user), kept_back(user.acting.authority_id, hide=hide))


def groups_to_keep(authority, *, hide: bool) -> list[dict]:
    """The same of a whole authority, as it is kept for those who see counts of 1 to 5 children, or for those who do not."""
    rows = (model.objects.filter(authority=authority) for model in (Indicator, Rebase))
    return [asdict(group) for group in _groups(recommendations(authority=authority), *rows, kept_back(authority, hide=hide))]


def kept_groups(kept: list[dict]) -> list[IndicatorGroup]:
    """What was kept, as it was."""
    return [IndicatorGroup(group["recommendation"], [IndicatorRow(**row) for row in group["rows"]]) for group in kept]


def _groups(found, indicators, rebasings, kept: Mapping[int, str]) -> list[IndicatorGroup]:
    """Recommendations with their indicators, then those under none."""
    rebased: dict[str, list[date]] = {}
    for slug, day in rebasings.values_list("slug", "from_on"):
        rebased.setdefault(slug, []).append(day)
    groups = [
        IndicatorGroup(
            {"number": row.number, "text": row.text, "progress": row.progress},
            [_row(attainment(each, kept), rebased.get(each.slug, ()), kept) for each in row.indicators.all()],
        )
        for row in found
    ]
    loose = indicators.filter(recommendation=None, register=None).exclude(source=RETURNED_SOURCE).prefetch_related("definitions", "targets", "values")
    rest = [_row(attainment(each, kept), rebased.get(each.slug, ()), kept) for each in loose.order_by("order", "pk")[:200] if each.definitions.all()]
    return [*groups, IndicatorGroup(None, rest)] if rest else groups


def _row(found: Attainment, rebased, kept: Mapping[int, str]) -> IndicatorRow:
    """One row; a figure that is kept back is hidden with its line."""
    named = (found.indicator.name, found.indicator.get_absolute_url())
    if found.is_hidden:
        return IndicatorRow(*named, HIDDEN, HIDDEN, found.target, "")
    series = indicator_series(found.indicator, rebased=rebased, kept=kept)
    row = IndicatorRow(*named, found.latest, found.count, found.target, found.rating or "", flag=found.flag)
    if series is not None and len(series.entries) >= FEWEST:
        row.variation, row.assurance = series.line.variation, series.line.assurance
        row.points = [str(entry.value) for entry in series.entries[-13:]]
    return row
