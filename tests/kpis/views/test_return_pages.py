"""Pages of returns, as the provider writes them and the commissioner reviews them."""

import pytest

from contracts.models import Payment
from core import clock
from kpis.actions.provider_return import save_return
from kpis.models import Return
from tests.contracts import money
from tests.kpis.returns import PERIOD, a_sent_return, accepted, an_accepted_return, an_open_return
from tests.people import a_borough
from tests.referrals import builders

pytestmark = pytest.mark.django_db
PAGE, REVIEW = f"/contracts/art/returns/{PERIOD}", f"/contracts/art/reviews/{PERIOD}"


@pytest.fixture
def contract(borough):
    made = money.a_priced_contract(borough, kinds=("core",))
    money.a_budget(made, 120_000, by=borough.commissioner)
    return made


def text(answer):
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_provider_writes_saves_and_sends(borough, contract, sign_in):
    an_open_return(contract)
    client = sign_in(borough.provider_manager)
    page = text(client.get(PAGE))
    for words in ("Quarter 2, July to September 2026", "Late", "How we counted", "Send return", "Outreach places in use"):
        assert words in page

    saved = client.post(f"{PAGE}/save", {"version": "0", "commentary": "Half a sen"})
    assert saved.json()["version"] == 1
    typing = {"X-Requested-With": "fetch"}
    assert client.post(f"{PAGE}/save", {"version": "0", "commentary": "x"}, headers=typing).status_code == 409
    assert "Half a sen" in text(client.get(PAGE))
    assert client.post(PAGE, {"version": "1", "commentary": "Half a sentence.", "later": "yes"}).status_code == 302
    assert client.post(PAGE, {"version": "2", "commentary": "A sentence.", "idempotency_key": "k"}).status_code == 302

    of = Return.objects.get()
    assert (of.state, of.commentary) == ("sent", "A sentence.")
    assert "Frozen as version 1" in text(client.get(PAGE))
    assert client.post(f"{PAGE}/save", {"version": "3", "commentary": "x"}).status_code == 422


def test_what_is_refused_stands_beside_its_field_with_what_was_typed(borough, contract, sign_in):
    an_open_return(contract)
    client = sign_in(borough.provider_manager)

    page = text(client.post(PAGE, {"version": "0", "complaints": "Two children complained. Zebra.", "other": "x" * 2001}))
    assert "must be 2,000 characters or fewer" in page
    assert "Zebra." in page
    page = text(client.post(PAGE, {"version": "0", "complaints": "Two children complained. Zebra."}))

    assert "count of 1 to 5 children" in page
    assert "Zebra." in page
    assert Return.objects.get().state == "draft"


@pytest.mark.parametrize("version", ["", "-1", "x", "99999999999999999999", "\u0661"])
def test_a_version_that_is_no_number_is_a_conflict_and_no_error(borough, contract, sign_in, version):
    of = an_open_return(contract)
    save_return(of, texts={"other": "Theirs."}, words={}, saves=0, by=borough.provider_manager)
    client = sign_in(borough.provider_manager)

    page = text(client.post(PAGE, {"version": version, "other": "Mine."}))

    for words in ("saved this return after you opened it", "Theirs.", "Mine."):
        assert words in page


def test_the_commissioner_sees_nothing_of_a_draft(borough, contract, sign_in):
    an_open_return(contract)
    client = sign_in(borough.commissioner)

    assert client.get(PAGE).status_code == client.get(REVIEW).status_code == 404
    assert "Quarter 2" not in text(client.get("/contracts/art/returns"))
    assert "The return for Quarter 2, July to September 2026 has not come" in text(client.get("/"))


@pytest.mark.parametrize(("who", "status"), [("finance", 403), ("chair", 403), ("social_worker", 403), ("practitioner", 403), ("administrator", 403)])
def test_nobody_else_opens_the_list(borough, contract, sign_in, who, status):
    assert sign_in(borough.people[who]).get("/contracts/art/returns").status_code == status
    assert sign_in(borough.people[who]).get(PAGE).status_code == 404


def said(of, verdict="accept"):
    return {f"verdict_{measure}": verdict for measure in of.rows.values_list("measure", flat=True)}


def test_every_row_is_decided_in_one_page_and_the_payment_is_next(borough, contract, sign_in):
    of = a_sent_return(borough, contract)
    client = sign_in(borough.commissioner)
    page = text(client.get(REVIEW))
    for words in ("1. Delivery and outcomes, core", "7. Any other issues", "Finish review", "Counted again"):
        assert words in page

    page = text(client.post(REVIEW, {"words": "Zebra."}))
    assert "Select accept or challenge." in page
    assert "Zebra." in page

    answer = client.post(REVIEW, said(of))
    assert answer.headers["Location"] == f"/contracts/art/payments/{PERIOD}"
    assert Payment.objects.get().evidence_reference == of.reference
    assert "Accepted" in text(client.get(REVIEW))


def test_all_green_rows_are_accepted_by_one_press_and_nothing_is_saved_yet(borough, contract, sign_in):
    of = a_sent_return(borough, contract)
    of.rows.filter(measure__in=["posts-filled", "sessions-held"]).update(rating="G")
    client = sign_in(borough.commissioner)

    page = text(client.post(REVIEW, {"green": "yes", "words": "Zebra."}))

    assert page.count("checked") == 2
    assert "Zebra." in page
    assert not of.rows.exclude(verdict="").exists()


def test_a_challenge_goes_to_the_provider_and_back(borough, contract, sign_in):
    of = a_sent_return(borough, contract)
    client = sign_in(borough.commissioner)
    page = text(client.post(REVIEW, said(of) | {"verdict_sessions-held": "challenge"}))
    assert "Say why you challenge it. The provider answers." in page
    client.post(REVIEW, said(of) | {"verdict_sessions-held": "challenge", "challenge_sessions-held": "We count fewer."})

    client = sign_in(borough.provider_manager)
    assert "Challenged: We count fewer." in text(client.get(PAGE))
    assert "Write an answer." in text(client.post(PAGE, {}))
    client.post(PAGE, {"answer_sessions-held": "Two were online."})

    client = sign_in(borough.commissioner)
    page = text(client.get(REVIEW))
    assert "Two were online." in page
    assert "Keep the challenge" in page
    assert client.post(REVIEW, said(of) | {"verdict_sessions-held": "challenge"}).headers["Location"].endswith(f"/payments/{PERIOD}")


def test_the_provider_does_not_review_and_the_commissioner_does_not_write(borough, contract, sign_in):
    of = a_sent_return(borough, contract)

    assert sign_in(borough.provider_manager).post(REVIEW, said(of)).status_code == 403
    assert sign_in(borough.commissioner).post(PAGE, {"commentary": "x"}).status_code == 302
    of.refresh_from_db()
    assert (of.state, of.commentary) == ("sent", "")


def test_small_counts_are_hidden_from_the_commissioner_on_both_pages(borough, contract, sign_in):
    builders.a_waiting_referral(borough)
    a_sent_return(borough, contract)

    for page in (PAGE, REVIEW):
        seen = text(sign_in(borough.commissioner).get(page))
        assert "1 child<" not in seen
        assert "means 1 to 5 children" in seen
    assert "1 child<" in text(sign_in(borough.provider_manager).get(PAGE))


def test_a_correction_stands_beside_the_figure(borough, contract, sign_in):
    an_accepted_return(borough, contract)
    client = sign_in(borough.provider_manager)
    url = f"{PAGE}/correct/sessions-held"
    assert "Correct “Sessions held”" in text(client.get(url))
    assert "Enter what the figure should have been" in text(client.post(url, {}))

    client.post(url, {"says": "12 sessions", "because": "Written down late."})

    page = text(sign_in(borough.commissioner).get(PAGE))
    for words in ("12 sessions", "Written down late."):
        assert words in page
    assert client.get(f"{PAGE}/correct/nothing").status_code == 404


def test_targets_are_entered_as_data(borough, contract, sign_in):
    client = sign_in(borough.commissioner)
    assert "No Performance Management Framework is entered" in text(client.get("/contracts/art/returns"))
    assert "Say where the target comes from" in text(client.post("/contracts/art/targets/new", {"measure": "posts-filled", "value": "95"}))

    client.post("/contracts/art/targets/new", {"measure": "posts-filled", "value": "95", "source": "PMF 3"})

    page = text(client.get("/contracts/art/returns"))
    assert "95%, higher is better" in page
    assert "No Performance Management Framework" not in page


def test_another_council_and_another_provider_find_nothing(borough, contract, sign_in):
    a_sent_return(borough, contract)
    elsewhere = a_borough("elsewhere")

    for person in (elsewhere.commissioner, elsewhere.provider_manager):
        for page in (PAGE, REVIEW, "/contracts/art/returns", f"{PAGE}/correct/sessions-held"):
            assert sign_in(person).get(page).status_code in {403, 404}


def test_the_list_asks_the_same_of_the_database_for_three_as_for_one(borough, contract, sign_in, django_assert_max_num_queries):
    client = sign_in(borough.commissioner)
    accepted(borough, a_sent_return(borough, contract, "2025-26-q4"))
    client.get("/contracts/art/returns")
    counts = []
    for periods in ([], ["2026-27-q1", PERIOD]):
        for period in periods:
            a_sent_return(borough, contract, period)
        with django_assert_max_num_queries(14) as asked:
            client.get("/contracts/art/returns")
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert clock.today()


def test_rows_that_nothing_rates_are_accepted_by_one_press_and_nothing_is_saved_yet(borough, contract, sign_in):
    of = a_sent_return(borough, contract)
    of.rows.filter(measure__in=["posts-filled", "sessions-held"]).update(rating="R")
    client = sign_in(borough.commissioner)

    page = text(client.post(REVIEW, {"unrated": "yes", "verdict_posts-filled": "challenge", "words": "Zebra."}))

    assert page.count("checked") == of.rows.count() - 1
    assert f"Accept the {of.rows.count() - 2} rows without a target" in page
    assert "Zebra." in page
    of.refresh_from_db()
    assert of.state == "sent"


@pytest.mark.parametrize("method", ["get", "post"])
def test_g13_a_return_of_a_quarter_that_has_not_ended_is_answered_with_a_sentence_and_nothing_is_opened(borough, contract, sign_in, method):
    client = sign_in(borough.provider_manager)
    before = Return.objects.count()

    answer = getattr(client, method)(f"/contracts/{contract.slug}/returns/2026-27-q3", follow=True)

    assert answer.redirect_chain == [(f"/contracts/{contract.slug}/returns", 302)]
    assert "Quarter 3, October to December 2026: the quarter has not ended, so there is nothing to report yet." in answer.content.decode()
    assert Return.objects.count() == before


@pytest.mark.parametrize("who", ["social_worker", "panel_administrator"])
def test_whoever_may_not_read_returns_is_not_told_of_one_that_is_not_there(borough, contract, sign_in, who):
    assert sign_in(getattr(borough, who)).get(f"/contracts/{contract.slug}/returns/2026-27-q3").status_code in {403, 404}


def test_an_address_that_names_no_quarter_is_not_found(borough, contract, sign_in):
    assert sign_in(borough.provider_manager).get(f"/contracts/{contract.slug}/returns/nonsense").status_code == 404
    assert sign_in(borough.provider_manager).get("/contracts/nobodys/returns/2026-27-q3").status_code == 404
