"""Quarters with decisions in them, and indicators with many values."""

from datetime import date
from decimal import Decimal

from core import clock
from core.dates import months_after
from kpis.actions.indicator import add_indicator, add_recommendation, enter_value
from referrals.actions.referral import withdraw_referral
from tests.referrals.builders import a_sent_referral, a_waiting_referral

# The quarter that had ended and settled on the day all tests begin on, the one before it, and the day its figures are told.
QUARTER, BEFORE, SETTLED = "2026-27-q2", "2026-27-q1", date(2026, 10, 7)


def decided(borough, many, on=date(2026, 8, 12)):
    """So many referrals, decided on one day."""
    with clock.held_at(on):
        return [a_waiting_referral(borough) for _ in range(many)]


def withdrawn(borough, many, on=date(2026, 8, 12)):
    """So many referrals that were sent and withdrawn on one day."""
    with clock.held_at(on):
        for _ in range(many):
            withdraw_referral(a_sent_referral(borough), reason="Another way was found.", by=borough.social_worker)


def an_indicator_with(borough, slug, months, *, number=None, of=200, better="high", target=Decimal(80)):
    """An indicator with a value of each of so many months, under a recommendation of its own where it has a number."""
    row = None
    if number is not None:
        row = add_recommendation(borough.authority, number=number, text="Do better", aim="", progress="A",
                                 progress_on=date(2026, 11, 1), by=borough.commissioner)  # fmt: skip
    indicator = add_indicator(
        borough.authority, slug=slug, name=f"Indicator {slug}", recommendation=row, from_on=date(2020, 1, 1), better=better,
        frequency="month", targets=[(date(2027, 3, 31), target, f"{target}%")], by=borough.commissioner,
    )  # fmt: skip
    for back in range(months):
        first = months_after(date(2026, 10, 1), -back)
        good = of // 2 + (back * 7) % min(11, of // 2 + 1)
        enter_value(
            indicator, period_start=first, period_end=months_after(first, 1), period_label=f"{first:%B %Y}",
            value=Decimal(good * 100) / of, numerator=good, denominator=of, printed=f"{good * 100 / of:.1f}%", by=borough.panel_administrator,
        )  # fmt: skip
    return indicator
