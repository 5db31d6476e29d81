"""One figure of an indicator: entered, corrected, checked by its owner, validated for release by another."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from decimal import Decimal

from django.db import transaction

from core import audit, clock
from core.figures import percentage
from core.rules import refuse_if
from kpis.choices import ValueState
from kpis.models import Indicator, IndicatorDefinition, IndicatorValue
from kpis.rules.indicators import (
    why_not_check_value,
    why_not_correct_value,
    why_not_enter_value,
    why_not_validate_value,
)


@transaction.atomic
def enter_value(indicator: Indicator, *, by, **value) -> IndicatorValue:
    """Enter a value for a period; `value` is one of those that `enter_values` takes."""
    (row,) = enter_values({indicator: [value]}, by=by)
    return row


@transaction.atomic
def enter_values(told: dict[Indicator, list[dict]], *, by) -> list[IndicatorValue]:
    """Enter indicators' values for periods; each is provisional until its owner checks it and it is validated.

    A value has `period_start`, `period_end`, `period_label`, and where they are known its reading, value, numerator, denominator,
    printed, source, is_final, and what a document prints with it (quartile, in_quartile, change, printed_rating, flag).
    """
    versions, now = _versions(told), clock.now()

    rows = IndicatorValue.objects.bulk_create(
        IndicatorValue(
            indicator=indicator, definition=_in_force(versions[indicator.pk], value["period_end"]), entered_by=by, entered_at=now, **value
        )
        for indicator, values in told.items()
        for value in values
    )

    audit.record_for_each("value.entered", rows, by=by, sentence=lambda row: f"Entered a value for {row.period_label}.")
    return rows


@transaction.atomic
def type_value(indicator: Indicator, *, starts_on: date, ends_on: date, period_label: str, reading: str, value: Decimal | None,
               numerator: int | None, denominator: int | None, printed: str, source: str, is_final: bool, by) -> IndicatorValue:  # fmt: skip
    """Enter a value that somebody types; `ends_on` is the day after the period, and a percentage its counts come to need not be typed."""
    indicator = Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
    there = indicator.values.filter(period_start=starts_on, period_end=ends_on, reading=reading).exists()
    facts = {"value": value, "numerator": numerator, "denominator": denominator, "printed": printed}
    unit = _in_force(_versions([indicator])[indicator.pk], ends_on).unit
    refuse_if(why_not_enter_value(starts_on=starts_on, ends_on=ends_on, today=clock.today(), unit=unit, is_there=there, **facts))

    return enter_value(
        indicator, period_start=starts_on, period_end=ends_on, period_label=period_label, reading=reading, source=source,
        is_final=is_final, by=by, **_filled(facts, unit),
    )  # fmt: skip


@transaction.atomic
def correct_value(value: IndicatorValue, *, figure: Decimal | None, numerator: int | None, denominator: int | None, printed: str,
                  is_final: bool, because: str, by) -> IndicatorValue:  # fmt: skip
    """Correct a figure that is not validated yet; it is checked and validated anew, and whoever corrects has entered it."""
    value = _locked(value)
    facts = {"value": figure, "numerator": numerator, "denominator": denominator, "printed": printed}
    unit = value.definition.unit
    refuse_if([
        *why_not_correct_value(is_validated=value.state == ValueState.VALIDATED, because=because),
        *why_not_enter_value(starts_on=value.period_start, ends_on=value.period_end, today=clock.today(), unit=unit, is_there=False, **facts),
    ])  # fmt: skip

    for name, now in _filled(facts, unit).items():
        setattr(value, name, now)
    value.is_final, value.corrected_because, value.state = is_final, because.strip(), ValueState.ENTERED
    value.entered_by, value.entered_at, value.checked_by, value.checked_at = by, clock.now(), None, None
    value.save()

    _remember(value, "value.corrected", f"Corrected the value for {value.period_label}.", by)
    return value


@transaction.atomic
def check_value(value: IndicatorValue, *, by) -> IndicatorValue:
    """Say as the indicator's owner that a value is right."""
    value = _locked(value)
    refuse_if(why_not_check_value(
        value.state, mine=value.entered_by_id == by.pk, role=by.acting.role, owner=value.indicator.checked_by_role
    ))  # fmt: skip

    value.state, value.checked_at, value.checked_by = ValueState.CHECKED, clock.now(), by
    value.save()

    _remember(value, "value.checked", f"Checked the value for {value.period_label}.", by)
    return value


@transaction.atomic
def validate_value(value: IndicatorValue, *, by) -> IndicatorValue:
    """Validate a value for release; not by whoever entered it."""
    value = _locked(value)
    refuse_if(why_not_validate_value(value.state, mine=value.entered_by_id == by.pk))

    value.state, value.validated_at, value.validated_by = ValueState.VALIDATED, clock.now(), by
    value.save()

    _remember(value, "value.validated", f"Validated a value for {value.period_label}.", by)
    return value


def _locked(value: IndicatorValue) -> IndicatorValue:
    """The value's row, held until the deed is done."""
    rows = IndicatorValue.objects.select_for_update(of=("self",)).select_related("indicator__authority", "definition")
    return rows.get(pk=value.pk)


def _versions(indicators: Collection[Indicator]) -> dict[int, list]:
    """The versions of each one's definition, the first one first."""
    found = defaultdict(list)
    for row in IndicatorDefinition.objects.filter(indicator__in=[one.pk for one in indicators]).order_by("indicator", "version"):
        found[row.indicator_id].append(row)
    return found


def _in_force(versions: list, period_end: date):
    """The version that held when the period ended, or the first there is."""
    return next((one for one in reversed(versions) if one.from_on and one.from_on < period_end), versions[0])


def _filled(facts: dict, unit: str) -> dict:
    """What was typed, with the percentage that its counts come to, and words for the figure where none were typed."""
    value = facts["value"]
    if value is None and unit == "%" and facts["denominator"]:
        value = percentage(facts["numerator"], facts["denominator"], 1)
    words = facts["printed"].strip()
    if not words and value is not None:
        words = f"{value}%" if unit == "%" else f"{value} {unit}".strip()
    return {**facts, "value": value, "printed": words or f"{facts['numerator']:,} of {facts['denominator']:,}"}


def _remember(value: IndicatorValue, verb: str, sentence: str, by) -> None:
    audit.record(verb, on=value, by=by, authority=value.indicator.authority, sentence=sentence)
