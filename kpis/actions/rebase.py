"""Rebasing: the limits of a chart begin afresh, from a day and for a reason."""

from datetime import date

from django.db import transaction

from core import audit, clock
from core.dates import day_in_words
from core.models import Authority, User
from core.rules import refuse_if
from kpis.models import Rebase
from kpis.rules.rebasing import why_not_rebase


@transaction.atomic
def rebase_chart(authority: Authority, *, slug: str, name: str, from_on: date, reason: str, by: User) -> Rebase:
    """Begin the limits of one chart afresh from a day; `name` is what the measure is called."""
    Authority.objects.select_for_update(of=("self",)).get(pk=authority.pk)
    others = set(Rebase.objects.filter(authority=authority, slug=slug).values_list("from_on", flat=True))

    refuse_if(why_not_rebase(from_on, reason, clock.today(), others))

    row = Rebase.objects.create(authority=authority, slug=slug, from_on=from_on, reason=reason.strip(), set_by=by)

    audit.record(
        "chart.rebased", on=row, by=by, sentence=f"Limits of “{name}” begin afresh from {day_in_words(from_on)}: {row.reason}"
    )
    return row
