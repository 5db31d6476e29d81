"""How many places are in use, closed and free now, by service: what a page of figures tells of the board, asked for with the services themselves."""

from datetime import date
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, FilteredRelation, Func, JSONField, OuterRef, Q
from django.db.models.functions import JSONObject

from core import clock
from referrals.choices import StayState
from referrals.models.board import Board, Group, monday
from referrals.models.out_of_use import OutOfUse
from referrals.models.provision import Place
from referrals.models.stay import Stay

TERMS = ("weekly_rate", "under_16_rate", "rate_basis", "rate_is_confirmed", "other_reading")


def with_numbers(provisions, today: date | None = None):
    """Take a query of provisions; give each with today's numbers of its places, and with the terms in force today."""
    today = today or clock.today()
    in_force = Q(terms__from_on__lte=today) & (Q(terms__until_on=None) | Q(terms__until_on__gt=today))
    rows = provisions.annotate(terms_now=FilteredRelation("terms", condition=in_force), now=_numbers(today))
    return rows.annotate(terms_from=F("terms_now__from_on"), **{f"now_{name}": F(f"terms_now__{name}") for name in TERMS})


def _numbers(today):
    """A provision's open places, each with the lowest age of its home, whether it is in use, and whether it is closed."""
    rows = Place.objects.open_on(today).filter(provision=OuterRef("pk"))
    begun = Exists(Stay.objects.filter(place=OuterRef("pk"), state=StayState.BEGUN))
    closed = Exists(OutOfUse.objects.on(today).filter(place=OuterRef("pk")))
    found = rows.values(row=JSONObject(age="home__lowest_age", used=begun, closed=closed))
    return Func(ArraySubquery(found), function="to_jsonb", output_field=JSONField())


def places_now(provisions) -> Board:
    """Take provisions with their numbers; give the board of today with them, a row for each place, and no week, stay or name."""
    return Board([], monday(clock.today()), [_group(each) for each in provisions], None, None)


def _group(row) -> Group:
    """One service's numbers and cost, as the board has them."""
    used = [place["age"] for place in row.now if place["used"]]
    return Group(
        name=row.name, kind=row.kind, slug=row.slug, used=len(used), places=len(row.now),
        closed=sum(place["closed"] and not place["used"] for place in row.now),
        rate=row.now_weekly_rate, basis=row.now_rate_basis or "", is_confirmed=bool(row.now_rate_is_confirmed),
        other_reading=row.now_other_reading or "", weekly=_weekly(row, used), rows=[None] * len(row.now),
    )  # fmt: skip


def _weekly(row, ages: list[int | None]) -> Decimal:
    """What the places in use cost a week, those in homes for under-16s at a price of their own where there is one."""
    if row.terms_from is None:
        return Decimal(0)
    young = 0 if row.now_under_16_rate is None else sum(age is not None and age < 16 for age in ages)
    return (row.now_under_16_rate * young if young else Decimal(0)) + (row.now_weekly_rate or Decimal(0)) * (len(ages) - young)
