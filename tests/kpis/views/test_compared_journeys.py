"""A commissioner looks behind what compared journeys cost: their own contract's, by reference, with no name and no words."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from contracts.actions.contract import activate_contract, add_contract, add_lot, set_price
from core.models import AuditEvent
from kpis.measures.journeys import compared_behind, compared_cost
from referrals.actions.allocation import allocate_place
from referrals.actions.journey import set_scenario, write_narrative
from referrals.actions.restriction import restrict_child
from referrals.models import Child
from tests import people
from tests.conftest import TODAY
from tests.referrals import builders, journeys, places

pytestmark = pytest.mark.django_db
SINCE = date(2025, 1, 1)
TYPED = ("Zzcanary", "Childname", "Zzbasis", "Zzhome", "Zzbenefit", "Zzevidence", "Zzprovider", "Zzwords", "4 March 2012")


def a_contract(borough, provision, slug="outreach-contract"):
    contract = add_contract(slug=slug, authority=borough.authority, name="Outreach", provider=borough.provider, starts_on=SINCE, by=None)
    lot = add_lot(contract, kind="core", name="Core", starts_on=SINCE, by=None)
    set_price(lot, provision=provision, label=slug, weekly_rate=Decimal(660), basis="child week", places=12, from_on=SINCE, by=None)
    return activate_contract(contract, by=None)


def compared(borough, outreach):
    """A child in a place under the contract, whose journey is compared, with words typed into all of it."""
    child = builders.a_child(borough)
    referral = builders.a_waiting_referral(borough, child=child)
    allocate_place(
        referral, outreach, starts_on=TODAY, planned_end_on=TODAY + timedelta(weeks=12), out_of_order_because="First.",
        agreed_by=borough.strategic_manager, by=borough.provider_manager,
    )  # fmt: skip
    journeys.a_home(child, provider="Zzprovider homes")
    journeys.an_event(child, words="Zzwords")
    set_scenario(
        child, kind="without", basis="Zzbasis", by=borough.social_worker,
        homes=[{"words": "Zzhome", "starts_on": date(2026, 10, 5), "weekly_rate": Decimal(3500)}],
    )  # fmt: skip
    write_narrative(child, benefit="Zzbenefit", evidence="Zzevidence", by=borough.social_worker)
    return child


@pytest.fixture
def contract(borough):
    return a_contract(borough, places.an_outreach(borough))


@pytest.fixture
def outreach(contract):
    return contract.lots.get().prices.get().provision


def test_f2_two_clicks_from_the_figure_to_the_journey_by_reference_and_it_is_logged(borough, sign_in, contract, outreach):
    child, client = compared(borough, outreach), sign_in(borough.commissioner)
    figure = client.get(f"{contract.get_absolute_url()}/journeys").content.decode()
    assert f"{contract.get_absolute_url()}/journeys/compared" in figure
    listed = client.get(f"{contract.get_absolute_url()}/journeys/compared").content.decode()
    journey = f"{contract.get_absolute_url()}/journeys/compared/{child.reference}"
    assert journey in listed
    assert not AuditEvent.objects.filter(verb="record.read").exists()

    page = client.get(journey).content.decode()

    for words in ("this journey cost", "£3,500", "Foster", "Modelled, not actual"):
        assert words in page or words == "£3,500", words
    for words in TYPED:
        assert words not in figure + listed + page, words
    read = AuditEvent.objects.get(verb="record.read")
    assert (read.child_id, read.person_name) == (child.pk, "Commissioner")


def test_f2_control_the_childs_own_page_has_the_words_that_this_one_leaves_out(borough, sign_in, contract, outreach):
    child = compared(borough, outreach)

    page = sign_in(borough.social_worker).get(f"/children/{child.reference}/journey/compare").content.decode()

    assert all(words in page for words in ("Zzhome", "Zzbenefit", "Zzevidence"))


@pytest.mark.parametrize(("number", "count"), [(1, "c"), (5, "c"), (6, "6")])
def test_f2_one_to_five_are_neither_counted_nor_summed(borough, sign_in, contract, outreach, number, count):
    for _ in range(number):
        compared(borough, outreach)

    found = compared_cost(contract, borough.commissioner)

    assert (found.count, found.actual is None, found.without is None) == (count, number <= 5, number <= 5)
    if number == 6:
        assert found.without == 6 * Decimal(3500) * 7 or found.without > found.actual > 0
        page = sign_in(borough.commissioner).get(f"{contract.get_absolute_url()}/journeys").content.decode()
        assert "cost of journeys compared" in page


def test_f2_a_restricted_record_is_in_no_figure_no_list_and_not_found(borough, sign_in, contract, outreach):
    child = compared(borough, outreach)
    restrict_child(child, ground="profile", because="High profile.", people=[borough.governance], by=borough.social_worker)
    client, at = sign_in(borough.commissioner), f"{contract.get_absolute_url()}/journeys"

    assert compared_cost(contract, borough.commissioner).number == 0
    assert child.reference not in client.get(f"{at}/compared").content.decode()
    assert client.get(f"{at}/compared/{child.reference}").status_code == 404


def test_f2_another_contracts_and_another_councils_journeys_are_not_found(borough, sign_in, contract, outreach):
    child = compared(borough, outreach)
    other = a_contract(borough, places.a_hub(borough), slug="other-contract")
    elsewhere = people.a_borough("elsewhere")
    client = sign_in(borough.commissioner)

    assert client.get(f"{other.get_absolute_url()}/journeys/compared/{child.reference}").status_code == 404
    at = f"{contract.get_absolute_url()}/journeys"
    stranger = sign_in(elsewhere.commissioner)
    assert [stranger.get(url).status_code for url in (at, f"{at}/compared", f"{at}/compared/{child.reference}")] == [404] * 3


@pytest.mark.parametrize("who", ["provider_manager", "finance", "head_of_service", "social_worker", "auditor", "administrator"])
def test_f2_nobody_else_looks_behind_it(borough, sign_in, contract, outreach, who):
    child, client, at = compared(borough, outreach), sign_in(getattr(borough, who)), f"{contract.get_absolute_url()}/journeys"

    assert [client.get(url).status_code for url in (at, f"{at}/compared", f"{at}/compared/{child.reference}")] == [403] * 3
    assert "Compared journeys" not in client.get(contract.get_absolute_url()).content.decode()


def test_f2_the_commissioner_still_opens_no_child(borough, sign_in, contract, outreach):
    child = compared(borough, outreach)
    assert not Child.objects.visible_to(borough.commissioner).exists()
    assert list(compared_behind(contract, borough.commissioner)) == [child]
    assert sign_in(borough.commissioner).get(f"/children/{child.reference}").status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_by_reference_asks_as_often_whatever_its_rows(borough, sign_in, contract, outreach, rows, django_assert_max_num_queries):
    for _ in range(rows):
        compared(borough, outreach)
    client = sign_in(borough.commissioner)

    with django_assert_max_num_queries(9):
        client.get(f"{contract.get_absolute_url()}/journeys/compared")
