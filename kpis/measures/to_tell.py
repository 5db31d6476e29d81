"""Quarters whose figures are due to be told."""

from datetime import date

from django.db.models import Count

from contracts.rules.quarters import Quarter, quarter_before, quarters_of
from core import clock
from core.closures import working_days_of
from core.dates import months_after
from core.models import Authority
from kpis.measures.service import MEASURES
from kpis.models import FigureRelease

BACK = 24  # months
SETTLES_IN = 5  # Working Days after a quarter: what is written down late is in its figures


def settled_on(authority: Authority, quarter: Quarter) -> date:
    """The day from which a quarter's figures are told."""
    return working_days_of(authority.pk).add(quarter.ends_on - clock.ONE_DAY, SETTLES_IN)


def quarters_to_release() -> list[tuple[Authority, Quarter]]:
    """Quarters that have settled and of which some figure was not told, of every authority, the oldest first."""
    today = clock.today()
    asked = {measure.slug for measure in MEASURES if measure.counts_children}
    ended = quarters_of(months_after(today, -BACK), quarter_before(today).ends_on)
    rows = FigureRelease.objects.filter(measure__in=asked).values_list("authority", "starts_on", "ends_on").annotate(Count("pk"))
    told = {(authority, starts, ends): many for authority, starts, ends, many in rows}
    return [
        (authority, quarter)
        for authority in Authority.objects.order_by("pk")
        for quarter in ended
        if told.get((authority.pk, quarter.starts_on, quarter.ends_on), 0) < len(asked) and settled_on(authority, quarter) <= today
    ]
