"""Contracts tell provisions what they have, and their sums are shown."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from contracts.actions.contract import (
    activate_contract,
    add_contract,
    add_lot,
    confirm_price,
    set_price,
)
from contracts.models import Price
from contracts.rules.activation import why_not_activate, why_not_confirm
from core.rules import RuleBroken
from referrals.actions.provision import add_provision

pytestmark = pytest.mark.django_db


def test_CON1_a_contract_is_put_in_force_once_with_a_price():
    assert why_not_activate("proposed", prices=1) == []
    assert why_not_activate("proposed", prices=0) == ["Set at least one price first."]
    assert why_not_activate("active", prices=1) == ["This contract has been in force already."]


def test_CON2_a_price_is_confirmed_once():
    assert why_not_confirm(is_confirmed=False) == []
    assert len(why_not_confirm(is_confirmed=True)) == 1


@pytest.fixture
def priced(borough):
    """A contract with outreach at £660, after one worth £450,000."""
    outreach = add_provision(
        slug="o", authority=borough.authority, kind="outreach", name="Outreach places",
        provider=borough.provider, by=None,
    )  # fmt: skip
    before = add_contract(
        slug="before", authority=borough.authority, name="Before", provider=borough.provider,
        starts_on=date(2018, 1, 1), annual_value=Decimal(450_000), by=None,
    )  # fmt: skip
    contract = add_contract(
        slug="art", authority=borough.authority, name="ART", provider=borough.provider,
        starts_on=date(2025, 1, 1), follows=before, by=None,
    )  # fmt: skip
    lot = add_lot(contract, kind="core", name="Core", starts_on=date(2025, 1, 1), by=None)
    price = set_price(
        lot, provision=outreach, label="Outreach", weekly_rate=Decimal(660), basis="child week", places=12,
        from_on=date(2025, 1, 1), by=None,
    )  # fmt: skip
    return contract, lot, outreach, price


def test_activate_contract_opens_the_places(priced):
    contract, _, outreach, _ = priced

    activate_contract(contract, by=None)

    assert outreach.places.count() == 12
    assert outreach.terms.get().weekly_rate == 660
    with pytest.raises(RuleBroken):
        activate_contract(contract, by=None)


def test_prices_of_one_label_never_overlap(priced):
    _, lot, outreach, _ = priced

    with pytest.raises(IntegrityError), transaction.atomic():
        Price.objects.create(
            lot=lot, provision=outreach, label="Outreach", weekly_rate=1, basis="child week", places=1,
            from_on=date(2025, 6, 1),
        )  # fmt: skip


def test_f4_and_f7_the_arithmetic_is_shown_and_a_price_confirmed_by_a_commissioner(priced, borough, sign_in):
    contract, _, _, price = priced
    activate_contract(contract, by=None)
    client = sign_in(borough.commissioner)

    page = client.get("/contracts/art").content.decode()
    assert "12 × £660 × 52 = £411,840" in page
    assert "£450,000 − £411,840 = £38,160" in page
    assert "Indicative" in page
    client.post("/contracts/art/confirm", {"price": price.pk})

    price.refresh_from_db()
    assert price.confirmed_by == borough.commissioner
    with pytest.raises(RuleBroken):
        confirm_price(price, by=borough.commissioner)


def test_f4_finance_confirms_a_price_where_its_page_and_to_do_say_so(priced, borough, sign_in):
    contract, _, _, price = priced
    activate_contract(contract, by=None)
    client = sign_in(borough.finance)
    assert "Confirm the price of outreach" in client.get("/").content.decode()
    page = client.get("/contracts/art").content.decode()
    assert f'value="{price.pk}">Confirm' in page
    assert "Add a lot" not in page
    assert f'value="{price.pk}">Confirm' in client.get("/contracts/art/prices").content.decode()

    client.post("/contracts/art/confirm", {"price": price.pk})

    price.refresh_from_db()
    assert price.confirmed_by == borough.finance
    assert "Confirm the price" not in client.get("/").content.decode()


@pytest.mark.parametrize("who", ["provider_manager", "head_of_service"])
def test_f4_nobody_is_offered_a_price_to_confirm_who_cannot(priced, borough, sign_in, who):
    contract, _, _, price = priced
    activate_contract(contract, by=None)
    client = sign_in(getattr(borough, who))

    for page in ("/contracts/art", "/contracts/art/prices"):
        assert f'value="{price.pk}">Confirm' not in client.get(page).content.decode()


@pytest.mark.parametrize(
    ("who", "status", "confirms"),
    [("finance", 200, 404), ("provider_manager", 200, 403), ("social_worker", 403, 403), ("administrator", 403, 403)],
)
def test_who_may_read_a_contract(priced, borough, sign_in, who, status, confirms):
    assert sign_in(getattr(borough, who)).get("/contracts/art").status_code == status
    assert sign_in(getattr(borough, who)).post("/contracts/art/confirm", {"price": "x"}).status_code == confirms
