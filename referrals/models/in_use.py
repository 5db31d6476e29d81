"""How many places are in use, closed and free now, by service: what a page of figures tells of the board, asked for with the services themselves."""

from decimal import Decimal

from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from core import clock
from referrals.choices import StayState
from referrals.models.board import Board, Group, monday
from referrals.models.out_of_use import OutOfUse
from referrals.models.provision import Place
from referrals.models.stay import Stay

NONE = {"places": 0, "used": 0, "young": 0, "closed": 0}
TERMS = ("weekly_rate", "under_16_rate", "rate_basis", "rate_is_confirmed", "other_reading")


def with_numbers(provisions):
    """Take a query of provisions; give each with today's numbers of its places, and with the terms in force today."""
    today = clock.today()
    in_force = Q(terms__from_on__lte=today) & (Q(terms__until_on=None) | Q(terms__until_on__gt=today))
    rows = provisions.annotate(terms_now=FilteredRelation("terms", condition=in_force), numbers=Subquery(_numbers(today)))
    return rows.annotate(terms_from=F("terms_now__from_on"), **{f"now_{name}": F(f"terms_now__{name}") for name in TERMS})


def _numbers(today):
    """Of a provision's open places, how many there are, are in use (in homes for under-16s, too), and are closed and not in use."""
    begun = Exists(Stay.objects.filter(place=OuterRef("pk"), state=StayState.BEGUN))
    closed = Exists(OutOfUse.objects.on(today).filter(place=OuterRef("pk")))
    rows = Place.objects.open_on(today).filter(provision=OuterRef("pk")).order_by().values("provision")
    counts = {
        "places": Count("pk"), "used": Count("pk", filter=Q(begun)), "young": Count("pk", filter=Q(begun) & Q(home__lowest_age__lt=16)),
        "closed": Count("pk", filter=~Q(begun) & Q(closed)),
    }  # fmt: skip
    return rows.annotate(n=JSONObject(**counts)).values("n")


def places_now(provisions) -> Board:
    """Take provisions with their numbers; give the board of today with them, a row for each place, and no week, stay or name."""
    return Board([], monday(clock.today()), [_group(each, each.numbers or NONE) for each in provisions], None, None)


def _group(row, numbers: dict) -> Group:
    """One service's numbers and cost, as the board has them."""
    return Group(
        name=row.name, kind=row.kind, slug=row.slug, used=numbers["used"], places=numbers["places"], closed=numbers["closed"],
        rate=row.now_weekly_rate, basis=row.now_rate_basis or "", is_confirmed=bool(row.now_rate_is_confirmed),
        other_reading=row.now_other_reading or "", weekly=_weekly(row, numbers), rows=[None] * numbers["places"],
    )  # fmt: skip


def _weekly(row, numbers: dict) -> Decimal:
    """What the places in use cost a week, those in homes for under-16s at a price of their own where there is one."""
    if row.terms_from is None or not numbers["used"]:
        return Decimal(0)
    young = numbers["young"] if row.now_under_16_rate is not None else 0
    return (row.now_under_16_rate * young if young else Decimal(0)) + row.now_weekly_rate * (numbers["used"] - young)
