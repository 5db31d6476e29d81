"""How full the service is and what a week costs; children waiting hidden where they must be."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from core import clock
from core.written import Records
from kpis.rules.suppression import suppress
from referrals.models import Access, Provision, Referral
from referrals.models.board import Board, ordered_provisions
from referrals.models.counted import by_name, counted_for_all, counts_own_alone
from referrals.models.in_use import places_now, with_numbers
from referrals.models.provision import whose
from referrals.models.referral_facts import WAITING

HIDDEN = "c"
_OF_IT = {"authority": OuterRef("authority"), "wants": OuterRef("kind")}


@dataclass(frozen=True)
class Capacity:
    """Places now, for one authority or provider; `waiting` is None where it is hidden."""

    drawn: Board
    waiting: int | None

    @property
    def free(self) -> int:
        """Places nobody is in, and that somebody could have."""
        return self.drawn.free

    @property
    def shown_waiting(self) -> str:
        """The count, or the sign that stands for 1 to 5."""
        return HIDDEN if self.waiting is None else str(self.waiting)

    @property
    def working(self) -> str:
        """The week's cost as a sum: "10 at £660 and 3 at £5,200"."""
        return " and ".join(f"{g.used} at £{g.rate:,.0f}" for g in self.drawn.groups if g.rate is not None)

    @property
    def other_cost(self) -> Decimal | None:
        """The same week if the hub's price is for the whole hub, as the other reading has it."""
        hub = next((g for g in self.drawn.groups if g.kind == "hub" and g.other_reading), None)
        return None if hub is None or hub.rate is None else self.drawn.cost - hub.cost + hub.rate


def provisions_for(user, *, hide: bool) -> list[Provision]:
    """The provisions this person sees, each with today's numbers of its places and how many wait for it.

    One question; a second where something was given to this person of a child who waits and is kept from most, for then the rule
    of who is counted for whom is asked row by row.
    """
    acting = user.acting
    if acting is None:
        return []
    by, key = whose(user)
    if hide:
        return _with_all(by)(key, clock.today())
    if counts_own_alone(user):
        return list(with_numbers(Provision.objects.visible_to(user)).annotate(waits=_many(_waiting_for(user))))
    rows = _with_shown(by, acting.role)(key, clock.today(), user.pk, acting.organisation_id, clock.now())
    return _counted_row_by_row(rows, _waiting_for(user)) if any(row.by_name for row in rows) else rows


@cache
def _with_all(by: str) -> Records:
    """Services with their numbers and how many wait for each, whoever they are: asked for whoever is told of no few."""

    def make(key: int | None, today: date):
        return with_numbers(Provision.objects.filter((by, key)), today).annotate(waits=_many(Referral.objects.waiting()))

    return Records(make)


@cache
def _with_shown(by: str, role: str) -> Records:
    """The same with how many wait whom anybody may count, and whether somebody else waits of whom this person, in this role, was given something."""

    def make(key: int | None, today: date, person: int, organisation: int, now: datetime):
        granted = Access.objects.current(now).given(person, organisation, role).not_withheld()
        rows = with_numbers(Provision.objects.filter((by, key)), today).annotate(waits=_many(counted_for_all(Referral.objects.waiting())))
        return rows.annotate(by_name=by_name(granted, status__in=WAITING, **_OF_IT))

    return Records(make)


def _many(rows):
    """How many of these there are of a provision's kind, in a question about provisions."""
    counted = rows.filter(**_OF_IT).order_by().values("authority").annotate(many=Count("*")).values("many")
    return Coalesce(Subquery(counted), 0)


def _counted_row_by_row(provisions, rows) -> list[Provision]:
    """The same provisions, with how many of these rows wait for each."""
    kinds = {"authority__in": {p.authority_id for p in provisions}, "wants__in": {p.kind for p in provisions}}
    found = Counter(rows.filter(**kinds).values_list("authority", "wants"))
    for row in provisions:
        row.waits = found[row.authority_id, row.kind]
    return provisions


def capacity(user, *, hide: bool, kinds=None, provisions=None) -> Capacity:
    """Places of the provisions this person sees, of some kinds or (with the properties left out) of all; names never shown.

    `provisions` are those this person sees, where a page has asked for them before.
    """
    rows = provisions_for(user, hide=hide) if provisions is None else provisions
    shown = ordered_provisions([row for row in rows if kinds is None or row.kind in kinds], everything=kinds is not None)
    waits = sum({(row.authority_id, row.kind): row.waits for row in shown}.values())
    return Capacity(places_now(shown), suppress([waits]).cells[0] if hide else waits)


def _waiting_for(user):
    """Whoever waits for a place or is offered one; for a person, those that a count shown to them may hold."""
    rows = Referral.objects.waiting()
    return rows.counted_for(user) if user else rows


def waiting_now(provisions, *, hide: bool, user=None) -> int | None:
    """Children waiting or offered a place, or None where 1 to 5 must be hidden; a person's count is of those they see."""
    rows = _waiting_for(user)
    count = rows.filter(authority__in={p.authority_id for p in provisions}, wants__in={p.kind for p in provisions}).count()
    return suppress([count]).cells[0] if hide else count
