"""Figures that wait for their owner's check, and high SDQ scores that wait for the head of service."""

from datetime import timedelta

from core import clock
from core.dates import day_in_words
from kpis.choices import ValueState
from kpis.measures.to_do.thing import MOST_OF_A_KIND, Thing
from kpis.models import IndicatorValue
from referrals.models.high_sdq import high_for, year_of

RECENT = timedelta(days=400)


def values_to_check(user) -> list[Thing]:
    """Figures of about the last year that somebody else entered, whose indicator this role owns."""
    rows = IndicatorValue.objects.visible_to(user).filter(
        state=ValueState.ENTERED, indicator__checked_by_role=user.acting.role, period_end__gte=clock.today() - RECENT
    )
    return [
        Thing(f"Check the figure of {row.indicator.name}", row.indicator.definition_url, f"{row.period_label}, to {day_in_words(row.last_day)}.")
        for row in rows.exclude(entered_by=user).select_related("indicator").order_by("period_end", "pk")[:MOST_OF_A_KIND]
    ]


def high_sdqs(user) -> list[Thing]:
    """This year's high SDQ scores that nobody senior has looked at, as one thing."""
    left = sum(row.look is None for row in high_for(user, year_of(clock.today())))
    if not left:
        return []
    return [Thing(f"Look at {left} high SDQ score{'s' if left > 1 else ''}", "/children/high-sdq", "Each is looked at once a year, with what is done for the child.")]
