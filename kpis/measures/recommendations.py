"""Improvement recommendations with their measures as printed, and whether each target is met."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Prefetch

from kpis.choices import ValueState
from kpis.measures.kept_back import NOTHING, kept_back, remark_of
from kpis.measures.registers import HIDDEN, colour_of, target_for
from kpis.measures.values_shown import in_words
from kpis.models import Indicator, Recommendation


@dataclass
class Attainment:
    """One measure's latest value against its latest target."""

    indicator: Indicator
    latest: str
    count: str
    target: str
    rating: str | None
    is_provisional: bool = False
    value: int | None = None
    is_hidden: bool = False
    flag: str = ""


def recommendations(user=None, *, authority=None, hide: bool = False) -> list:
    """What a person may see, or all of an authority's, in order, each with `measures`: Attainments, hidden where they must be."""
    rows = Recommendation.objects.filter(authority=authority) if authority else Recommendation.objects.visible_to(user)
    measures = Indicator.objects.prefetch_related("definitions", "targets", "values").order_by("order")
    found = list(rows.order_by("number").prefetch_related(Prefetch("indicators", queryset=measures)))
    kept = kept_back(found[0].authority_id, hide=hide) if found else NOTHING
    for row in found:
        row.measures = [attainment(indicator, kept) for indicator in row.indicators.all()]
    return found


def attainment(indicator: Indicator, kept: Mapping[int, str] = NOTHING) -> Attainment:
    """What an indicator last came to, the target it is held against, and the colour that follows by its own scheme; "c" where it is kept back."""
    values = sorted(indicator.values.all(), key=lambda value: (value.period_start, value.period_end, value.pk))
    definition = max(indicator.definitions.all(), key=lambda d: d.version)
    value = values[-1] if values else None
    target = target_for(indicator.targets.all(), value)
    counted = value is not None and value.denominator and value.numerator is not None
    provisional, printed = value is not None and value.state != ValueState.VALIDATED, target.printed if target else "None printed"
    if value is not None and value.pk in kept:
        return Attainment(indicator, HIDDEN, "", printed, None, provisional, value.pk, is_hidden=True, flag="")
    return Attainment(
        indicator, in_words(value, definition) if value else "None printed",
        f"{value.numerator:,} of {value.denominator:,}" if counted else "",
        printed, colour_of(definition, value, target), provisional,
        value.pk if value else None, flag=remark_of(indicator, kept),
    )  # fmt: skip
