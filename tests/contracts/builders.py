"""A contract in force, with its service priced, in an invented borough."""

from datetime import date
from decimal import Decimal

from contracts.actions.contract import activate_contract, add_contract, add_lot, set_price
from core.actions.authority import add_authority
from core.roles import Role
from referrals.actions.provision import add_provision
from tests import people

FROM = date(2025, 6, 1)
UNTIL = date(2028, 5, 31)


def a_priced_contract(borough, *, slug="art", places=12, active=True, **facts):
    """A contract with 12 outreach places at £660, in force from 1 June 2025 to 31 May 2028; with its price."""
    outreach = add_provision(
        slug=f"{slug}-outreach", authority=borough.authority, kind="outreach", name="Outreach places", provider=borough.provider, by=None
    )
    contract = add_contract(
        slug=slug, authority=borough.authority, name="ART", provider=borough.provider, starts_on=FROM, ends_on=UNTIL,
        extension_months=12, reports_from_on=FROM, by=None, **facts,
    )  # fmt: skip
    lot = add_lot(contract, kind="core", name="Core", starts_on=FROM, by=None)
    price = set_price(
        lot, provision=outreach, label="Outreach", weekly_rate=Decimal(660), basis="child week", places=places, from_on=FROM, by=None
    )
    return (activate_contract(contract, by=None) if active else contract), price


def another_council():
    """A neighbouring council with people of its own."""
    return people.a_borough("neighbour")


def a_council_without_people():
    """A council that is only a name here."""
    return add_authority(slug="far", name="Far Council", by=None)[0]


def as_finance(borough):
    """The finance officer, acting as such."""
    return borough.finance.acting_as(Role.FINANCE)
