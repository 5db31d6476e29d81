"""Variations: proposed, agreed by both parties, then applied; and consent to sub-contracting."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from contracts.actions.price import set_price, tell_provision
from contracts.choices import ContractState, GateDecision, GateKind, VariationKind
from contracts.models import Contract, Price, Subcontract, Variation
from contracts.rules.variation import (
    Proposing,
    why_not_agree_variation,
    why_not_ask_subcontract,
    why_not_decide_subcontract,
    why_not_propose_variation,
    why_not_refuse_variation,
)
from core import audit, clock
from core.dates import months_after
from core.roles import Permission
from core.rules import refuse_if


def _side(contract: Contract, by) -> str | None:
    """Which party somebody acts for: "council", "provider", or None."""
    acting = getattr(by, "acting", None)
    if acting is None or not by.can(Permission.AGREE_VARIATIONS):
        return None
    if acting.organisation_id == contract.provider_id:
        return "provider"
    return "council" if acting.authority_id == contract.authority_id else None


def _sold(contract: Contract, price: Price | None, from_on: date | None, until_on: date | None) -> int:
    """Places of a price's service that are sold at some time in a period, agreed or still with a party."""
    if price is None or from_on is None or until_on is None:
        return 0
    rows = contract.variations.filter(
        kind=VariationKind.SALE, price__provision=price.provision_id, refused_at=None, from_on__lt=until_on, until_on__gt=from_on
    )
    return rows.aggregate(sold=Sum("places"))["sold"] or 0


@transaction.atomic
def propose_variation(contract: Contract, *, kind: str, what: str, why: str, from_on: date | None, until_on=None,
                      price: Price | None = None, places: int | None = None, weekly_rate: Decimal | None = None,
                      new_end_on=None, buyer=None, by) -> Variation:  # fmt: skip
    """Put a change of a contract in writing; it holds once both parties have agreed. Locks the contract."""
    contract = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    refuse_if(
        why_not_propose_variation(Proposing(
            kind, what, why, from_on, until_on=until_on, has_price=price is not None,
            is_current=price is None or price.until_on is None, price_from=price.from_on if price else None,
            places=places, weekly_rate=weekly_rate, new_end_on=new_end_on, has_buyer=buyer is not None,
            buyer_is_own=buyer is not None and buyer.pk == contract.authority_id, contract_from=contract.starts_on,
            contract_until=contract.ends_on, latest_end=_latest_end(contract),
            places_there=price.places if price else 0, places_sold=_sold(contract, price, from_on, until_on),
        ))
    )  # fmt: skip

    variation = Variation.objects.create(
        contract=contract, kind=VariationKind(kind), what=what.strip(), why=why.strip(), from_on=from_on, until_on=until_on,
        price=price, places=places, weekly_rate=weekly_rate, new_end_on=new_end_on, buyer=buyer, proposed_by=by,
        proposed_at=clock.now() if by else None,
    )  # fmt: skip

    audit.record(
        "variation.proposed", on=variation, by=by, authority=contract.authority,
        sentence=f"Proposed variation {variation.reference} of {contract}.",
    )  # fmt: skip
    return variation


def _latest_end(contract: Contract) -> date | None:
    """The last day to which the option lets the term run, or None where there is none or it was used."""
    if contract.ends_on is None or not contract.extension_months or contract.extended_on is not None:
        return None
    return months_after(contract.ends_on, contract.extension_months)


@transaction.atomic
def agree_variation(variation: Variation, *, by) -> Variation:
    """One party agrees; with the second the change holds, and the services it concerns are told. Locks the contract."""
    contract = Contract.objects.select_for_update(of=("self",)).get(pk=variation.contract_id)
    variation = Variation.objects.select_for_update(of=("self",)).get(pk=variation.pk)
    side = _side(contract, by)
    passed = contract.gates.filter(kind=GateKind.EXTENSION, decision=GateDecision.GO_ON).exists()
    refuse_if(
        why_not_agree_variation(
            side=side, sides=(variation.council_agreed_at is not None, variation.provider_agreed_at is not None),
            is_refused=variation.refused_at is not None, needs_gate=variation.kind == VariationKind.TERM and not passed,
        )
    )  # fmt: skip

    setattr(variation, f"{side}_agreed_by", by)
    setattr(variation, f"{side}_agreed_at", clock.now())
    is_whole = variation.council_agreed_at and variation.provider_agreed_at
    if is_whole:
        _apply(contract, variation, by)
        variation.applied_at = clock.now()
    variation.save()

    audit.record(
        "variation.agreed", on=variation, by=by, authority=contract.authority,
        sentence=f"Agreed variation {variation.reference} for the {side}{'; it holds' if is_whole else ''}.",
    )  # fmt: skip
    return variation


def _apply(contract: Contract, variation: Variation, by) -> None:
    """What a variation does: a succeeding price, confirmed by the council's agreement, that its service is told; or a later end."""
    if variation.kind == VariationKind.TERM:
        contract.extended_on, contract.ends_on = variation.from_on, variation.new_end_on
        contract.save()
    if variation.kind != VariationKind.PLACES:
        return
    old = variation.price
    price = set_price(
        old.lot, provision=old.provision, label=old.label, weekly_rate=variation.weekly_rate, basis=old.basis,
        places=variation.places, from_on=variation.from_on, source=f"Variation {variation.reference}", by=by,
    )  # fmt: skip
    price.confirmed_by, price.confirmed_at = variation.council_agreed_by, variation.council_agreed_at
    price.save()
    if contract.state == ContractState.ACTIVE:
        tell_provision(contract, price.provision, from_on=price.from_on, by=by)


@transaction.atomic
def refuse_variation(variation: Variation, *, because: str, by) -> Variation:
    """One party says no, with its reason; nothing changes."""
    variation = Variation.objects.select_for_update(of=("self",)).get(pk=variation.pk)
    is_over = variation.refused_at is not None or variation.applied_at is not None
    refuse_if(why_not_refuse_variation(because, side=_side(variation.contract, by), is_over=is_over))

    variation.refused_by, variation.refused_at, variation.refused_because = by, clock.now(), because.strip()
    variation.save()

    audit.record(
        "variation.refused", on=variation, by=by, authority=variation.contract.authority,
        sentence=f"Did not agree variation {variation.reference}.",
    )  # fmt: skip
    return variation


@transaction.atomic
def ask_subcontract(contract: Contract, *, who: str, what: str, from_on: date | None, by) -> Subcontract:
    """The provider asks the council whether somebody else may do a part (002:797-798)."""
    refuse_if(why_not_ask_subcontract(who, what, from_on=from_on, side=_side(contract, by)))

    asked = Subcontract.objects.create(contract=contract, who=who.strip(), what=what.strip(), from_on=from_on, asked_by=by)

    audit.record(
        "subcontract.asked", on=asked, by=by, authority=contract.authority,
        sentence=f"Asked for consent to sub-contract ({asked.reference}).",
    )  # fmt: skip
    return asked


@transaction.atomic
def decide_subcontract(asked: Subcontract, *, is_consented: bool, reason: str, by) -> Subcontract:
    """The council consents, or not, in writing."""
    asked = Subcontract.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    refuse_if(why_not_decide_subcontract(reason, is_decided=asked.decided_at is not None, side=_side(asked.contract, by)))

    asked.is_consented, asked.reason = is_consented, reason.strip()
    asked.decided_by, asked.decided_at = by, clock.now()
    asked.save()

    audit.record(
        "subcontract.decided", on=asked, by=by, authority=asked.contract.authority,
        sentence=f"{'Consented' if is_consented else 'Did not consent'} to sub-contracting {asked.reference}.",
    )  # fmt: skip
    return asked
