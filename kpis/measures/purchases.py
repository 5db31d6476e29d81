"""How the homes of children are bought now: how many by each route, and what they cost a week; small counts hidden for those who watch."""

from dataclasses import dataclass
from decimal import Decimal

from contracts.models import Purchase
from contracts.models.purchase import PurchaseRoute
from kpis.measures.service import HIDDEN
from kpis.rules.suppression import suppress
from referrals.models import Placement

UNDER_CONTRACT, NOT_WRITTEN = "A place of a contract", "Not written down"


@dataclass(frozen=True)
class Bought:
    """One route: how many homes, and their price a week."""

    label: str
    homes: str
    weekly: str


def bought_now(authority_id: int, *, hide: bool) -> tuple[list[Bought], str]:
    """Homes lived in now, with parents left out, by the route of their newest purchase; money stands only beside a count that shows."""
    homes = Placement.objects.filter(child__authority=authority_id, ends_on=None, child__died_on=None).exclude(kind="home")
    newest = Purchase.objects.filter(home__in=homes).order_by("home", "-entered_at", "-pk").distinct("home")
    rows = list(newest.values_list("route", "weekly_price"))
    places = homes.exclude(stay=None).filter(purchases=None).count()
    counts = [sum(route == each.value for route, _ in rows) for each in PurchaseRoute] + [places, homes.count() - len(rows) - places]
    sums = [sum((price for route, price in rows if route == each.value), Decimal(0)) for each in PurchaseRoute] + [None, None]
    shown = suppress(counts) if hide else None
    cells, total = (shown.cells, shown.total) if shown else (counts, sum(counts))
    labels = [each.label for each in PurchaseRoute] + [UNDER_CONTRACT, NOT_WRITTEN]
    found = [
        Bought(label, HIDDEN if cell is None else str(cell), "" if money is None else HIDDEN if cell is None else f"£{money:,.2f}")
        for label, cell, money in zip(labels, cells, sums, strict=True)
    ]
    few = hide and 1 <= sum(counts) <= 5
    return found, HIDDEN if total is None or few else str(total)
