"""What contracts tell provisions: places, price and sign-off chain, from a day."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from core import audit, clock
from core.rules import refuse_if
from referrals.models import Home, Place, Provision, ProvisionTerms, Registration, Stay
from referrals.models.stay import HOLDS


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
              other_reading: str = "", source: str = "", sign_off_chain=("TM", "SM"),
              eligibility: dict | None = None, no_direct_work: bool = False, by) -> ProvisionTerms:  # fmt: skip
    """Tell a provision how many places it has from a day, and open or close them to match.

    The terms before end on that day. Fewer places are refused while a stay runs in one that
    would close.
    """
    provision = Provision.objects.select_for_update(of=("self",)).get(pk=provision.pk)
    closing = provision.places.filter(number__gt=places).open_on(from_on)
    busy = Stay.objects.filter(HOLDS, place__in=closing).filter(
        Q(ended_on=None, planned_end_on=None)
        | Q(ended_on=None, planned_end_on__gt=from_on)
        | Q(ended_on__gt=from_on)
    )

    refuse_if([f"{place} has a stay that runs past {from_on:%-d %B %Y}." for place in {s.place for s in busy}])

    provision.terms.filter(Q(until_on=None) | Q(until_on__gt=from_on), from_on__lt=from_on).update(until_on=from_on)
    terms = ProvisionTerms.objects.create(
        provision=provision, contract_slug=contract_slug, provider=provider, from_on=from_on,
        until_on=until_on, places=places, weekly_rate=weekly_rate, rate_basis=rate_basis,
        rate_is_confirmed=rate_is_confirmed, other_reading=other_reading, source=source,
        sign_off_chain=list(sign_off_chain), eligibility=eligibility or {}, no_direct_work=no_direct_work,
    )  # fmt: skip
    closing.update(closes_on=from_on)
    _open_places(provision, places, from_on)

    audit.record(
        "provision.told", on=terms, by=by, authority=provision.authority,
        sentence=f"{provision} has {places} places from {from_on:%-d %B %Y}.",
    )  # fmt: skip
    return terms


NAMES = {"outreach": "Outreach {}", "hub": "Hub bed {}", "properties": "Room {}"}


def _open_places(provision: Provision, places: int, from_on: date) -> None:
    """Open the numbered places that are not there yet; beds and rooms stand in their homes."""
    there = set(provision.places.open_on(from_on).values_list("number", flat=True))
    homes = list(provision.homes.order_by("pk"))
    for number in range(1, places + 1):
        if number not in there:
            home = homes[(number - 1) * len(homes) // places] if homes else None
            Place.objects.create(
                provision=provision, number=number, name=NAMES[provision.kind].format(number),
                home=home, opens_on=from_on,
            )  # fmt: skip


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
