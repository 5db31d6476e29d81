"""Contracts: made, priced, activated; activating tells the provisions what they have."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from contracts.choices import ContractState
from contracts.models import Contract, Lot, Price
from contracts.rules.activation import why_not_activate, why_not_confirm
from core import audit, clock
from core.rules import refuse_if
from referrals.actions.provision import confirm_rate, set_terms


@transaction.atomic
def add_contract(*, slug: str, authority, name: str, provider, starts_on: date, ends_on=None, follows=None,
                 annual_value: Decimal | None = None, value_note: str = "", source: str = "",
                 no_direct_work: bool = False, by) -> Contract:  # fmt: skip
    """Write down an agreement with a provider; it tells nobody anything until it is activated.

    With `no_direct_work` the provider works with those who care for a child, not with the child (002:10).
    """
    contract = Contract.objects.create(
        slug=slug, authority=authority, name=name, provider=provider, starts_on=starts_on, ends_on=ends_on,
        follows=follows, annual_value=annual_value, value_note=value_note, source=source, no_direct_work=no_direct_work,
    )  # fmt: skip

    audit.record("contract.added", on=contract, by=by, sentence=f"Added contract {name}.")
    return contract


@transaction.atomic
def add_lot(contract: Contract, *, kind: str, name: str, starts_on: date, by) -> Lot:
    """Add a contract's part."""
    lot = Lot.objects.create(contract=contract, kind=kind, name=name, starts_on=starts_on)

    audit.record(
        "lot.added", on=lot, by=by, authority=contract.authority, sentence=f"Added lot {name}."
    )
    return lot


@transaction.atomic
def set_price(lot: Lot, *, provision, label: str, weekly_rate: Decimal, basis: str, places: int, from_on: date,
              source: str = "", other_reading: str = "", by) -> Price:  # fmt: skip
    """Set what a lot pays for a provision from a day; indicative until somebody confirms it."""
    lot.prices.filter(label=label, until_on=None, from_on__lt=from_on).update(until_on=from_on)

    price = Price.objects.create(
        lot=lot, provision=provision, label=label, weekly_rate=weekly_rate, basis=basis, places=places,
        from_on=from_on, source=source, other_reading=other_reading,
    )  # fmt: skip

    audit.record(
        "price.set", on=price, by=by, authority=lot.contract.authority, sentence=f"Set the price {price}."
    )
    return price


@transaction.atomic
def activate_contract(contract: Contract, *, sign_off_chain=("TM", "SM"), eligibility: dict | None = None, by) -> Contract:
    """Put a contract in force: each provision it prices is told its places and price."""
    contract = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    prices = list(
        Price.objects.filter(lot__contract=contract, until_on=None).select_related("provision").order_by("pk")
    )

    refuse_if(why_not_activate(contract.state, prices=len(prices)))

    contract.state = ContractState.ACTIVE
    contract.save()
    told: dict[int, list[Price]] = {}
    for price in prices:
        told.setdefault(price.provision_id, []).append(price)
    for rows in told.values():
        first = rows[0]
        set_terms(
            first.provision, contract_slug=contract.slug, provider=contract.provider, from_on=first.from_on,
            places=sum(row.places for row in rows), weekly_rate=first.weekly_rate, rate_basis=first.basis,
            other_reading=first.other_reading, source=first.source, sign_off_chain=sign_off_chain,
            eligibility=eligibility, no_direct_work=contract.no_direct_work, by=by,
            under_16_rate=next((row.weekly_rate for row in rows[1:] if "under 16" in row.label.lower()), None),
        )  # fmt: skip

    audit.record(
        "contract.activated", on=contract, by=by, sentence=f"Contract {contract} is in force."
    )
    return contract


@transaction.atomic
def confirm_price(price: Price, *, by) -> Price:
    """Somebody confirms a price; it is no longer printed as indicative."""
    price = Price.objects.select_for_update(of=("self",)).get(pk=price.pk)

    refuse_if(why_not_confirm(is_confirmed=price.confirmed_at is not None))

    price.confirmed_by, price.confirmed_at = by, clock.now()
    price.save()
    if price.provision.terms.on(clock.today()).exists():
        confirm_rate(price.provision, by=by)

    audit.record(
        "price.confirmed", on=price, by=by, authority=price.lot.contract.authority,
        sentence=f"Confirmed the price {price}.",
    )  # fmt: skip
    return price
