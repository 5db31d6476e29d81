"""What of contracts stands on To do, and whose it is."""

from datetime import date
from decimal import Decimal

import pytest

from contracts.actions.contract import end_contract
from contracts.actions.gate import open_gate
from contracts.actions.price import confirm_budget, set_budget
from contracts.actions.variation import agree_variation, ask_subcontract, propose_variation
from contracts.models import Contract
from core import clock
from core.roles import Role
from kpis.measures.to_do.things import things_for
from tests.contracts.builders import a_priced_contract

pytestmark = pytest.mark.django_db


def labels(person, role):
    return [thing.label for thing in things_for(person.acting_as(role))]


@pytest.fixture
def budget(borough):
    contract, price = a_priced_contract(borough)
    return set_budget(
        contract, lot=price.lot, amount=Decimal(120_000), from_on=date(2027, 4, 1), until_on=date(2028, 4, 1), confirm_by=date(2027, 1, 31), by=None
    )


@pytest.mark.parametrize(("on", "shown", "late"), [
    (date(2026, 11, 1), False, False), (date(2026, 11, 2), True, False), (date(2027, 1, 31), True, False), (date(2027, 2, 1), True, True),
])  # fmt: skip
def test_g5_a_budget_not_confirmed_in_january_is_late_on_to_do(borough, budget, on, shown, late):
    with clock.held_at(on):
        for person, role in ((borough.commissioner, Role.COMMISSIONER), (borough.finance, Role.FINANCE)):
            found = [thing for thing in things_for(person.acting_as(role)) if thing.label == "Confirm the budget 2027/28: Core"]
            assert [thing.late for thing in found] == ([late] if shown else [])


def test_g5_a_confirmed_budget_and_an_ended_contracts_are_not_asked_for(borough, budget):
    asked = "Confirm the budget 2027/28: Core"
    assert asked in labels(borough.finance, Role.FINANCE)
    Contract.objects.update(ends_on=clock.today())
    end_contract(budget.contract, by=borough.commissioner)
    assert asked not in labels(borough.finance, Role.FINANCE)
    confirm_budget(budget, by=borough.finance)
    assert asked not in labels(borough.commissioner, Role.COMMISSIONER)


def test_a_variation_stands_with_whoever_has_not_agreed(borough):
    contract, _ = a_priced_contract(borough)
    variation = propose_variation(contract, kind="other", what="New hours", why="Asked for.", from_on=date(2027, 1, 1), by=borough.commissioner)
    asked = "Agree a variation or not: New hours"
    both = ((borough.commissioner, Role.COMMISSIONER), (borough.provider_manager, Role.PROVIDER_MANAGER))
    assert [asked in labels(*who) for who in both] == [True, True]
    agree_variation(variation, by=borough.commissioner)
    assert [asked in labels(*who) for who in both] == [False, True]


def test_g3_g15_requests_and_gates_stand_with_the_commissioner(borough):
    contract, _ = a_priced_contract(borough)
    ask_subcontract(contract, who="A practice", what="A part", from_on=date(2027, 1, 1), by=borough.provider_manager)
    open_gate(contract, kind="pilot", due_on=date(2027, 1, 23), by=borough.commissioner)
    open_gate(contract, kind="extension", due_on=date(2027, 1, 24), by=borough.commissioner)

    found = labels(borough.commissioner, Role.COMMISSIONER)

    assert "Answer whether A practice may do a part" in found
    assert "Decide: Roll-out after the pilot" in found
    assert "Decide: Extension of the term" not in found  # more than two months away
