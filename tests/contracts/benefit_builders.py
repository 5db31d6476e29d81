"""A contract with outreach and a hub, children who moved, and benefits, made by the product's own actions."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from contracts.actions.benefit import enter_benefit
from contracts.actions.contract import add_contract, add_lot, set_price
from contracts.rules.benefit import Entry
from core import clock
from referrals.actions.provision import add_provision
from tests.referrals.builders import a_child
from tests.referrals.journeys import a_home

FIRST, MOVED, PLANNED = date(2026, 5, 1), date(2026, 6, 1), date(2027, 1, 1)
ENTRY = Entry(
    kind="cashable", what="A move to a family.", is_of_a_child=True, is_moved=True, is_modelled=False, modelled_for="",
    baseline="A children’s home going on", baseline_weekly=Decimal(3500), baseline_source="The price list, line 4",
    budget_line="Placements", starts_on=MOVED, baseline_ends_on=PLANNED, forecast=Decimal(60_000), attribution=Decimal(100),
    attribution_words="",
)  # fmt: skip
STATED = replace(
    ENTRY, kind="non-cashable", what="Fewer journeys for social workers.", is_of_a_child=False, is_moved=False, baseline_weekly=None,
    budget_line="", forecast=Decimal(700),
)  # fmt: skip


def a_contract(borough, slug="art"):
    """A contract that pays for a hub of three beds at £5,200, which nobody has confirmed."""
    contract = add_contract(
        slug=f"{borough.authority.slug}-{slug}", authority=borough.authority, name="ART", provider=borough.provider,
        starts_on=date(2025, 1, 1), by=None,
    )  # fmt: skip
    hub = add_provision(
        slug=f"{borough.authority.slug}-{slug}-hub", authority=borough.authority, kind="hub", name="Hub", provider=borough.provider, by=None
    )
    lot = add_lot(contract, kind="core", name="Core", starts_on=date(2025, 1, 1), by=None)
    set_price(
        lot, provision=hub, label="Beds", weekly_rate=Decimal(5200), basis="bed week", places=3, from_on=date(2025, 1, 1), by=None
    )
    return contract


def a_child_who_moved(borough, **facts):
    """In a children's home at £3,500 a week, then from 1 June with foster carers at £795."""
    child = a_child(borough, **facts)
    a_home(child, kind="residential", starts_on=FIRST, rate=Decimal(3500), is_registered=True)
    a_home(child, kind="foster", starts_on=MOVED, rate=Decimal(795))
    return child


def a_benefit(borough, child=None, contract=None, by=None, **facts):
    """A benefit of a child who moved, entered by the head of service."""
    child = child or a_child_who_moved(borough)
    return enter_benefit(
        contract or a_contract(borough, slug=f"c{child.pk}"), entry=replace(ENTRY, **facts), child=child, outcome="from:foster",
        by=by or borough.head_of_service,
    )  # fmt: skip


def a_stated_benefit(borough, contract=None, **facts):
    """A benefit that is no child's, entered by the commissioner."""
    contract = contract or a_contract(borough, slug=f"s{clock.now().microsecond}")
    return enter_benefit(contract, entry=replace(STATED, **facts), by=borough.commissioner)
