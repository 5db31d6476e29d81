"""Contracts that wait for somebody: budgets to confirm, variations and requests to answer, gates to decide."""

from datetime import timedelta

from contracts.choices import ContractState
from contracts.models import Budget, Contract, Gate, Subcontract, Variation
from core import clock
from core.dates import day_in_words
from core.roles import Role
from kpis.measures.to_do.thing import MOST_OF_A_KIND, Thing, working_days_after

BUDGETS_BEFORE = timedelta(days=90)
GATES_BEFORE = timedelta(days=60)


def budgets_to_confirm(user) -> list[Thing]:
    """Budgets that are still indicative, from three months before the day for confirming them, and those that are late."""
    rows = Budget.objects.visible_to(user).filter(confirmed_at=None, confirm_by__lte=clock.today() + BUDGETS_BEFORE)
    rows = rows.exclude(contract__state=ContractState.ENDED).select_related("contract", "lot")
    return [
        Thing(
            f"Confirm the budget {row.financial_year}: {row.lot.name if row.lot else 'whole contract'}",
            f"{row.contract.get_absolute_url()}/prices",
            f"£{row.amount:,.0f} is indicative until it is confirmed, by {day_in_words(row.confirm_by)}.", row.confirm_by,
        )
        for row in rows.order_by("confirm_by", "pk")[:MOST_OF_A_KIND]
    ]  # fmt: skip


def variations_to_answer(user) -> list[Thing]:
    """Variations that the reader's own side has not agreed yet."""
    side = "provider_agreed_at" if user.acting.role == Role.PROVIDER_MANAGER else "council_agreed_at"
    rows = Variation.objects.visible_to(user).open().filter(**{side: None}, contract__in=Contract.objects.visible_to(user))
    return [
        Thing(f"Agree a variation or not: {row.what}", row.get_absolute_url(), f"It would hold from {day_in_words(row.from_on)}.", row.from_on)
        for row in rows.order_by("from_on", "pk")[:MOST_OF_A_KIND]
    ]


def subcontracts_to_answer(user) -> list[Thing]:
    """Requests to sub-contract that the council has not answered, within ten Working Days."""
    rows = Subcontract.objects.visible_to(user).filter(decided_at=None).select_related("contract")
    return [
        Thing(
            f"Answer whether {row.who} may do a part", f"/subcontracts/{row.reference}/decide", f"{row.what}.",
            working_days_after(row.asked_at, 10),
        )
        for row in rows.order_by("asked_at", "pk")[:MOST_OF_A_KIND]
    ]  # fmt: skip


def gates_to_decide(user) -> list[Thing]:
    """Gates of contracts to be decided in the next two months, and those that are late."""
    rows = Gate.objects.visible_to(user).filter(decided_at=None, due_on__lte=clock.today() + GATES_BEFORE)
    return [
        Thing(f"Decide: {row}", row.get_absolute_url(), f"{row.contract}.", row.due_on)
        for row in rows.select_related("contract").order_by("due_on", "pk")[:MOST_OF_A_KIND]
    ]
