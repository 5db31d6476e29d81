"""Telling the counts of children that papers print: kept once a quarter, so that no later paper gives a hidden one back."""

from django.db import transaction

from core import audit, clock
from core.models import Authority
from kpis.measures.child_counts import counts_to_tell
from kpis.models import FigureRelease


@transaction.atomic
def tell_child_counts(authority: Authority, *, by=None) -> list[FigureRelease]:
    """Keep the counts that papers of this quarter tell, those not told yet; whoever freezes a paper does so first."""
    Authority.objects.select_for_update(of=("self",)).get(pk=authority.pk)
    made = FigureRelease.objects.bulk_create(counts_to_tell(authority, clock.today()))
    if made:
        audit.record(
            "counts.told", on=authority, by=by,
            sentence=f"Told {len(made)} counts of children in papers, of which {sum(row.is_hidden for row in made)} are hidden.",
        )  # fmt: skip
    return made
