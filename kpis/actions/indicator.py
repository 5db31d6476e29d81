"""Recommendations and indicators, and their values as printed or counted."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from core import audit, clock
from core.models import Authority
from core.rules import refuse_if
from kpis.choices import ValueState
from kpis.models import (
    Indicator,
    IndicatorDefinition,
    IndicatorTarget,
    IndicatorValue,
    Recommendation,
)


@transaction.atomic
def add_recommendation(authority: Authority, *, number: int, text: str, aim: str, progress: str,
                       progress_on: date, source: str = "", by) -> Recommendation:  # fmt: skip
    """Write down an improvement recommendation with the progress of its action."""
    row = Recommendation.objects.create(
        authority=authority, number=number, text=text, aim=aim, progress=progress,
        progress_on=progress_on, source=source,
    )  # fmt: skip

    audit.record("recommendation.added", on=row, by=by, sentence=f"Added recommendation {number}.")
    return row


@transaction.atomic
def add_indicator(authority: Authority, *, slug: str, name: str, recommendation: Recommendation | None = None,
                  order: int = 0, owner_role: str = "", source: str = "", flag: str = "", unit: str = "%",
                  better: str = "", frequency: str = "quarter", from_on: date, counts_children: bool = True,
                  targets: list[tuple[date, Decimal | None, str]] = (), by) -> Indicator:  # fmt: skip
    """Define an indicator, with its targets by date; words stand where a document gives words."""
    indicator = Indicator.objects.create(
        slug=slug, authority=authority, recommendation=recommendation, order=order, name=name,
        owner_role=owner_role, source=source, flag=flag,
    )  # fmt: skip
    IndicatorDefinition.objects.create(
        indicator=indicator, from_on=from_on, unit=unit, better=better, frequency=frequency,
        counts_children=counts_children,
    )  # fmt: skip
    IndicatorTarget.objects.bulk_create(
        IndicatorTarget(indicator=indicator, due_on=due_on, value=value, printed=printed)
        for due_on, value, printed in targets
    )

    audit.record("indicator.added", on=indicator, by=by, sentence=f"Defined an indicator: {name[:120]}.")
    return indicator


@transaction.atomic
def enter_value(indicator: Indicator, *, period_start: date, period_end: date, period_label: str,
                reading: str = "as printed", value: Decimal | None = None, numerator: int | None = None,
                denominator: int | None = None, printed: str = "", source: str = "", by) -> IndicatorValue:  # fmt: skip
    """Enter a value for a period; it is provisional until its owner checks it and it is validated."""
    row = IndicatorValue.objects.create(
        indicator=indicator, definition=indicator.definitions.order_by("-version").first(),
        period_start=period_start, period_end=period_end, period_label=period_label, reading=reading,
        value=value, numerator=numerator, denominator=denominator, printed=printed, source=source,
        entered_by=by, entered_at=clock.now(),
    )  # fmt: skip

    audit.record(
        "value.entered", on=row, by=by, authority=indicator.authority,
        sentence=f"Entered a value for {period_label}.",
    )  # fmt: skip
    return row


@transaction.atomic
def validate_value(value: IndicatorValue, *, by) -> IndicatorValue:
    """Validate a value for release; not by whoever entered it."""
    value = IndicatorValue.objects.select_for_update(of=("self",)).get(pk=value.pk)
    reasons = ["Somebody else validates what you entered."] if value.entered_by_id == by.pk else []
    if value.validated_at:
        reasons.append("This value was validated before.")

    refuse_if(reasons)

    value.state, value.validated_at, value.validated_by = ValueState.VALIDATED, clock.now(), by
    value.save()

    audit.record(
        "value.validated", on=value, by=by, authority=value.indicator.authority,
        sentence=f"Validated a value for {value.period_label}.",
    )  # fmt: skip
    return value
