"""Pages of the register: what each reader sees, what is refused beside its field, and nothing typed lost."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contracts.actions.benefit import validate_benefit
from contracts.models import Benefit, BenefitValidation, Escalation
from contracts.models.benefit_register import fingerprint, register
from core import clock
from referrals.actions.provision import add_provision
from referrals.models import SustainedCheck
from tests.access.scene import a_contract as after_another
from tests.contracts.benefit_builders import (
    a_benefit,
    a_child_who_moved,
    a_contract,
    a_stated_benefit,
)
from tests.people import a_borough
from tests.referrals.builders import a_child, a_waiting_referral
from tests.referrals.journeys import a_home, a_written_journey

pytestmark = pytest.mark.django_db
D = Decimal
TYPED = {
    "kind": "cashable", "what": "A move 🙂 to a family", "baseline": "A children’s home", "baseline_weekly": "£3,500",
    "baseline_source": "Price list", "budget_line": "Placements", "starts_on": "1 6 2026", "baseline_ends_on": "1 1 2027", "forecast": "-1,200",
    "attribution": "100", "outcome": "from:foster",
}  # fmt: skip


def read(page, address="/benefits"):
    answer = page.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("who", ["commissioner", "head_of_service", "chair", "finance", "auditor"])
def test_h4_the_register_keeps_kinds_apart_for_each_reader(borough, sign_in, who):
    contract = a_contract(borough)
    child = a_child_who_moved(borough)
    benefit = a_benefit(borough, child, contract=contract, what="Words about a child.")
    (row,) = register(Benefit.objects.filter(pk=benefit.pk))
    validate_benefit(benefit, shown=fingerprint(row), by=borough.finance)
    a_stated_benefit(borough, contract, is_modelled=True, modelled_for="2019/20", forecast=D(359_000), what="The whole provision")

    page = read(sign_in(borough.people[who]))

    assert "£68,011.43" in page
    assert "£359,000" in page
    assert "£427,011.43" not in page
    assert ("Words about a child." in page) is (who in {"head_of_service", "finance"})
    assert (child.reference in page) is (who == "head_of_service")
    assert ("Record a benefit" in page) is (who in {"commissioner", "head_of_service"})
    detail = read(sign_in(borough.people[who]), benefit.get_absolute_url())
    assert ("A children’s home going on" in detail) is (who in {"head_of_service", "finance"})
    assert ("Validate a figure" in detail) is (who == "finance")


def test_f7_the_difference_from_the_contract_before_is_a_query_and_no_saving(borough, sign_in):
    outreach = add_provision(slug="o", authority=borough.authority, kind="outreach", name="Outreach", provider=borough.provider, by=None)
    after_another(borough, outreach, "art", borough.provider)

    page = read(sign_in(borough.commissioner))

    assert "A query, and not a saving" in page
    assert "£450,000 − £137,280 = £312,720" in page


def test_a_benefit_is_recorded_with_the_childs_reference_and_what_is_refused_stands_beside_its_field(borough, sign_in):
    contract, child = a_contract(borough), a_child_who_moved(borough)
    page = sign_in(borough.head_of_service)
    typed = TYPED | {"contract": contract.pk, "child": child.reference.lower().replace("-", " ")}

    refused = page.post("/benefits/new", typed | {"baseline_ends_on": "1 6 2026", "outcome": "instead:foster", "attribution": "0"})
    words = refused.content.decode()
    assert refused.status_code == 200
    for sentence in ("after the first day", "Instead of it is avoidance", "more than 0 and at most 100", "A move 🙂 to a family", "-1,200"):
        assert sentence in words
    assert not Benefit.objects.exists()

    for _ in range(2):
        page.post("/benefits/new", typed | {"idempotency_key": "k1"})
    benefit = Benefit.objects.get()
    assert (benefit.child, benefit.forecast, benefit.owner, benefit.attribution) == (child, D(-1200), borough.head_of_service, 100)
    again = page.post("/benefits/new", typed | {"idempotency_key": "k2"})
    assert "counted in another benefit of this child" in again.content.decode()


@pytest.mark.parametrize("field", ["forecast", "baseline_weekly", "attribution", "starts_on", "kind", "contract", "owner", "child"])
def test_whatever_is_typed_is_answered_with_a_sentence(borough, sign_in, field):
    contract = a_contract(borough)
    for bad in ("NaN", "1e99", "9" * 400, "<script>", "\x00", "Infinity"):
        answer = sign_in(borough.head_of_service).post("/benefits/new", TYPED | {"contract": contract.pk, "child": "", "outcome": "", field: bad})
        assert answer.status_code == 200
        assert "There is a problem" in answer.content.decode()
    assert not Benefit.objects.exists()


def test_f2_the_baseline_is_taken_from_the_journey_without_the_service(borough, sign_in):
    contract, child = a_contract(borough), a_child(borough)
    a_written_journey(child)
    typed = TYPED | {"contract": contract.pk, "child": child.reference, "kind": "non-cashable", "outcome": "instead:foster"}

    sign_in(borough.head_of_service).post(
        "/benefits/new", typed | {"baseline": "", "baseline_weekly": "", "baseline_source": "", "starts_on": "", "baseline_ends_on": "1 4 2027"}
    )

    benefit = Benefit.objects.get()
    assert (benefit.baseline, benefit.baseline_weekly, benefit.baseline_source) == ("A children’s home", D(3500), "A home without support.")


def test_a_commissioner_enters_no_childs_benefit_and_changes_none(borough, sign_in):
    benefit = a_benefit(borough)
    page = sign_in(borough.commissioner)

    assert 'name="child"' not in read(page, "/benefits/new")
    assert page.get(f"{benefit.get_absolute_url()}/change").status_code == 404
    page.post("/benefits/new", TYPED | {"contract": benefit.contract.pk, "child": benefit.child.reference, "kind": "non-cashable"})
    assert Benefit.objects.latest("pk").child is None


def test_a_child_that_is_not_ones_to_see_and_one_that_is_not_there_are_answered_alike(borough, sign_in):
    contract, theirs = a_contract(borough), a_child_who_moved(a_borough("elsewhere"))
    page = sign_in(borough.head_of_service)

    answers = [page.post("/benefits/new", TYPED | {"contract": contract.pk, "child": r}).content.decode() for r in (theirs.reference, "QQQ-QQQ")]

    assert all("no child of that reference whose record you may see" in answer for answer in answers)
    assert not Benefit.objects.exists()


def test_BEN8_of_two_who_change_it_at_once_one_is_told_and_keeps_what_was_typed(borough, sign_in):
    benefit = a_benefit(borough)
    page, address = sign_in(borough.head_of_service), f"{benefit.get_absolute_url()}/change"
    begun = page.get(address).context["form"]["begun_from"].value()
    typed = TYPED | {"begun_from": begun, "outcome": "from:foster"}

    assert page.post(address, typed | {"what": "The first", "forecast": "10"}).status_code == 302
    second = page.post(address, typed | {"what": "The second 🙂"}).content.decode()

    assert "Somebody changed this benefit while you were typing" in second
    assert "The second 🙂" in second
    benefit.refresh_from_db()
    assert (benefit.what, benefit.forecast) == ("The first", D(10))


def test_h4_finance_validates_the_figure_on_its_page_and_a_second_press_does_nothing_more(borough, sign_in):
    benefit = a_benefit(borough)
    page = sign_in(borough.finance)
    address = f"{benefit.get_absolute_url()}/validate"
    shown = page.get(address).context["form"]["shown"].value()
    assert "£68,011.43" in read(page, address)

    assert "has changed" in page.post(address, {"shown": "0" * 64}).content.decode()
    for _ in range(2):
        assert page.post(address, {"shown": shown, "note": "Ledger", "idempotency_key": "k"}).status_code == 302
    assert BenefitValidation.objects.get().note == "Ledger"
    assert "validated before" in read(page, address)
    assert sign_in(borough.commissioner).post(address, {"shown": shown}).status_code == 403


def test_the_page_refuses_the_hub_before_its_price_and_shows_the_other_reading(borough, sign_in):
    contract, child = a_contract(borough), a_child(borough)
    a_home(child, kind="hub", starts_on=clock.today() - 42 * clock.ONE_DAY, rate=D(5200), is_registered=True)
    benefit = a_benefit(borough, child, contract=contract, starts_on=clock.today() - 42 * clock.ONE_DAY, kind="non-cashable")

    page = read(sign_in(borough.commissioner), benefit.get_absolute_url())

    assert "−£10,200" in page
    assert "£10,600" in page
    assert "price is not confirmed" in read(sign_in(borough.finance), f"{benefit.get_absolute_url()}/validate")


def test_h5_it_is_put_to_the_board_from_its_page_and_both_pages_lead_to_each_other(borough, sign_in):
    benefit = a_benefit(borough, forecast=D(200_000))
    page = sign_in(borough.commissioner)
    address = f"{benefit.get_absolute_url()}/escalate"
    assert "less than was forecast by now" in read(page, address)

    typed = {"what": "Go on or stop", "why": "Less than forecast.", "wanted_by": "1 1 2027"}
    assert "from today on" in page.post(address, typed | {"wanted_by": "1 1 2020"}).content.decode()
    page.post(address, typed | {"idempotency_key": "k"})
    asked = Escalation.objects.get()

    assert (asked.benefit, asked.board) == (benefit, "bmb")
    assert benefit.get_absolute_url() in read(page, asked.get_absolute_url())
    assert asked.get_absolute_url() in read(page, benefit.get_absolute_url())
    assert "waits at the board already" in read(page, address)


def test_stating_and_closing_from_the_pages(borough, sign_in):
    benefit = a_stated_benefit(borough)
    page = sign_in(borough.commissioner)

    assert "Say where the figure comes from" in page.post(f"{benefit.get_absolute_url()}/actual", {"amount": "-50", "until": "1 10 2026"}).content.decode()
    page.post(f"{benefit.get_absolute_url()}/actual", {"amount": "-50", "until": "1 10 2026", "source": "Claims"})
    page.post(f"{benefit.get_absolute_url()}/close", {"on": "1 11 2026", "because": "It ended."})
    benefit.refresh_from_db()

    assert (benefit.stated, benefit.closed_because) == (D(-50), "It ended.")
    assert "Somebody stopped counting it".lower() in read(page, benefit.get_absolute_url()).lower()


def test_f25_how_things_held_stands_beside_without_the_words(borough, sign_in):
    benefit = a_benefit(borough)
    referral = a_waiting_referral(borough, child=benefit.child)
    SustainedCheck.objects.create(
        child=benefit.child, referral=referral, months=3, due_on=clock.today(), lives="At a secret place.", is_sustained="yes",
        came_back="no", checked_at=clock.now(), checked_by=borough.social_worker,
    )  # fmt: skip

    page = read(sign_in(borough.commissioner), benefit.get_absolute_url())

    assert "3 months" in page
    assert "At a secret place." not in page


def test_the_list_asks_the_same_of_the_database_for_three_as_for_one(borough, sign_in):
    page, contract, counts = sign_in(borough.commissioner), a_contract(borough), []
    for number in (1, 3):
        while Benefit.objects.count() < number:
            a_benefit(borough, contract=contract)
        read(page)
        with CaptureQueriesContext(connection) as asked:
            read(page)
        counts.append(len(asked))
    assert counts[0] == counts[1]
