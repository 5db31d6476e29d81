"""Arranging: stays put on numbers under the provision's lock, where every day has a place for each."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import IntegrityError, OperationalError, connection, transaction

from core import clock
from core.dates import day_in_words
from core.rules import RuleBroken, refuse_if
from referrals.choices import StayState
from referrals.models import OutOfUse, Place, Provision, Stay
from referrals.models.holdings import (
    Occupied,
    occupied,
    on_this_place,
    open_place,
    over_but_after,
    weeks_of_a_bed,
)
from referrals.rules import capacity

APART = "planned_periods_on_a_place_keep_apart"
TAKEN = "Somebody has just taken that place. Look at the board again and choose another."
NEW = "new"
BUSY = "Many people are asking for places at this moment. Nothing was changed: try again."


def lock_provisions(*provisions: Provision) -> list[Provision]:
    """Lock provisions, always in the same order, so that two people wait and never deadlock."""
    keys = sorted({provision.pk for provision in provisions})
    return _locked(Provision.objects.filter(pk__in=keys))


def _locked(rows) -> list[Provision]:
    """The rows, locked in their order; where that takes too long, a sentence and nothing changed."""
    try:
        with transaction.atomic(savepoint=False):
            return list(rows.select_for_update(of=("self",)).select_related("authority", "provider").order_by("pk"))
    except OperationalError as waited:
        raise RuleBroken([BUSY]) from waited


def lock_stay(stay: Stay) -> Stay:
    """Lock the provisions of a stay and of what is held after it, then the stay."""
    keys = Place.objects.filter(stays__in=Stay.objects.filter(pk=stay.pk) | Stay.objects.filter(follows=stay.pk))
    _locked(Provision.objects.filter(pk__in=keys.values("provision")))
    found = Stay.objects.select_for_update(of=("self",))
    return found.select_related("place__provision__provider", "place__home", "referral", "child").get(pk=stay.pk)


@contextmanager
def no_clash() -> Iterator[None]:
    """What the database refuses underneath becomes a sentence, and so does a wait that it ended; the deed around is not kept then."""
    try:
        with transaction.atomic(savepoint=False):
            yield
    except IntegrityError as clash:
        raise RuleBroken([TAKEN]) from clash
    except OperationalError as waited:
        raise RuleBroken([BUSY]) from waited


def no_room(provision: Provision, wanted: capacity.Stay, besides: Collection[int] = (), found: Occupied | None = None) -> list[str]:
    """Reasons some day of a stay has no place; asked before locking and again under the lock, of what was `found` there where it was read."""
    found = found or occupied(provision, besides=besides)
    others = [held.stay for held in found.held] + over_but_after(wanted.starts_on, place__provision=provision)
    return capacity.no_room(wanted, others, found.places)


def why_not_bed(place: Place, wanted: capacity.Stay, besides: Collection[int] = ()) -> list[str]:
    """Reasons one bed or room cannot be had on every day of a stay."""
    others = on_this_place(place, besides=besides) + over_but_after(wanted.starts_on, place=place)
    return capacity.why_not_take(wanted, others, open_place(place), place.name)


def _arrangement(places: list[capacity.OpenPlace], held: list[capacity.Holding]) -> capacity.Arrangement:
    """Numbers for all; begun stays move only where a closing date asks it."""
    found = capacity.arrange(held, places)
    if found.stuck_on is not None:
        found = capacity.arrange(_waiting_behind(held), places)
    if found.stuck_on is not None:
        found = capacity.arrange(held, places, move_begun=True)
    return found


def _waiting_behind(held: list[capacity.Holding]) -> list[capacity.Holding]:
    """The same, where a stay due by now waits on its number behind one over its planned time."""
    today = clock.today()
    busy = {h.number for h in held if h.has_begun and h.stay.holds(today)}
    return [
        capacity.Holding(h.key, _from_tomorrow(h.stay), h.number, has_begun=True)
        if not h.has_begun and h.number in busy and h.stay.holds(today) else h
        for h in held
    ]  # fmt: skip


def _from_tomorrow(stay: capacity.Stay) -> capacity.Stay:
    return capacity.begun_stay(clock.today() + clock.ONE_DAY, stay.ends_on, today=clock.today() + clock.ONE_DAY)


def settle(provision: Provision, changed: Mapping[int, capacity.Stay] | None = None, *, onto: Mapping[int, Place] | None = None) -> None:
    """Put every stay of an outreach provision on a number, with some changed, and write the numbers that are others now.

    The dates of `changed` are written by the caller; both inside `apart`.
    """
    changed, onto, there = changed or {}, onto or {}, occupied(provision)
    held = [_as_changed(one, changed.get(one.key), onto.get(one.key)) for one in there.held]
    _move(there, _numbers(there, held))


def add_stay(there: Occupied, wanted: capacity.Stay, place: Place | None = None, **facts) -> Stay:
    """One more stay on a number of an outreach provision, moving those not begun where that makes room; what is there was read under the lock."""
    numbers = _numbers(there, [*there.held, capacity.Holding(NEW, wanted, place.number if place else None)])
    number = numbers.pop(NEW)
    with apart() if numbers else no_clash():
        _move(there, numbers)
        return Stay.objects.create(place=there.place(number), is_living=False, starts_on=wanted.starts_on, planned_end_on=wanted.ends_on, **facts)


def _numbers(there: Occupied, held: list[capacity.Holding]) -> dict[str | int, int]:
    """Every stay that takes another number than it has, with that number."""
    found = _arrangement(there.places, held)
    if found.stuck_on is not None:
        raise RuleBroken([f"No arrangement of the places leaves one free on {day_in_words(found.stuck_on)}."])
    has = {one.key: one.number for one in there.held}
    return {key: number for key, number in found.numbers.items() if has.get(key) != number}


def _as_changed(held: capacity.Holding, stay: capacity.Stay | None, onto: Place | None) -> capacity.Holding:
    """One stay with the days and the number that are asked for it; put onto a number it may move on from there."""
    number, has_begun = (onto.number, False) if onto else (held.number, held.has_begun)
    return capacity.Holding(held.key, stay or held.stay, number, has_begun)


def _move(there: Occupied, numbers: Mapping[str | int, int]) -> None:
    """Write the new numbers of those that move."""
    for stay in Stay.objects.filter(pk__in=numbers).order_by("starts_on", "pk") if numbers else ():
        stay.place = there.place(numbers[stay.pk])
        stay.save()


@contextmanager
def apart() -> Iterator[None]:
    """Inside, stays may change places with each other; at the end they stand apart again."""
    with no_clash(), connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS {APART} DEFERRED")
        yield
        cursor.execute(f"SET CONSTRAINTS {APART} IMMEDIATE")


def why_not_there(stay: Stay, place: Place, wanted: capacity.Stay) -> list[str]:
    """Reasons a stay cannot be in a place on the days wanted: somebody in it, or no day's room."""
    if not stay.is_living:
        return no_room(place.provision, wanted, besides=[stay.pk])
    in_it = Stay.objects.filter(place=place, state=StayState.BEGUN).exclude(pk=stay.pk).exists()
    if in_it and wanted.holds(clock.today()):
        return [f"Somebody is in {place} now, so it cannot start until the place is empty."]
    return why_not_bed(place, wanted, besides=[stay.pk])


def write_dates(stay: Stay, wanted: capacity.Stay, place: Place | None = None, *, may_move: bool = True) -> None:
    """Write a stay's days; outreach is put on a number on which they fit."""
    if stay.is_living:
        with no_clash():
            stay.place = place or stay.place
            stay.save()
        return
    as_counted = wanted
    if stay.state == StayState.BEGUN:
        as_counted = capacity.begun_stay(wanted.starts_on, wanted.ends_on, today=clock.today())
    with apart():
        settle(stay.place.provision, {stay.pk: as_counted}, onto={stay.pk: place or stay.place} if may_move else {})
        stay.place = Place.objects.select_related("provision__provider", "home").get(stays=stay.pk)
        stay.save()


def move_follower(stay: Stay, on: date) -> Stay | None:
    """The outreach stay held after a bed starts when the bed ends, for the weeks decided.

    Where no place is free on those days it stays as it was: a place held is never lost.
    """
    follower = Stay.objects.filter(follows=stay, state=StayState.PLANNED).select_related("place__provision").first()
    if follower is None or follower.starts_on == on:
        return follower
    wanted = capacity.Stay(on, on + timedelta(weeks=stay.follow_weeks or weeks_of_a_bed(stay.referral)[0]))
    was = (follower.starts_on, follower.planned_end_on)
    try:
        with transaction.atomic():
            refuse_if(no_room(follower.place.provision, wanted, besides=[follower.pk]))
            follower.starts_on, follower.planned_end_on = wanted.starts_on, wanted.ends_on
            write_dates(follower, wanted)
    except RuleBroken:
        follower.starts_on, follower.planned_end_on = was
    return follower


def open_rooms(stay: Stay, on: date) -> None:
    """Rooms closed because a home was held for this child open when the child leaves."""
    for row in OutOfUse.objects.filter(held_for=stay).not_over(on):
        if row.from_on >= on:
            row.delete()
        else:
            row.until_on = on
            row.save()


def hold_rooms_until(stay: Stay, on: date) -> None:
    """A home held for one child is held as long as the child is there."""
    for row in OutOfUse.objects.filter(held_for=stay).not_over(clock.today()).select_related("place__provision"):
        until = max(on, row.from_on + clock.ONE_DAY)
        room = capacity.OpenPlace(row.place.number, row.place.opens_on, row.place.closes_on)
        span = capacity.Stay(row.from_on, until)
        refuse_if(capacity.why_not_take(span, on_this_place(row.place), room, row.place.name))
        row.until_on = until
        row.save()
