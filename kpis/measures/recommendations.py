"""Improvement recommendations with their measures as printed, and whether each target is met."""

from dataclasses import dataclass

from django.db.models import Prefetch

from kpis.models import Indicator, Recommendation
from kpis.rules.rag import rag


@dataclass
class Attainment:
    """One measure's latest value against its latest target."""

    indicator: Indicator
    latest: str
    count: str
    target: str
    rating: str | None


def recommendations(user=None, *, authority=None) -> list:
    """What a person may see, or all of an authority's, in order, each with `measures`: Attainments."""
    rows = Recommendation.objects.filter(authority=authority) if authority else Recommendation.objects.visible_to(user)
    measures = Indicator.objects.prefetch_related("definitions", "targets", "values").order_by("order")
    found = list(rows.order_by("number").prefetch_related(Prefetch("indicators", queryset=measures)))
    for row in found:
        row.measures = [attainment(indicator) for indicator in row.indicators.all()]
    return found


def attainment(indicator: Indicator) -> Attainment:
    """What an indicator last came to, its last target, and the colour that follows by the rule."""
    values = sorted(indicator.values.all(), key=lambda value: (value.period_end, value.pk))
    targets = sorted(indicator.targets.all(), key=lambda target: target.due_on)
    definition = max(indicator.definitions.all(), key=lambda d: d.version)
    value, target = (values[-1] if values else None), (targets[-1] if targets else None)
    counted = value is not None and value.denominator
    return Attainment(
        indicator, value.printed if value else "None printed",
        f"{value.numerator:,} of {value.denominator:,}" if counted else "", target.printed if target else "None printed",
        rag(
            value.value if value else None, target.value if target else None, better=definition.better or None,
            tolerance=definition.tolerance, relative=definition.tolerance_is_relative,
        ),
    )  # fmt: skip
