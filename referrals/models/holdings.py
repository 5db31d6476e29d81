"""Stays as the rules count them, gathered under the provision's lock."""

from core import clock
from core.alone import while_alone
from core.dated import numbers
from core.models import User
from core.roles import Role
from referrals.choices import Band, StayState
from referrals.models.out_of_use import OutOfUse
from referrals.models.provision import Place
from referrals.models.referral import Referral
from referrals.models.stay import HOLDS, Stay
from referrals.models.transition import Handover
from referrals.rules import capacity
from referrals.rules.priority import Waiter, in_order
from referrals.rules.readings import FIRST_REVIEW, OUTREACH_AFTER

BANDS = {Band.URGENT: 0, Band.HIGH: 1, Band.STANDARD: 2}


def counted(stay: Stay) -> capacity.Stay:
    """One stay as it counts: ended to its end, begun to its plan or tomorrow, planned to its plan."""
    if stay.state == StayState.ENDED:
        return capacity.Stay(stay.starts_on, stay.ended_on)
    if stay.state == StayState.BEGUN:
        return capacity.begun_stay(stay.starts_on, stay.planned_end_on, today=clock.today())
    return capacity.Stay(stay.starts_on, stay.planned_end_on)


def holding_stays(provision, *, besides=()) -> list[Stay]:
    """Every stay that keeps a place of a provision now or later."""
    rows = Stay.objects.filter(HOLDS, place__provision=provision).exclude(pk__in=besides)
    rows = rows.exclude(state=StayState.ENDED, ended_on__lte=clock.today())
    rows = rows.exclude(state__in=[StayState.OFFERED, StayState.PLANNED], planned_end_on__lte=clock.today())
    return list(rows.select_related("place").order_by("starts_on", "pk"))


def open_place(place) -> capacity.OpenPlace:
    """One place as the rules see it: opening, closing, and the periods in which it takes nobody."""
    shut = tuple(capacity.Stay(row.from_on, row.until_on) for row in place.out_of_use.all())
    return capacity.OpenPlace(place.number, place.opens_on, place.closes_on, shut)


def open_places(provision) -> list[capacity.OpenPlace]:
    """The provision's numbered places with their opening and closing days; of each no more is read than that, for others wait."""
    return while_alone(("places", provision.pk), lambda: _open_places(provision), OutOfUse, Place)


def _open_places(provision) -> list[capacity.OpenPlace]:
    shut: dict[int, list[capacity.Stay]] = {}
    for place, from_on, until_on in OutOfUse.objects.filter(place__provision=provision).values_list("place", "from_on", "until_on"):
        shut.setdefault(place, []).append(capacity.Stay(from_on, until_on))
    rows = provision.places.order_by("number").values_list("pk", "number", "opens_on", "closes_on")
    return [capacity.OpenPlace(number, opens_on, closes_on, tuple(shut.get(key, ()))) for key, number, opens_on, closes_on in rows]


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
    rows = Stay.objects.filter(HOLDS, child=child, is_living=is_living)
    return [counted(stay) for stay in rows.exclude(state=StayState.ENDED)]


def decided_past_18(child) -> bool:
    """Whether support after 18 was decided, with the young person's own fresh agreement."""
    return Handover.objects.filter(child=child, after_18_decided_on__isnull=False).exists()


def waiting_in_order(provision) -> list[Referral]:
    """Those waiting for a provision, first in the agreed order: set by hand, then band, then date."""
    found = {row.pk: row for row in _waiting(provision).select_related("child", "authority")}
    line = in_order([Waiter(row.pk, row.band, row.waiting_since, row.wait_order) for row in found.values()])
    return [found[waiter.key] for waiter in line]


def first_in_line(provision) -> int | None:
    """The key of whoever is first in that order: under a lock that others wait for, no more is read of them than it needs."""
    line = in_order([Waiter(*row) for row in _waiting(provision).values_list("pk", "band", "waiting_since", "wait_order")])
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
