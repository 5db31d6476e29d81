"""Stays as the rules count them, gathered under the provision's lock."""

from dataclasses import dataclass
from datetime import date

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Case, Q, Value, When

from core import clock
from core.alone import while_alone
from core.dated import numbers
from core.models import User
from core.roles import Role
from core.written import Question
from referrals.choices import StayState
from referrals.models.out_of_use import OutOfUse
from referrals.models.provision import Place, Provision
from referrals.models.referral import Referral
from referrals.models.stay import PROMISED, Stay
from referrals.models.transition import Handover
from referrals.rules import capacity
from referrals.rules.priority import BANDS, Waiter, in_order
from referrals.rules.readings import FIRST_REVIEW, OUTREACH_AFTER

# What is read of a stay and of a place, where no record is made of it.
KEPT = ("pk", "place__number", "state", "starts_on", "planned_end_on", "ended_on")
COLUMNS = tuple(field.attname for field in Place._meta.concrete_fields)
NUMBER, OPENS, CLOSES = (COLUMNS.index(name) for name in ("number", "opens_on", "closes_on"))
SETTLED = (StayState.BEGUN, StayState.ENDED)
IN_BANDS = Case(*(When(band=band, then=Value(nth)) for nth, band in enumerate(BANDS)), default=Value(len(BANDS)))


def counted(stay: Stay) -> capacity.Stay:
    """One stay as it counts: ended to its end, begun to its plan or tomorrow, planned to its plan."""
    return _counted(stay.state, stay.starts_on, stay.planned_end_on, stay.ended_on, clock.today())


def _counted(state: str, starts_on: date, planned_end_on: date | None, ended_on: date | None, today: date) -> capacity.Stay:
    if state == StayState.ENDED:
        return capacity.Stay(starts_on, ended_on)
    if state == StayState.BEGUN:
        return capacity.begun_stay(starts_on, planned_end_on, today=today)
    return capacity.Stay(starts_on, planned_end_on)


def holding_stays(provision, *, besides=()) -> list[Stay]:
    """Every stay that keeps a place of a provision now or later."""
    return list(_holding(provision, besides, clock.today()).select_related("place"))


def _holding(provision, besides, today: date):
    """Those begun; those offered or planned until their last day; and those that end after today, in the order of their first days."""
    still = Q(planned_end_on=None) | Q(planned_end_on__gt=today)
    keeps = Q(state=StayState.BEGUN) | Q(state__in=[StayState.OFFERED, StayState.PLANNED]) & still | Q(state=StayState.ENDED, ended_on__gt=today)
    rows = Stay.objects.filter(keeps, place__provision=provision)
    return (rows.exclude(pk__in=besides) if besides else rows).order_by("starts_on", "pk")


@dataclass(frozen=True)
class Occupied:
    """A provision's places and whoever keeps one, now or later: read once under its lock, for every rule of a deed."""

    provision: Provision
    places: list[capacity.OpenPlace]
    rows: dict[int, tuple]
    held: list[capacity.Holding]
    by_child: list[capacity.Stay]

    def place(self, number: int) -> Place:
        """The place of a number, as the database has it."""
        found = Place.from_db(DEFAULT_DB_ALIAS, COLUMNS, self.rows[number])
        found.provision = self.provision
        return found


def occupied(provision, *, besides=(), child=None) -> Occupied:
    """What a provision has and who keeps it, and the stays of this kind that a child has anywhere; of each no more is read than the rules ask, for others wait."""
    today = clock.today()
    if child is not None:
        rows = KEEPS_OR_CHILDS[provision.is_living](provision.pk, today, child.pk)
    else:
        rows = KEEPS(provision.pk, today)
    held, by_child = [], []
    for key, number, state, *days, is_childs in rows:
        stay = _counted(state, *days, today)
        if is_childs:
            by_child.append(stay)
        elif key not in besides:
            held.append(capacity.Holding(key, stay, number, state in SETTLED))
    numbered = _numbered(provision)
    return Occupied(provision, _as_open(numbered), {row[NUMBER]: row for row in numbered}, held, by_child)


def _kept(provision: int, today: date, *others):
    """Of each stay that keeps a place of a provision what is read of it: those that ended are by far the most, and looked for by an index of their own."""
    rows = Stay.objects.filter(place__provision=provision)
    promised = rows.filter(PROMISED, Q(state=StayState.BEGUN) | Q(planned_end_on=None) | Q(planned_end_on__gt=today))
    ended = rows.filter(state=StayState.ENDED, ended_on__gt=today)
    rest = [ended.values_list(*KEPT, Value(0)), *others]
    return promised.values_list(*KEPT, Value(0)).union(*rest, all=True).order_by("starts_on", "pk")


def _kept_or_childs(*, is_living: bool):
    """Of those what is read of them, and of a child's stays of a kind."""
    return lambda provision, today, child: _kept(provision, today, _of_child(child, is_living).values_list(*KEPT, Value(1)))


KEEPS = Question(_kept)
KEEPS_OR_CHILDS = {kind: Question(_kept_or_childs(is_living=kind)) for kind in (False, True)}


def open_place(place) -> capacity.OpenPlace:
    """One place as the rules see it: opening, closing, and the periods in which it takes nobody."""
    shut = tuple(capacity.Stay(row.from_on, row.until_on) for row in place.out_of_use.all())
    return capacity.OpenPlace(place.number, place.opens_on, place.closes_on, shut)


def open_places(provision) -> list[capacity.OpenPlace]:
    """The provision's numbered places with their opening and closing days."""
    return _as_open(_numbered(provision))


def _as_open(numbered: dict[tuple, list[capacity.Stay]]) -> list[capacity.OpenPlace]:
    return [capacity.OpenPlace(row[NUMBER], row[OPENS], row[CLOSES], tuple(periods)) for row, periods in numbered.items()]


def _numbered(provision) -> dict[tuple, list[capacity.Stay]]:
    """Each place as its columns, in the order of the numbers, with the periods in which it takes nobody."""
    return while_alone(("places", provision.pk), lambda: _read_places(provision), OutOfUse, Place)


def _read_places(provision) -> dict[tuple, list[capacity.Stay]]:
    """A place comes once for each period in which it is out of use, and once where there is none."""
    found: dict[tuple, list[capacity.Stay]] = {}
    for *row, from_on, until_on in PLACES(provision.pk):
        found.setdefault(tuple(row), []).extend([capacity.Stay(from_on, until_on)] if from_on else [])
    return found


PLACES = Question(lambda provision: Place.objects.filter(provision=provision).order_by("number").values_list(*COLUMNS, "out_of_use__from_on", "out_of_use__until_on"))


def over_but_after(first, **where) -> list[capacity.Stay]:
    """Stays that are over and were still there on a past day or after it; none for a day to come."""
    if first >= clock.today():
        return []
    rows = Stay.objects.filter(state=StayState.ENDED, ended_on__lte=clock.today(), ended_on__gt=first, **where)
    return [counted(stay) for stay in rows.order_by("starts_on", "pk")]


def on_this_place(place, *, besides=()) -> list[capacity.Stay]:
    """The stays that keep one bed or room, as they count."""
    return [counted(stay) for stay in holding_stays(place.provision, besides=besides) if stay.place_id == place.pk]


def held_by_child(child, *, is_living: bool) -> list[capacity.Stay]:
    """The child's other stays of this kind, as they count."""
    return [counted(stay) for stay in _of_child(child, is_living)]


def _of_child(child, is_living: bool):
    return Stay.objects.filter(PROMISED, child=child, is_living=is_living)


def decided_past_18(child) -> bool:
    """Whether support after 18 was decided, with the young person's own fresh agreement."""
    return Handover.objects.filter(child=child, after_18_decided_on__isnull=False).exists()


def waiting_in_order(provision) -> list[Referral]:
    """Those waiting for a provision, first in the agreed order: set by hand, then band, then date."""
    found = {row.pk: row for row in _waiting(provision).select_related("child", "authority")}
    line = in_order([Waiter(row.pk, row.band, row.waiting_since, row.wait_order) for row in found.values()])
    return [found[waiter.key] for waiter in line]


def first_in_line(provision) -> int | None:
    """The key of whoever is first in that order: the lowest number set by hand, or whoever of those without one is first by band and date.

    Nobody else can be, so that under a lock that others wait for no more is read than these two.
    """
    rows = _waiting(provision).values_list("pk", "band", "waiting_since", "wait_order")
    by_hand = rows.filter(wait_order__isnull=False).order_by("wait_order", "pk")[:1]
    by_band = rows.filter(wait_order=None).order_by(IN_BANDS, "waiting_since", "pk")[:1]
    line = in_order([Waiter(*row) for row in by_hand.union(by_band, all=True)])
    return line[0].key if line else None


def _waiting(provision):
    return Referral.objects.filter(authority=provision.authority_id, wants=provision.kind, status="WAITING", child__died_on=None)


def weeks_of_a_bed(referral) -> tuple[int, int]:
    """Weeks of outreach held after a bed, as the panel decided or else as set today, and weeks to a bed's first review."""
    found = numbers(OUTREACH_AFTER, FIRST_REVIEW, authority=referral.authority_id)
    return referral.outreach_weeks or found[OUTREACH_AFTER].number, found[FIRST_REVIEW].number


def strategic_managers(authority_id):
    """Whoever may agree to go out of order."""
    return User.objects.holding(Role.STRATEGIC_MANAGER, authority=authority_id)
