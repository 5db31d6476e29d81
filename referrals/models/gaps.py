"""What the records of children lack, child by child, as the database finds it (002:914)."""

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q

from core import clock
from core.dates import months_after
from referrals.models.placement import Placement
from referrals.models.sdq import SdqScore
from referrals.rules.placement import RESIDENTIAL

YOUNGEST, OLDEST = 4, 16
REGISTERED = [*RESIDENTIAL, "supported", "hub", "property"]
GAPS = {
    "no_birth": "Date of birth", "no_number": "Council number", "no_worker": "Social worker", "no_since": "Since when in care",
    "no_home": "Where the child lives now", "no_registration": "Whether the home is registered", "no_sdq": "An SDQ, or why there is none, in the last year",
}  # fmt: skip


def with_gaps(children):
    """Those of these children whose record lacks something, each with what: `no_…`, one for each of GAPS; the dead left out."""
    today = clock.today()
    year_ago = months_after(today, -12)
    homes = Placement.objects.filter(child=OuterRef("pk")).on(today)
    scores = SdqScore.objects.filter(child=OuterRef("pk"), on__gt=year_ago)
    of_age = Q(born_on__lte=months_after(today, -12 * YOUNGEST), born_on__gt=months_after(today, -12 * (OLDEST + 1)))
    rows = children.filter(died_on=None).annotate(
        no_birth=_is(Q(born_on=None)), no_number=_is(Q(case_number="")), no_worker=_is(Q(social_worker=None)),
        no_since=_is(Q(is_looked_after=True, care__in_care_since=None)), no_home=_is(Q(is_looked_after=True) & ~Exists(homes)),
        no_registration=Exists(homes.filter(kind__in=REGISTERED, is_registered=None)),
        no_sdq=_is(of_age & Q(care__in_care_since__lte=year_ago) & ~Exists(scores)),
    )  # fmt: skip
    anything = Q()
    for name in GAPS:
        anything |= Q(**{name: True})
    return rows.filter(anything)


def _is(condition: Q):
    """A condition as something that a row has."""
    return ExpressionWrapper(condition, output_field=BooleanField())


def gaps_of(child) -> list[str]:
    """What one of those records lacks, in words."""
    return [words for name, words in GAPS.items() if getattr(child, name)]
