"""What compared journeys of one contract cost: a figure, and behind it each journey by reference alone."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef

from kpis.measures.service import HIDDEN
from kpis.measures.waiting import FEW
from referrals.choices import StayState
from referrals.models import Access, Child, Scenario, Stay
from referrals.models.compare import comparison

BEGUN = [StayState.BEGUN, StayState.ENDED]
MOST = 200


def compared_behind(contract, user):
    """Children with a journey compared with one without the service, supported in a place that this contract pays for.

    None whose record is restricted, none kept from this person, and none of another council.
    """
    paid_for = Stay.objects.filter(
        child=OuterRef("pk"), state__in=BEGUN, place__provision__prices__lot__contract=contract, starts_on__gte=contract.starts_on
    )
    without = Scenario.objects.filter(child=OuterRef("pk"), kind="without", replaced_at=None)
    kept = Access.objects.withheld(user).filter(child=OuterRef("pk"), referral=None)
    rows = Child.objects.filter(Exists(paid_for), Exists(without), authority=contract.authority_id, is_restricted=False)
    return rows.exclude(Exists(kept)).order_by("reference")


@dataclass(frozen=True)
class Compared:
    """How many journeys, what they cost, and what is modelled without the service; None where it may not be told."""

    number: int
    is_hidden: bool
    actual: Decimal | None = None
    without: Decimal | None = None
    left_out: int = 0

    @property
    def count(self) -> str:
        """How many, or "c" where they are 1 to 5."""
        return HIDDEN if self.is_hidden else str(self.number)

    @property
    def less(self) -> Decimal | None:
        """By how much they cost less than modelled; below nought where they cost more."""
        return None if self.actual is None or self.without is None else self.without - self.actual


def compared_cost(contract, user) -> Compared:
    """The figure: of 1 to 5 journeys neither their number nor their cost is told; one without a price is left out and counted."""
    children = list(compared_behind(contract, user).select_related("authority")[: MOST + 1])
    number = len(children)
    if number <= FEW:
        return Compared(number, is_hidden=number > 0)
    found = [comparison(child, user) for child in children[:MOST]]
    whole = [one for one in found if one is not None and one.less_than("without") is not None]
    left_out = number - len(whole)
    if len(whole) <= FEW or 1 <= left_out <= FEW:
        return Compared(number, is_hidden=False)
    actual = sum((one.journey("actual").total.amount for one in whole), Decimal(0))
    return Compared(number, False, actual, sum((one.without_total for one in whole), Decimal(0)), left_out)
