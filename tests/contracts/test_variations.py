"""Variations that both parties agree, sales to another council, and consent to sub-contracting."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from contracts.actions.gate import add_evidence, decide_gate, open_gate
from contracts.actions.variation import (
    agree_variation,
    ask_subcontract,
    decide_subcontract,
    propose_variation,
    refuse_variation,
)
from contracts.models import Price, Subcontract, Variation
from contracts.models.sums import difference, outreach_a_year
from contracts.rules.variation import (
    Proposing,
    why_not_agree_variation,
    why_not_ask_subcontract,
    why_not_decide_subcontract,
    why_not_propose_variation,
    why_not_refuse_variation,
)
from core import clock
from core.rules import RuleBroken
from tests.contracts.builders import (
    FROM,
    UNTIL,
    a_council_without_people,
    a_priced_contract,
    another_council,
)
from tests.referrals import places

pytestmark = pytest.mark.django_db
ON = date(2027, 1, 1)


def asked(kind, **facts):
    usual = {
        "what": "A change", "why": "A reason", "from_on": ON, "has_price": True, "price_from": FROM, "places": 14, "weekly_rate": Decimal(660),
        "contract_from": FROM, "contract_until": UNTIL, "latest_end": date(2029, 5, 31), "places_there": 12,
    }  # fmt: skip
    return Proposing(kind, **{**usual, **facts})


@pytest.mark.parametrize(("kind", "facts", "fields"), [
    ("other", {}, []), ("other", {"what": " ", "why": ""}, ["what", "why"]), ("other", {"from_on": None}, ["from_on"]),
    ("other", {"from_on": date(2025, 5, 31)}, ["from_on"]), ("other", {"from_on": date(2028, 6, 1)}, ["from_on"]), ("other", {"from_on": UNTIL}, []),
    ("places", {}, []), ("places", {"has_price": False}, ["price"]), ("places", {"weekly_rate": Decimal(0)}, ["weekly_rate"]),
    ("places", {"weekly_rate": Decimal("-0.01")}, ["weekly_rate"]), ("places", {"places": 0}, ["places"]),
    ("places", {"from_on": FROM}, ["from_on"]), ("places", {"is_current": False}, ["price"]),
    ("sale", {"has_buyer": True, "places": 2, "until_on": date(2027, 7, 1)}, []),
    ("sale", {"places": 2, "until_on": date(2027, 7, 1)}, ["buyer"]),
    ("sale", {"has_buyer": True, "buyer_is_own": True, "places": 2, "until_on": date(2027, 7, 1)}, ["buyer"]),
    ("sale", {"has_buyer": True, "places": 2}, ["until_on"]), ("sale", {"has_buyer": True, "places": 2, "until_on": ON}, ["until_on"]),
    ("sale", {"has_buyer": True, "places": 2, "until_on": date(2028, 6, 1)}, ["until_on"]),
    ("sale", {"has_buyer": True, "places": 13, "until_on": date(2027, 7, 1)}, ["places"]),
    ("sale", {"has_buyer": True, "places": 3, "places_sold": 10, "until_on": date(2027, 7, 1)}, ["places"]),
    ("term", {"new_end_on": date(2029, 5, 31)}, []), ("term", {"new_end_on": date(2029, 6, 1)}, ["new_end_on"]), ("term", {"new_end_on": UNTIL}, ["new_end_on"]),
    ("term", {}, ["new_end_on"]), ("term", {"new_end_on": date(2028, 6, 1), "latest_end": None}, ["new_end_on"]),
])  # fmt: skip
def test_CON6_a_variation_says_what_why_and_what_its_kind_needs(kind, facts, fields):
    assert [reason.field for reason in why_not_propose_variation(asked(kind, **facts))] == fields


@pytest.mark.parametrize(("facts", "refused"), [
    ({}, False), ({"side": None}, True), ({"sides": (True, False)}, True), ({"side": "provider", "sides": (True, False)}, False),
    ({"is_refused": True}, True), ({"needs_gate": True}, True), ({"needs_gate": True, "side": "provider"}, False),
])  # fmt: skip
def test_CON7_each_party_agrees_once(facts, refused):
    usual = {"side": "council", "sides": (False, False), "is_refused": False, "needs_gate": False}

    assert bool(why_not_agree_variation(**{**usual, **facts})) == refused


def test_CON8_a_party_says_no_with_a_reason_until_both_have_agreed():
    assert why_not_refuse_variation("Too dear.", side="provider", is_over=False) == []
    assert why_not_refuse_variation(" ", side="council", is_over=False)[0].field == "because"
    assert why_not_refuse_variation("No.", side=None, is_over=False)
    assert why_not_refuse_variation("No.", side="council", is_over=True)


def test_CON9_the_provider_asks_before_anybody_else_does_a_part():
    assert why_not_ask_subcontract("A", "B", from_on=ON, side="provider") == []
    assert [reason.field for reason in why_not_ask_subcontract("", " ", from_on=None, side="provider")] == ["who", "what", "from_on"]
    assert why_not_ask_subcontract("A", "B", from_on=ON, side="council") == ["The provider asks for consent to sub-contract."]


def test_CON10_the_council_answers_once_and_in_writing():
    assert why_not_decide_subcontract("Yes.", is_decided=False, side="council") == []
    assert why_not_decide_subcontract("", is_decided=False, side="council")[0].field == "reason"
    assert why_not_decide_subcontract("Yes.", is_decided=True, side="council")
    assert why_not_decide_subcontract("Yes.", is_decided=False, side="provider")


def more_places(borough, contract, price, number=14, on=ON):
    return propose_variation(
        contract, kind="places", what="Two more places", why="They wait.", from_on=on, price=price, places=number,
        weekly_rate=Decimal("670.50"), by=borough.commissioner,
    )  # fmt: skip


def test_e13_a_variation_tells_the_service_its_places_when_both_have_agreed(borough):
    contract, price = a_priced_contract(borough)
    variation = more_places(borough, contract, price)
    assert agree_variation(variation, by=borough.commissioner).state == "With the provider"
    assert price.provision.terms.count() == 1

    agree_variation(variation, by=borough.provider_manager)

    price.refresh_from_db()
    variation.refresh_from_db()
    assert (variation.state, price.until_on) == ("Agreed", ON)
    assert [(terms.places, terms.weekly_rate, terms.until_on) for terms in price.provision.terms.order_by("from_on")] == [
        (12, Decimal(660), ON), (14, Decimal("670.50"), None)
    ]  # fmt: skip
    assert price.provision.terms.on(ON).get().rate_is_confirmed
    assert Price.objects.get(from_on=ON).confirmed_by == borough.commissioner
    assert outreach_a_year(contract) == 411_840  # by the price that holds today
    with clock.held_at(ON):
        assert outreach_a_year(contract) == Decimal("488124.00")
    assert price.provision.terms.on(ON).get().sign_off_chain == ["TM", "SM"]
    assert price.provision.places.open_on(ON).count() == 14
    assert price.provision.places.open_on(date(2026, 12, 31)).count() == 12
    for again in (borough.commissioner, borough.provider_manager):
        with pytest.raises(RuleBroken, match="agreed already"):
            agree_variation(variation, by=again)


def test_e13_fewer_beds_than_are_taken_is_a_sentence_and_nothing_changes(borough):
    hub = places.a_hub(borough)
    contract, price = a_priced_contract(borough, places=12)
    Price.objects.filter(pk=price.pk).update(provision=hub, places=3)
    price.refresh_from_db()
    places.a_bed_begun(borough, hub, number=3, weeks=60)
    variation = more_places(borough, contract, price, number=2)
    agree_variation(variation, by=borough.commissioner)

    with pytest.raises(RuleBroken, match="runs past"):
        agree_variation(variation, by=borough.provider_manager)

    variation.refresh_from_db()
    assert (variation.applied_at, variation.provider_agreed_at, Price.objects.count()) == (None, None, 1)


def test_f7_a_dearer_contract_is_a_difference_below_nothing(borough):
    before, _ = a_priced_contract(borough, slug="before", annual_value=Decimal(400_000))
    contract, _ = a_priced_contract(borough, follows=before)

    assert difference(contract).startswith("£400,000 − £411,840 = −£11,840.")


def test_a_refused_variation_changes_nothing_and_cannot_be_agreed(borough, sign_in):
    contract, price = a_priced_contract(borough)
    variation = more_places(borough, contract, price)
    client = sign_in(borough.provider_manager)
    assert "Say why not." in client.post(f"{variation.get_absolute_url()}/refuse", {"because": ""}).content.decode()

    client.post(f"{variation.get_absolute_url()}/refuse", {"because": "No staff."})

    assert "No staff." in client.get(variation.get_absolute_url()).content.decode()
    with pytest.raises(RuleBroken, match="was not agreed"):
        agree_variation(variation, by=borough.commissioner)
    with pytest.raises(RuleBroken):
        refuse_variation(variation, because="Again.", by=borough.commissioner)
    assert Price.objects.count() == 1


@pytest.mark.parametrize("who", ["finance", "head_of_service", "practitioner", "social_worker"])
def test_only_the_parties_people_agree(borough, sign_in, who):
    contract, price = a_priced_contract(borough)
    variation = more_places(borough, contract, price)

    assert sign_in(getattr(borough, who)).post(f"{variation.get_absolute_url()}/agree").status_code == 403
    with pytest.raises(RuleBroken, match="by the council and by the provider"):
        agree_variation(variation, by=getattr(borough, who))


def test_g2_g32_the_term_is_extended_within_its_option_after_its_gate(borough):
    contract, _ = a_priced_contract(borough)
    end = date(2029, 5, 31)
    longer = propose_variation(
        contract, kind="term", what="One more year", why="It works.", from_on=date(2028, 5, 1), new_end_on=end, by=borough.commissioner
    )
    with pytest.raises(RuleBroken, match="Decide the gate"):
        agree_variation(longer, by=borough.commissioner)
    gate = open_gate(contract, kind="extension", due_on=date(2027, 11, 30), by=borough.commissioner)
    for criterion in ("funding", "compliance"):
        add_evidence(gate, criterion=criterion, text="Shown.", is_met=True, by=borough.commissioner)
    decide_gate(gate, decision="go on", reason="It works.", despite="Reports were asked for again.", by=borough.commissioner)

    agree_variation(longer, by=borough.commissioner)
    agree_variation(longer, by=borough.provider_manager)

    contract.refresh_from_db()
    assert (contract.ends_on, contract.extended_on) == (end, date(2028, 5, 1))
    with pytest.raises(RuleBroken, match="option to extend"):
        propose_variation(
            contract, kind="term", what="Once more", why="Again.", from_on=end, new_end_on=date(2030, 5, 31), by=borough.commissioner
        )


def sold(borough, contract, price, buyer, number=2):
    return propose_variation(
        contract, kind="sale", what="Two places sold", why="Our own words.", from_on=ON, until_on=date(2027, 7, 1), price=price, places=number,
        weekly_rate=Decimal(720), buyer=buyer, by=borough.commissioner,
    )  # fmt: skip


def test_e13_a_sale_has_approval_price_and_end_and_each_council_sees_only_its_own(borough, sign_in):
    contract, price = a_priced_contract(borough)
    theirs, far = another_council(), a_council_without_people()
    sale, other = sold(borough, contract, price, theirs.authority), sold(borough, contract, price, far, number=3)
    url = sale.get_absolute_url()
    assert sign_in(theirs.commissioner).get(url).status_code == 404  # not agreed yet

    for variation in (sale, other):
        agree_variation(variation, by=borough.commissioner)
        agree_variation(variation, by=borough.provider_manager)

    client = sign_in(theirs.commissioner)
    page = client.get(url).content.decode()
    assert "£720" in page
    assert "Brightwater" in page
    assert "Our own words." not in page  # why, and who agreed, is the parties'
    assert "Commissioner" not in page.partition("<main")[2].partition("</main>")[0]
    assert url in client.get("/contracts").content.decode()
    assert client.get(other.get_absolute_url()).status_code == 404
    assert client.get("/contracts/art").status_code == 404
    for deed in ("agree", "refuse"):
        assert client.post(f"{url}/{deed}", {"because": "x"}).status_code == 404
    assert list(Variation.objects.visible_to(theirs.commissioner)) == [sale]
    assert not Variation.objects.visible_to(theirs.provider_manager).exists()


def test_e13_a_buyer_is_named_and_no_list_tells_who_uses_the_service(borough, sign_in):
    _, price = a_priced_contract(borough)
    far = a_council_without_people()
    client, url = sign_in(borough.commissioner), "/contracts/art/variations/new?kind=sale"
    typed = {"what": "Sold", "why": "Asked.", "from_on": "1 1 2027", "until_on": "1 7 2027", "price": price.pk, "places": "2", "weekly_rate": "720"}
    assert "Far Council" not in client.get(url).content.decode()
    for name, sentence in (("Nowhere Council", "No council of this name"), (borough.authority.name, "the other council that buys"), ("", "the other council that buys")):
        assert sentence in client.post(url, {**typed, "buyer": name}).content.decode()

    client.post(url, {**typed, "buyer": "far council"})

    assert Variation.objects.get().buyer == far


def test_e13_no_more_places_are_sold_than_there_are(borough):
    contract, price = a_priced_contract(borough, places=4)
    sold(borough, contract, price, a_council_without_people(), number=3)

    with pytest.raises(RuleBroken, match="1 of 4 places are not sold"):
        sold(borough, contract, price, another_council().authority, number=2)


def test_the_database_keeps_a_sale_and_an_agreement_whole(borough):
    contract, price = a_priced_contract(borough)
    variation = more_places(borough, contract, price)
    for wrong in ({"kind": "sale"}, {"applied_at": clock.now()}, {"council_agreed_at": clock.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Variation.objects.filter(pk=variation.pk).update(**wrong)


def test_bad_variations_are_sentences_and_nothing_typed_is_lost(borough, sign_in):
    _, price = a_priced_contract(borough)
    client = sign_in(borough.provider_manager)
    usual = {"what": "Kept words", "why": "Why", "from_on": "1 1 2027", "price": price.pk, "places": "14", "weekly_rate": "660"}

    for field, typed in (("weekly_rate", "0"), ("weekly_rate", "-660"), ("weekly_rate", "1e99"), ("places", "-1"), ("places", "9" * 30),
                         ("price", "77777"), ("price", "x"), ("from_on", "31 2 2027"), ("from_on", "1 1 1999")):  # fmt: skip
        answer = client.post("/contracts/art/variations/new", {**usual, field: typed})
        assert answer.status_code == 200, (field, typed)
        assert "Kept words" in answer.content.decode()
        assert "There is a problem" in answer.content.decode()
    assert not Variation.objects.exists()
    assert client.get("/contracts/art/variations/new?kind=nonsense").status_code == 200
    assert client.post("/contracts/art/variations/new", usual).status_code == 302
    assert client.get("/contracts/art/documents").content.decode().count("Kept words") == 1


def test_g15_nobody_else_does_a_part_without_consent_in_writing(borough, sign_in):
    contract, _ = a_priced_contract(borough)
    sign_in(borough.provider_manager).post("/contracts/art/subcontracts/new", {"who": "A practice", "what": "Speech", "from_on": "1 1 2027"})
    asked = Subcontract.objects.get()
    with pytest.raises(RuleBroken, match="The provider asks"):
        ask_subcontract(contract, who="A", what="B", from_on=ON, by=borough.commissioner)
    with pytest.raises(RuleBroken, match="council’s to give"):
        decide_subcontract(asked, is_consented=True, reason="Yes.", by=borough.provider_manager)
    client = sign_in(borough.commissioner)
    decide = f"/subcontracts/{asked.reference}/decide"
    assert "Write the conditions, or why not." in client.post(decide, {"is_consented": "yes", "reason": ""}).content.decode()

    client.post(decide, {"is_consented": "no", "reason": "Not this part."})

    asked.refresh_from_db()
    assert (asked.is_consented, asked.decided_by) == (False, borough.commissioner)
    assert "Not consented by Commissioner" in client.get("/contracts/art/documents").content.decode()
    with pytest.raises(RuleBroken, match="answered before"):
        decide_subcontract(asked, is_consented=True, reason="Yes.", by=borough.commissioner)
