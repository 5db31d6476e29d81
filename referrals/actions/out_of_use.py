"""Places taken out of use: for repair, to be made ready, or because a home is held for one child."""

from datetime import date

from django.db import IntegrityError, transaction

from core import audit, clock
from core.dates import day_in_words
from core.models import User
from core.roles import Permission
from core.rules import FieldReason, RuleBroken, refuse_if
from referrals.actions.arranging import apart, lock_provisions, lock_stay, settle
from referrals.choices import OutOfUseKind
from referrals.models import OutOfUse, Place, Stay
from referrals.models.holdings import on_this_place, open_place
from referrals.rules import capacity
from referrals.rules.out_of_use import why_not_take_out
from referrals.rules.stays import why_not_hold_for_one


def _why_not_by(by: User, place: Place) -> list[str]:
    """The provider's own manager looks after its places."""
    if by.can(Permission.CHANGE_PLACES) and by.acting.organisation_id == place.provision.provider_id:
        return []
    return ["Only the provider's manager takes these places out of use."]


@transaction.atomic
def take_out_of_use(place: Place, *, from_on: date, until_on: date | None, reason: str,
                    kind: str = OutOfUseKind.REPAIR, by: User) -> OutOfUse:  # fmt: skip
    """A place takes nobody between two days. Refused while somebody is in it, or promised it.

    Outreach stays not begun change number where another number is free on all their days.
    """
    (provision,) = lock_provisions(place.provision)
    reasons = _why_not_by(by, place) + why_not_take_out(from_on, until_on, reason, today=clock.today())
    refuse_if(reasons)
    _refuse_clashes(place, from_on, until_on)

    row = _close(place, from_on, until_on, kind, reason, by)
    if not provision.is_living:
        with apart():
            settle(provision)

    audit.record(
        "place.out_of_use", on=row, by=by, authority=provision.authority,
        sentence=f"{place} is out of use from {day_in_words(from_on)}.",
    )  # fmt: skip
    return row


def _refuse_clashes(place: Place, from_on: date, until_on: date | None) -> None:
    """Beds and rooms: nobody is in it, or promised it, on any of the days."""
    if not place.provision.is_living:
        return
    open_now = open_place(place)
    wanted = capacity.Stay(from_on, until_on)
    never_shut = capacity.OpenPlace(open_now.number)
    clashes = capacity.why_not_take(wanted, on_this_place(place), never_shut, place.name)
    refuse_if([FieldReason("from_on", sentence) for sentence in clashes])


def _close(place: Place, from_on: date, until_on: date | None, kind: str, reason: str, by: User, held_for=None) -> OutOfUse:
    """Write the period; one that overlaps another becomes a sentence."""
    try:
        with transaction.atomic():
            return OutOfUse.objects.create(
                place=place, kind=kind, reason=reason, from_on=from_on, until_on=until_on, held_for=held_for,
                decided_by=by, decided_at=clock.now(),
            )  # fmt: skip
    except IntegrityError as clash:
        raise RuleBroken([f"{place} is out of use in some of those days already."]) from clash


@transaction.atomic
def bring_back_into_use(row: OutOfUse, *, on: date, by: User) -> OutOfUse:
    """A place takes children again from a day, sooner or later than was thought."""
    lock_provisions(row.place.provision)
    row = OutOfUse.objects.select_for_update(of=("self",)).select_related("place__provision").get(pk=row.pk)
    reasons = _why_not_by(by, row.place)
    reasons += [] if on > row.from_on else [FieldReason("on", "It comes back after the day it went out of use.")]
    reasons += ["It is back in use already."] if row.is_over else []
    if row.until_on and on > row.until_on:
        reasons.append(FieldReason("on", "To keep it out for longer, take it out of use again from that day."))

    refuse_if(reasons)

    row.until_on = on
    row.save()

    audit.record(
        "place.back_in_use", on=row, by=by, authority=row.place.provision.authority,
        sentence=f"{row.place} is in use again from {day_in_words(on)}.",
    )  # fmt: skip
    return row


@transaction.atomic
def hold_for_one(stay: Stay, *, reason: str, by: User) -> list[OutOfUse]:
    """A home is held for one child: its other rooms close for as long as the child is there.

    Refused while somebody lives in another room, or is promised one, in that time.
    """
    stay = lock_stay(stay)
    others = _other_rooms(stay)
    reasons = _why_not_by(by, stay.place)
    reasons += why_not_hold_for_one(stay.standing(), other_rooms=len(others), reason=reason)
    refuse_if(reasons)
    first = max(stay.starts_on, clock.today())
    for place in others:
        _refuse_clashes(place, first, stay.planned_end_on)

    until = stay.planned_end_on if stay.planned_end_on is None or stay.planned_end_on > first else first + clock.ONE_DAY
    rows = [_close(place, first, until, OutOfUseKind.HELD_FOR_ONE, reason, by, stay) for place in others]

    audit.record(
        "home.held_for_one", on=stay, by=by, authority=stay.place.provision.authority,
        sentence=f"{stay.place.home} is held for one child from {day_in_words(first)}.",
    )  # fmt: skip
    return rows


def _other_rooms(stay: Stay) -> list[Place]:
    """The home's other rooms that are open on the first day it would be held."""
    if stay.place.home_id is None:
        return []
    first = max(stay.starts_on, clock.today())
    rows = stay.place.home.places.open_on(first).exclude(pk=stay.place_id)
    return list(rows.select_related("provision").order_by("number"))
