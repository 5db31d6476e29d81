"""Contracts: made, with their lots, and activated; activating tells the provisions what they have."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from contracts.actions.price import confirm_price, set_price, tell_provision
from contracts.choices import ContractState
from contracts.models import Contract, Lot, Price
from contracts.rules.activation import (
    why_not_activate,
    why_not_add_contract,
    why_not_add_lot,
    why_not_end,
)
from core import audit, clock
from core.rules import refuse_if

__all__ = ["activate_contract", "add_contract", "add_lot", "confirm_price", "set_price"]


@transaction.atomic
def add_contract(*, slug: str, authority, name: str, provider, starts_on: date, ends_on=None, follows=None,
                 annual_value: Decimal | None = None, value_note: str = "", source: str = "",
                 no_direct_work: bool = False, extension_months: int = 0, reports_from_on=None, by) -> Contract:  # fmt: skip
    """Write down an agreement with a provider; it tells nobody anything until it is activated.

    With `no_direct_work` the provider works with those who care for a child, not with the child (002:10).
    `extension_months` is the option after `ends_on`; reports of progress are due from `reports_from_on` (002:955).
    """
    is_free = not Contract.objects.filter(slug=slug).exists()
    refuse_if(why_not_add_contract(name, has_provider=provider is not None, starts_on=starts_on, ends_on=ends_on, is_free=is_free))

    contract = Contract.objects.create(
        slug=slug, authority=authority, name=name, provider=provider, starts_on=starts_on, ends_on=ends_on,
        follows=follows, annual_value=annual_value, value_note=value_note, source=source, no_direct_work=no_direct_work,
        extension_months=extension_months, reports_from_on=reports_from_on,
    )  # fmt: skip

    audit.record("contract.added", on=contract, by=by, sentence=f"Added contract {name}.")
    return contract


@transaction.atomic
def add_lot(contract: Contract, *, kind: str, name: str, starts_on: date, awarded_on=None, pilot_months: int | None = None,
            mobilise_within_months: int | None = None, by) -> Lot:  # fmt: skip
    """Add a contract's part; a pilot says how long it runs and how soon after the award it is mobilised."""
    refuse_if(why_not_add_lot(name, starts_on=starts_on, contract_from=contract.starts_on))

    lot = Lot.objects.create(
        contract=contract, kind=kind, name=name, starts_on=starts_on, awarded_on=awarded_on, pilot_months=pilot_months,
        mobilise_within_months=mobilise_within_months,
    )  # fmt: skip

    audit.record(
        "lot.added", on=lot, by=by, authority=contract.authority, sentence=f"Added lot {name}."
    )
    return lot


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
    for first in {price.provision_id: price for price in reversed(prices)}.values():
        tell_provision(
            contract, first.provision, from_on=first.from_on, sign_off_chain=sign_off_chain,
            eligibility=eligibility, by=by,
        )  # fmt: skip

    audit.record(
        "contract.activated", on=contract, by=by, sentence=f"Contract {contract} is in force."
    )
    return contract


@transaction.atomic
def end_contract(contract: Contract, *, by) -> Contract:
    """A contract is over: it stays to be read, and its last budgets and what was held back are still settled."""
    contract = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    refuse_if(why_not_end(contract.state, ends_on=contract.ends_on, today=clock.today()))

    contract.state = ContractState.ENDED
    contract.save()

    audit.record("contract.ended", on=contract, by=by, sentence=f"Contract {contract} is over.")
    return contract
