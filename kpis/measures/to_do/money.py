"""Prices and figures that wait for somebody."""

from contracts.models import Contract, Price
from core.dates import day_in_words
from kpis.choices import ValueState
from kpis.measures.to_do.thing import MOST_OF_A_KIND, Thing
from kpis.models import IndicatorValue


def prices_to_confirm(user) -> list[Thing]:
    """Prices that are printed as indicative until somebody confirms them."""
    seen = Contract.objects.visible_to(user)
    rows = Price.objects.filter(lot__contract__in=seen, until_on=None, confirmed_at=None)
    return [
        Thing(
            f"Confirm the price of {price.label[0].lower()}{price.label[1:]}", price.lot.contract.get_absolute_url(),
            price.other_reading or "It is printed as indicative until somebody confirms it.",
        )
        for price in rows.select_related("lot__contract").order_by("pk")[:MOST_OF_A_KIND]
    ]  # fmt: skip


def values_to_validate(user) -> list[Thing]:
    """Checked values that nobody has validated for release."""
    rows = IndicatorValue.objects.filter(
        indicator__authority=user.acting.authority_id, state=ValueState.CHECKED
    ).exclude(entered_by=user)
    return [
        Thing(
            f"Validate {row.indicator.name}", row.indicator.definition_url,
            f"{row.period_label}, to {day_in_words(row.last_day)}.",
        )
        for row in rows.select_related("indicator").order_by("period_end", "pk")[:MOST_OF_A_KIND]
    ]  # fmt: skip
