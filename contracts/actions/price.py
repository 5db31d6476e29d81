"""Prices and budgets: set, succeeded by date, confirmed; a service is told what it has."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from contracts.models import Budget, Contract, Lot, Price
from contracts.rules.activation import why_not_confirm
from contracts.rules.price import (
    Budgeting,
    Setting,
    Settling,
    why_not_confirm_budget,
    why_not_set_budget,
    why_not_set_price,
    why_not_settle_query,
)
from contracts.rules.readings import RETENTION
from core import audit, clock
from core.dated import number
from core.rules import refuse_if
from referrals.actions.provision import confirm_rate, set_terms
from referrals.rules.cost import financial_year


@transaction.atomic
def set_price(lot: Lot, *, provision, label: str, weekly_rate: Decimal, basis: str, places: int, from_on: date,
              source: str = "", other_reading: str = "", note: str = "", by) -> Price:  # fmt: skip
    """Set what a lot pays for a provision from a day; indicative until somebody confirms it.

    The price of the same label that holds then ends on that day. Locks the contract.
    """
    contract = Contract.objects.select_for_update(of=("self",)).get(pk=lot.contract_id)
    before = list(lot.prices.filter(label=label))
    refuse_if(
        why_not_set_price(
            Setting(label, weekly_rate, places, from_on, source), contract_from=contract.starts_on,
            other_starts=[row.from_on for row in before],
            contract_until=contract.ends_on + timedelta(days=1) if contract.ends_on else None,
        )
    )  # fmt: skip

    lot.prices.filter(label=label, until_on=None).update(until_on=from_on)
    price = Price.objects.create(
        lot=lot, provision=provision, label=label, weekly_rate=weekly_rate, basis=basis, places=places,
        from_on=from_on, source=source, other_reading=other_reading, note=note,
    )  # fmt: skip

    audit.record(
        "price.set", on=price, by=by, authority=contract.authority, sentence=f"Set the price {price}."
    )
    return price


@transaction.atomic
def confirm_price(price: Price, *, by) -> Price:
    """Somebody confirms a price; it is no longer printed as indicative."""
    price = Price.objects.select_for_update(of=("self",)).get(pk=price.pk)

    refuse_if(why_not_confirm(is_confirmed=price.confirmed_at is not None))

    price.confirmed_by, price.confirmed_at = by, clock.now()
    price.save()
    holds = price.from_on <= clock.today() and (price.until_on is None or clock.today() < price.until_on)
    if holds and price.provision.terms.on(clock.today()).exists():
        confirm_rate(price.provision, by=by)

    audit.record(
        "price.confirmed", on=price, by=by, authority=price.lot.contract.authority,
        sentence=f"Confirmed the price {price}.",
    )  # fmt: skip
    return price


@transaction.atomic
def tell_provision(contract: Contract, provision, *, from_on: date, by, **terms):
    """Tell one service what the contract's open prices give it from a day: places, rate, basis.

    `terms` may give `sign_off_chain` and `eligibility`; else those in force go on.
    """
    rows = list(Price.objects.filter(lot__contract=contract, provision=provision, until_on=None).order_by("pk"))
    first = rows[0]
    now = provision.terms.on(from_on).first()
    if now is not None:
        terms = {"sign_off_chain": now.sign_off_chain, "eligibility": now.eligibility, **terms}
    return set_terms(
        provision, contract_slug=contract.slug, provider=contract.provider, from_on=from_on,
        places=sum(row.places for row in rows), weekly_rate=first.weekly_rate, rate_basis=first.basis,
        rate_is_confirmed=first.confirmed_at is not None, other_reading=first.other_reading, source=first.source,
        no_direct_work=contract.no_direct_work, by=by,
        under_16_rate=next((row.weekly_rate for row in rows[1:] if "under 16" in row.label.lower()), None), **terms,
    )  # fmt: skip


@transaction.atomic
def set_budget(contract: Contract, *, lot: Lot | None, amount: Decimal, from_on: date, until_on: date, confirm_by=None,
               retention_percent: Decimal | None = None, retention_due_on=None, query: str = "", source: str = "",
               by) -> Budget:  # fmt: skip
    """Write down what may be spent, in pounds, from a day until the day after the last; indicative until confirmed.

    What is held back is the per cent in force on the first day, unless told (nought: none is stated).
    """
    Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    year = financial_year(from_on) if from_on else None
    held = Budget.objects.filter(contract=contract, lot=lot).values_list("from_on", "until_on")
    refuse_if(why_not_set_budget(Budgeting(amount, from_on, until_on), held=list(held), year=year[:2] if year else None))

    if retention_percent is None:
        retention_percent = Decimal(number(RETENTION, authority=contract.authority, on=from_on))
    budget = Budget.objects.create(
        contract=contract, lot=lot, financial_year=year[2], from_on=from_on, until_on=until_on, amount=amount,
        retention_percent=retention_percent, confirm_by=confirm_by, query=query, source=source,
        retention_due_on=retention_due_on or (date(year[1].year, 6, 30) if retention_percent else None),
    )  # fmt: skip

    audit.record(
        "budget.set", on=budget, by=by, authority=contract.authority, sentence=f"Set the budget {budget}: £{amount:,.0f}."
    )
    return budget


@transaction.atomic
def confirm_budget(budget: Budget, *, by) -> Budget:
    """Somebody of the council confirms a budget; it is no longer indicative."""
    budget = Budget.objects.select_for_update(of=("self",)).get(pk=budget.pk)

    refuse_if(why_not_confirm_budget(is_confirmed=budget.is_confirmed, may=_pays(budget.contract, by)))

    budget.confirmed_by, budget.confirmed_at = by, clock.now()
    budget.save()

    audit.record(
        "budget.confirmed", on=budget, by=by, authority=budget.contract.authority,
        sentence=f"Confirmed the budget {budget}: £{budget.amount:,.0f}.",
    )  # fmt: skip
    return budget


@transaction.atomic
def settle_query(budget: Budget, *, because: str, due_on: date | None = None, by) -> Budget:
    """Somebody of the council says how what is doubtful about a budget is settled; the query stays beside the answer.

    `due_on` is the day by which what is held back of it is released or not.
    """
    budget = Budget.objects.select_for_update(of=("self",)).get(pk=budget.pk)
    asked = Settling(because, due_on, budget.until_on, holds_back=bool(budget.retention_percent))

    refuse_if(why_not_settle_query(asked, is_open=budget.is_in_doubt, may=_pays(budget.contract, by)))

    before = budget.retention_due_on
    budget.query_answer, budget.query_settled_by, budget.query_settled_at = because.strip(), by, clock.now()
    budget.retention_due_on = due_on if asked.holds_back else before
    budget.save()

    moved = f", released by {due_on:%d.%m.%Y} and not {before:%d.%m.%Y}" if asked.holds_back and before and due_on != before else ""
    audit.record(
        "budget.query_settled", on=budget, by=by, authority=budget.contract.authority,
        sentence=f"Settled the query of the budget {budget}{moved}.",
    )  # fmt: skip
    return budget


def _pays(contract: Contract, by) -> bool:
    """Whether somebody acts for the council that pays, and not for the provider."""
    acting = getattr(by, "acting", None)
    return acting is None or (acting.authority_id, acting.organisation_id != contract.provider_id) == (contract.authority_id, True)
