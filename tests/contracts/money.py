"""A contract with budgets, returns that were accepted, and payments, made by the product's own actions."""

from datetime import date
from decimal import Decimal

from contracts.actions.contract import activate_contract, add_contract, add_lot, set_price
from contracts.actions.payment import (
    approve_payment,
    clear_payment,
    decide_achievement,
    raise_payment,
    record_invoice,
    record_outcome,
)
from contracts.models import Budget
from contracts.models.books import of_payment
from contracts.rules.quarters import Quarter, quarter_from
from core import clock
from referrals.actions.provision import add_provision

HASH = "a" * 64


def a_priced_contract(borough, slug="art", starts_on=date(2025, 4, 1), kinds=("core", "pilot")):
    """A contract in force with one outreach service, and a lot of each kind."""
    outreach = add_provision(
        slug=f"{slug}-outreach", authority=borough.authority, kind="outreach", name="Outreach places",
        provider=borough.provider, by=None,
    )  # fmt: skip
    contract = add_contract(
        slug=slug, authority=borough.authority, name="ART", provider=borough.provider, starts_on=starts_on, by=None
    )
    lots = [add_lot(contract, kind=kind, name=kind.title(), starts_on=starts_on, by=None) for kind in kinds]
    set_price(
        lots[0], provision=outreach, label="Outreach", weekly_rate=Decimal(660), basis="child week", places=12,
        from_on=starts_on, by=None,
    )  # fmt: skip
    return activate_contract(contract, by=None)


def a_budget(contract, amount, *, kind="core", from_on=date(2026, 4, 1), until_on=date(2027, 4, 1), percent=5, by=None):
    """A lot's budget for some of a year, confirmed where somebody is named."""
    return Budget.objects.create(
        contract=contract, lot=contract.lots.filter(kind=kind).first(), financial_year=f"{from_on.year}/{(from_on.year + 1) % 100:02}",
        from_on=from_on, until_on=until_on, amount=Decimal(amount), retention_percent=Decimal(percent),
        confirmed_by=by, confirmed_at=clock.now() if by else None,
    )  # fmt: skip


def a_raised_payment(borough, contract, period="2026-27-q2"):
    """A payment on a return that was accepted."""
    return raise_payment(
        contract, quarter_from(period), evidence_reference="K4D-7QX", evidence_sha256=HASH, by=borough.commissioner
    )


def an_invoiced_payment(borough, contract, period="2026-27-q2", **decision):
    """Decided, and the invoice is here."""
    payment = a_raised_payment(borough, contract, period)
    payment = decide_achievement(payment, by=borough.commissioner, **{"achieved": "all", **decision})
    return invoiced(borough, payment)


def invoiced(borough, payment):
    """The provider's invoice for just what is due."""
    return record_invoice(
        payment, number="INV-1", amount=of_payment(payment).to_pay, on=clock.today(), by=borough.provider_manager
    )


def a_paid_payment(borough, contract, period="2026-27-q2", **decision):
    """All the way to the bank."""
    return paid(borough, an_invoiced_payment(borough, contract, period, **decision))


def paid(borough, payment):
    """Approved by two, and paid."""
    payment = approve_payment(payment, by=borough.commissioner)
    payment = clear_payment(payment, by=borough.finance)
    return record_outcome(payment, outcome="paid", on=clock.today(), by=borough.finance)


def stoke_year(borough, year=2018):
    """The documents' contract with one year's budgets, confirmed (002:923-931, 933-940)."""
    contract = a_priced_contract(borough, slug="small-group-homes", starts_on=date(2018, 7, 1))
    first = date(2018, 7, 1) if year == 2018 else date(year, 4, 1)
    sums = (60_000, 30_000) if year == 2018 else (80_000, 40_000)
    for kind, amount in zip(("core", "pilot"), sums, strict=True):
        a_budget(contract, amount, kind=kind, from_on=first, until_on=date(year + 1, 4, 1), by=borough.commissioner)
    return contract, Quarter(year, 2)
