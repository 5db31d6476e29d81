"""Pages of payments and of what is held back, as each of the three people opens them."""

from datetime import date

import pytest

from contracts.actions.payment import decide_achievement
from contracts.actions.payment_change import pause_payment
from contracts.models import Payment, Release
from core import clock
from tests.contracts import money
from tests.people import a_borough

pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(borough):
    made = money.a_priced_contract(borough)
    money.a_budget(made, 80_000, by=borough.commissioner)
    money.a_budget(made, 40_000, kind="pilot", by=borough.commissioner)
    return made


def text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_calculation_is_shown_before_and_after_it_is_decided(borough, contract, sign_in):
    payment = money.a_raised_payment(borough, contract)
    url = payment.get_absolute_url()

    before = text(sign_in(borough.commissioner).get(url))
    for words in ("What is due when all is achieved", "Core 2026/27, a quarter of £80,000", "£30,000", "−£1,500", "£28,500", "Less 5% held back"):
        assert words in before
    assert "How much of what was agreed was achieved?" in before
    for who in ("provider_manager", "finance", "head_of_service", "chair"):
        seen = text(sign_in(borough.people[who]).get(url))
        assert "Next: a commissioner decides what was achieved" in seen
        assert "How much of what was agreed" not in seen


def test_the_three_people_each_find_their_step_and_nothing_typed_is_lost(borough, contract, sign_in):
    url = money.a_raised_payment(borough, contract).get_absolute_url()
    refused = sign_in(borough.commissioner).post(url, {"deed": "decide", "achieved": "part", "withheld": "abc", "because": "Zebra."})
    assert "must be an amount of money" in text(refused)
    assert "Zebra." in text(refused)
    refused = sign_in(borough.commissioner).post(url, {"deed": "decide", "achieved": "part", "withheld": "£28,500", "because": ""})
    assert "less than £28,500.00" in text(refused)
    assert "Say what was not achieved" in text(refused)

    assert sign_in(borough.commissioner).post(url, {"deed": "decide", "achieved": "part", "withheld": "£500", "because": "Late."}).status_code == 302
    page = text(sign_in(borough.provider_manager).get(url))
    assert "Late." in page
    assert "£28,000" in page
    sign_in(borough.provider_manager).post(url, {"deed": "invoice", "number": "7", "amount": "28,500", "on": "24 11 2026"})
    page = text(sign_in(borough.commissioner).get(url))
    assert "It is £500.00, 1.8% more than is due" in page
    sign_in(borough.provider_manager).post(url, {"deed": "invoice", "number": "8", "amount": "28,000", "on": "24 11 2026"})
    assert "matches what is due to the penny" in text(sign_in(borough.commissioner).get(url))
    sign_in(borough.commissioner).post(url, {"deed": "approve"})
    assert "Approve for finance" in text(sign_in(borough.finance).get(url))
    sign_in(borough.finance).post(url, {"deed": "clear"})
    sign_in(borough.finance).post(url, {"deed": "outcome", "outcome": "paid", "on": "24 11 2026"})
    assert Payment.objects.get().state == "paid"
    assert "Paid on 24 November 2026" in text(sign_in(borough.provider_manager).get(url))


def test_a_posted_deed_of_nobody_and_a_second_press_change_nothing(borough, contract, sign_in):
    payment = money.an_invoiced_payment(borough, contract)
    url = payment.get_absolute_url()
    assert sign_in(borough.commissioner).post(url, {"deed": "nonsense"}).status_code == 403
    assert sign_in(borough.chair).post(url, {}).status_code == 403
    assert sign_in(borough.social_worker).get(url).status_code == 404

    for _ in range(2):
        assert sign_in(borough.commissioner).post(url, {"deed": "approve", "idempotency_key": "k"}).status_code == 302
    assert "approved before" in text(sign_in(borough.commissioner).post(url, {"deed": "approve", "idempotency_key": "other"}))


def test_another_council_and_another_provider_find_nothing(borough, contract, sign_in):
    url = money.an_invoiced_payment(borough, contract).get_absolute_url()
    elsewhere = a_borough("elsewhere")

    for person in (elsewhere.commissioner, elsewhere.provider_manager, elsewhere.finance):
        for page in (url, "/contracts/art/payments", "/contracts/art/retention", f"{url}/pause"):
            assert sign_in(person).get(page).status_code == 404


def test_a_dispute_is_paused_and_settled_on_the_page(borough, contract, sign_in):
    url = money.an_invoiced_payment(borough, contract).get_absolute_url()
    client = sign_in(borough.commissioner)
    assert "Say what is disputed" in text(client.post(f"{url}/pause", {"because": " "}))
    client.post(f"{url}/pause", {"because": "Two counts differ."})

    page = text(client.get(url))
    assert "In dispute under clause 59" in page
    assert "Approve for the commissioner" not in page
    client.post(f"{url}/resume", {"because": "Counted together."})
    assert "Approve for the commissioner" in text(client.get(url))


def test_corrections_take_a_minus_sign_as_people_type_it(borough, contract, sign_in):
    first = money.a_paid_payment(borough, contract, "2026-27-q1")
    second = money.an_invoiced_payment(borough, contract)
    client = sign_in(borough.commissioner)

    assert client.post(f"{first.get_absolute_url()}/correct", {"amount": "−£300", "because": "Twice."}).status_code == 302

    page = text(client.get(second.get_absolute_url()))
    assert "Correction of Quarter 1, April to June 2026: Twice." in page
    assert "£28,200" in page


def test_the_year_adds_up_on_the_list(borough, contract, sign_in):
    money.a_paid_payment(borough, contract, "2026-27-q1")
    decide_achievement(money.a_raised_payment(borough, contract), achieved="none", because="x", by=borough.commissioner)

    page = text(sign_in(borough.finance).get("/contracts/art/payments"))

    for words in ("2026/27", "£60,000", "£3,000", "£28,500", "Nothing to pay"):
        assert words in page


def test_the_lists_ask_the_same_of_the_database_for_three_as_for_one(borough, contract, sign_in, django_assert_max_num_queries):
    client = sign_in(borough.finance)
    counts = []
    for periods in (["2026-27-q1"], ["2026-27-q2", "2025-26-q4"]):
        for period in periods:
            money.a_raised_payment(borough, contract, period)
        client.get("/contracts/art/payments")
        for page in ("/contracts/art/payments", "/contracts/art/retention"):
            with django_assert_max_num_queries(14) as asked:
                client.get(page)
            counts.append(len(asked))
    assert counts[:2] == counts[2:]


def test_the_invoice_officer_is_chosen_from_those_who_may_read(borough, contract, sign_in):
    client = sign_in(borough.commissioner)
    page = text(client.get("/contracts/art/invoice-officer"))
    assert "Finance" in page
    assert "Social Worker" not in page

    client.post("/contracts/art/invoice-officer", {"person": borough.finance.pk})

    assert "<strong>Finance</strong>" in text(client.get("/contracts/art/payments"))


def test_what_is_held_back_goes_from_evidence_to_decision_to_reply(borough, contract, sign_in):
    budget = contract.budgets.get(lot__kind="core")
    money.a_paid_payment(borough, contract)
    url = f"/contracts/art/retention/{budget.reference}"
    assert "Evidence is sent from 1 April 2027 on" in text(sign_in(borough.provider_manager).get(url))

    with clock.held_at(date(2027, 4, 1)):
        assert "has not sent evidence yet" in text(sign_in(borough.commissioner).get(url))
        sign_in(borough.provider_manager).post(url, {"deed": "evidence", "evidence": "The returns."})
        refused = sign_in(borough.commissioner).post(url, {"deed": "release", "release": "part", "amount": "1000", "because": ""})
        assert "less than the £1,000.00 that is held" in text(refused)
        sign_in(borough.commissioner).post(url, {"deed": "release", "release": "part", "amount": "400", "because": "One outcome."})
        sign_in(borough.provider_manager).post(url, {"deed": "reply", "reply": "We think not."})
        page = text(sign_in(borough.finance).get(url))

    assert Release.objects.get().payment.kind == "retention"
    for words in ("Part released: £400 of £1,000", "One outcome.", "We think not."):
        assert words in page


def test_a_paused_payment_stands_on_nobodys_list_of_things_to_do(borough, contract, sign_in):
    payment = money.an_invoiced_payment(borough, contract)
    assert "Approve the invoice for Quarter 2" in text(sign_in(borough.commissioner).get("/"))

    pause_payment(payment, because="x", by=borough.commissioner)

    assert "Approve the invoice for" not in text(sign_in(borough.commissioner).get("/"))
