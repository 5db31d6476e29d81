"""A contract is written down, given lots and prices, put in force, and ended, on its pages."""

from datetime import date
from decimal import Decimal

import pytest

from contracts.models import Contract, Lot, Price
from contracts.rules.activation import (
    why_not_add_contract,
    why_not_add_lot,
    why_not_end,
    why_not_price_directly,
)
from core import clock
from referrals.actions.provision import add_provision
from tests.contracts.builders import FROM, a_priced_contract, another_council

pytestmark = pytest.mark.django_db
LAST = date(2028, 5, 31)


def test_CON21_a_contract_has_a_name_a_provider_and_days_in_order():
    def fields(name="ART", has_provider=True, starts_on=FROM, ends_on=LAST, is_free=True):
        found = why_not_add_contract(name, has_provider=has_provider, starts_on=starts_on, ends_on=ends_on, is_free=is_free)
        return [reason.field for reason in found]

    assert (fields(), fields(ends_on=None)) == ([], [])
    assert (fields(name=" "), fields(is_free=False), fields(has_provider=False)) == (["name"], ["name"], ["provider"])
    assert (fields(starts_on=None), fields(ends_on=FROM)) == (["starts_on"], ["ends_on"])


def test_CON22_a_lot_starts_with_its_contract_or_later():
    assert why_not_add_lot("Core", starts_on=FROM, contract_from=FROM) == []
    wrong = why_not_add_lot("", starts_on=date(2025, 5, 31), contract_from=FROM)
    assert [reason.field for reason in wrong] == ["name", "starts_on"]


@pytest.mark.parametrize(("state", "ends_on", "refused"), [
    ("active", LAST, False), ("proposed", LAST, False), ("ended", LAST, True), ("active", None, True), ("active", date(2028, 6, 1), True),
])  # fmt: skip
def test_CON23_a_contract_is_ended_once_when_its_last_day_has_come(state, ends_on, refused):
    assert bool(why_not_end(state, ends_on=ends_on, today=LAST)) == refused


def test_a_contract_from_its_name_to_its_places_on_pages_alone(borough, sign_in):
    outreach = add_provision(
        slug="o", authority=borough.authority, kind="outreach", name="Outreach places", provider=borough.provider, by=None
    )
    client = sign_in(borough.commissioner)
    named = {"name": "ART", "provider": borough.provider.pk, "starts_on": "1 6 2025", "ends_on": "31 5 2028", "extension_months": "12"}
    assert client.post("/contracts/new", named).headers["Location"] == "/contracts/art"
    assert "Another contract has this name" in client.post("/contracts/new", named).content.decode()
    assert client.get("/contracts").content.decode().count("/contracts/art") == 1
    page = client.post("/contracts/art/activate", follow=True).content.decode()
    assert "Set at least one price first." in page
    client.post("/contracts/art/lots/new", {"kind": "pilot", "name": "Pilot", "starts_on": "1 6 2025", "pilot_months": "12"})
    price = {
        "lot": Lot.objects.get().pk, "provision": outreach.pk, "label": "Outreach", "weekly_rate": "£660", "basis": "child week", "places": "12",
        "from_on": "1 6 2025",
    }  # fmt: skip
    for rate in ("0", "-660"):
        assert "A price is above £0." in client.post("/contracts/art/prices/new", {**price, "weekly_rate": rate}).content.decode()
    client.post("/contracts/art/prices/new", price)
    again = client.post("/contracts/art/prices/new", price).content.decode()
    assert "two prices never hold on one day" in again

    page = client.post("/contracts/art/activate", follow=True).content.decode()

    assert "12 × £660 × 52 = £411,840" in page
    terms = outreach.terms.get()
    assert (terms.places, terms.sign_off_chain, Price.objects.get().weekly_rate) == (12, ["TM", "SM", "STM"], Decimal(660))
    later = {**price, "label": "More", "from_on": "1 6 2026"}
    assert "propose a variation" in client.post("/contracts/art/prices/new", later).content.decode()
    assert "propose a variation" in client.get("/contracts/art/prices/new").content.decode()
    assert Price.objects.count() == 1


def test_CON24_a_price_is_set_directly_only_before_the_contract_is_in_force():
    assert why_not_price_directly("proposed") == []
    assert why_not_price_directly("active")
    assert why_not_price_directly("ended")


def test_a_contract_is_ended_on_its_page_when_its_day_has_come(borough, sign_in):
    a_priced_contract(borough)
    client = sign_in(borough.commissioner)
    assert "End the contract" not in client.get("/contracts/art").content.decode()
    assert "when its last day has come" in client.post("/contracts/art/end", follow=True).content.decode()
    with clock.held_at(LAST):
        borough.commissioner.__dict__.pop("acting", None)
        assert "End the contract" in sign_in(borough.commissioner).get("/contracts/art").content.decode()
        client.post("/contracts/art/end")
    assert Contract.objects.get().state == "ended"


@pytest.mark.parametrize("name", ["", " ", "!!!", "New", "x" * 161, "a\x00b", "🙂"])
def test_bad_names_are_sentences_or_kept(borough, sign_in, name):
    client = sign_in(borough.commissioner)

    answer = client.post("/contracts/new", {"name": name, "provider": borough.provider.pk, "starts_on": "1 6 2025"})

    assert answer.status_code == (302 if Contract.objects.exists() else 200)


def test_a_provider_who_serves_another_council_alone_is_no_choice(borough, sign_in):
    elsewhere = another_council()
    elsewhere.provider.name = "Theirs alone"
    elsewhere.provider.save()

    page = sign_in(borough.commissioner).get("/contracts/new").content.decode()

    assert "Theirs alone" not in page
    assert "Brightwater" in page


@pytest.mark.parametrize("who", ["finance", "provider_manager", "head_of_service"])
def test_only_a_commissioner_begins_or_ends_a_contract(borough, sign_in, who):
    a_priced_contract(borough, active=False)
    client = sign_in(getattr(borough, who))

    assert [client.post(f"/contracts/{part}").status_code for part in ("new", "art/lots/new", "art/prices/new", "art/activate", "art/end")] == [403] * 5
