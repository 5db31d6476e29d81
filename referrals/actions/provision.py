"""What contracts tell provisions: places, price and sign-off chain, from a day."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from core import audit, clock
from core.dates import day_in_words
from core.rules import RuleBroken, refuse_if
from referrals.actions.arranging import apart, lock_provisions, settle
from referrals.choices import OutOfUseKind
from referrals.models import Home, OutOfUse, Place, Provision, ProvisionTerms, Registration
from referrals.models.holdings import on_this_place
from referrals.rules import capacity
from referrals.rules.out_of_use import why_not_tell


@transaction.atomic
def add_provision(*, slug: str, authority, kind: str, name: str, provider, by) -> Provision:
    """Make a provision; it has no places until a contract says so."""
    provision = Provision.objects.create(
        slug=slug, authority=authority, kind=kind, name=name, provider=provider
    )

    audit.record("provision.added", on=provision, by=by, sentence=f"Added {name}.")
    return provision


@transaction.atomic
def add_home(provision: Provision, *, name: str, lowest_age: int = 0, highest_age: int = 17,
             looked_after_only: bool = False, by) -> Home:  # fmt: skip
    """Make a building with beds or rooms."""
    home = Home.objects.create(
        provision=provision, name=name, lowest_age=lowest_age, highest_age=highest_age,
        looked_after_only=looked_after_only,
    )  # fmt: skip

    audit.record(
        "home.added", on=home, by=by, authority=provision.authority, sentence=f"Added {name}."
    )
    return home


@transaction.atomic
def register_home(home: Home, *, number: str, covers_under_16: bool, from_on: date, until_on=None,
                  is_application: bool = False, by) -> Registration:  # fmt: skip
    """Keep a home's registration or accepted application, with its dates."""
    row = Registration.objects.create(
        home=home, number=number, covers_under_16=covers_under_16, from_on=from_on,
        until_on=until_on, is_application=is_application,
    )  # fmt: skip

    audit.record(
        "home.registered", on=row, by=by, authority=home.provision.authority,
        sentence=f"{home} is registered from {from_on}.",
    )  # fmt: skip
    return row


@transaction.atomic
def set_terms(provision: Provision, *, contract_slug: str, provider, from_on: date, until_on=None,
              places: int, weekly_rate: Decimal, rate_basis: str, rate_is_confirmed: bool = False,
              under_16_rate: Decimal | None = None, other_reading: str = "", source: str = "",
              sign_off_chain=("TM", "SM"), eligibility: dict | None = None, no_direct_work: bool = False, by) -> ProvisionTerms:  # fmt: skip
    """Tell a provision how many places it has from a day, and open or close them to match.

    The terms before end on that day. Closing a bed or room is refused while a stay runs past it;
    outreach stays move to numbers that stay open, and only where that cannot be is it refused.
    """
    (provision,) = lock_provisions(provision)
    refuse_if(why_not_tell(from_on, list(provision.terms.filter(from_on__gt=from_on).values_list("from_on", flat=True))))
    closing = list(provision.places.filter(number__gt=places).open_on(from_on))
    if provision.is_living:
        refuse_if(_why_not_close(closing, from_on))

    provision.terms.filter(Q(until_on=None) | Q(until_on__gt=from_on), from_on__lt=from_on).update(until_on=from_on)
    provision.terms.filter(from_on=from_on).delete()
    terms = ProvisionTerms.objects.create(
        provision=provision, contract_slug=contract_slug, provider=provider, from_on=from_on,
        until_on=until_on, places=places, weekly_rate=weekly_rate, rate_basis=rate_basis,
        under_16_rate=under_16_rate, rate_is_confirmed=rate_is_confirmed, other_reading=other_reading,
        source=source, sign_off_chain=list(sign_off_chain), eligibility=eligibility or {},
        no_direct_work=no_direct_work,
    )  # fmt: skip
    _open_places(provision, places, from_on)
    _close_places(provision, closing, from_on)

    audit.record(
        "provision.told", on=terms, by=by, authority=provision.authority,
        sentence=f"{provision} has {places} places from {day_in_words(from_on)}.",
    )  # fmt: skip
    return terms


def _why_not_close(closing: list[Place], from_on: date) -> list[str]:
    """Places that somebody is in, or promised, on the day they would close or after."""
    after = capacity.Stay(from_on)
    return [
        f"{place} has a stay that runs past {day_in_words(from_on)}."
        for place in closing
        if any(stay.overlaps(after) for stay in on_this_place(place))
    ]


def _close_places(provision: Provision, closing: list[Place], from_on: date) -> None:
    """Close numbered places; outreach stays in them move to others, begun ones too."""
    busy = _why_not_close(closing, from_on)
    for place in closing:
        if place.opens_on >= from_on:
            refuse_if([f"{place} has a stay that runs past {day_in_words(from_on)}."] if place.stays.exists() else [])
            place.delete()
            continue
        place.closes_on = from_on
        place.save()
    if provision.is_living:
        return
    try:
        with apart():
            settle(provision)
    except RuleBroken as stuck:
        raise RuleBroken([*busy, *stuck.reasons]) from stuck


NAMES = {"outreach": "Outreach {}", "hub": "Hub bed {}", "properties": "Room {}", "group homes": "Group home room {}"}


def _open_places(provision: Provision, places: int, from_on: date) -> None:
    """Open the numbered places that are not there yet; beds and rooms stand in their homes.

    A number that was closed opens again, and the days between are kept as closed.
    """
    there = {place.number: place for place in provision.places.all()}
    homes = list(provision.homes.order_by("pk"))
    for number in range(1, places + 1):
        place = there.get(number)
        if place is None:
            home = homes[(number - 1) * len(homes) // places] if homes else None
            Place.objects.create(
                provision=provision, number=number, name=NAMES[provision.kind].format(number),
                home=home, opens_on=from_on,
            )  # fmt: skip
        elif place.closes_on is not None or place.opens_on > from_on:
            _open_again(place, from_on)


def _open_again(place: Place, from_on: date) -> None:
    """Open a number that was closed, or was to open later; the gap stays in its history."""
    for shut, opened in _not_told_of(place, from_on) if place.closes_on is not None else []:
        OutOfUse.objects.create(
            place=place, kind=OutOfUseKind.CLOSED, reason="Closed by the contract.", from_on=shut,
            until_on=opened, decided_by=None,
        )  # fmt: skip
    place.closes_on, place.opens_on = None, min(place.opens_on, from_on)
    place.save()


def _not_told_of(place: Place, from_on: date) -> list[tuple[date, date]]:
    """The days from a place's closing to a day on which nothing else has it out of use already."""
    free, at = [], place.closes_on
    for row in place.out_of_use.not_over(at).filter(from_on__lt=from_on).order_by("from_on"):
        if row.from_on > at:
            free.append((at, row.from_on))
        at = max(at, row.until_on or from_on)
    return [*free, (at, from_on)] if at < from_on else free


@transaction.atomic
def confirm_rate(provision: Provision, *, by) -> ProvisionTerms:
    """Somebody with the right to has confirmed the price in force; it is no longer indicative."""
    terms = provision.terms.on(clock.today()).first()
    refuse_if([] if terms else ["There is no price in force to confirm."])

    terms.rate_is_confirmed = True
    terms.save()

    audit.record(
        "rate.confirmed", on=terms, by=by, authority=provision.authority,
        sentence=f"Confirmed the price of {provision}.",
    )  # fmt: skip
    return terms
