"""The Reviews tab of a contract, its deeds, and assessments: who opens what, and what bad input gets."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kpis.actions.assessment import begin_assessment, end_assessment, record_visit
from kpis.measures.to_do.reviews import to_call, to_write
from kpis.models import Assessment, ContractReview, ReviewPlan, ReviewRhythm, SiteVisit
from tests import people
from tests.conftest import TODAY
from tests.kpis.reviews import a_contract_with_lots, a_plan, a_review, held

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(borough):
    return a_plan(borough, begun_on=date(2026, 10, 1))


def test_g11_the_tab_begins_calls_settles_and_writes_up(client, borough):
    contract = a_contract_with_lots(borough)
    at = f"{contract.get_absolute_url()}/reviews"
    client.force_login(borough.commissioner)
    assert "No reviews are kept yet." in client.get(at).content.decode()

    client.post(f"{at}/begin", {"chair": borough.chair.pk, "provider": borough.provider_manager.pk})
    answer = client.post(f"{at}/call", {"on": "24 11 2026", "at": "14:00", "venue": "Room 1", "count": "1"}, follow=True)
    assert "Called for 24 November 2026" in answer.content.decode()
    review = held(borough, ContractReview.objects.get(), good=None)
    lot = contract.lots.get()
    assert [thing.label for thing in to_write(borough.commissioner)] == ["Write what a review found"]
    client.post(f"{at}/{review.meeting.reference}", {f"lot_{lot.pk}_is": "yes", f"lot_{lot.pk}_words": "All on time."})
    client.post(f"{at}/how-often", {"lot": lot.pk, "months": "3", "from_on": "1 12 2026", "because": "It does well."})

    page = client.get(at).content.decode()
    assert "Found satisfactory" in page
    assert "All on time." in page
    assert ReviewRhythm.objects.get().months == 3
    assert to_write(borough.commissioner) == []


def test_a_review_due_soon_is_on_to_do_until_it_is_called(borough, plan):
    plan.contract.state = "active"
    plan.contract.save()
    assert [(thing.label, thing.due) for thing in to_call(borough.commissioner)] == [("Call the review of Core service", date(2026, 11, 1))]

    a_review(borough, plan, date(2026, 12, 10))

    assert to_call(borough.commissioner) == []


def test_g12_the_provider_calls_an_urgent_review_and_nothing_else(client, borough, plan):
    client.force_login(borough.provider_manager)
    page = client.get(plan.get_absolute_url()).content.decode()
    assert "Call an urgent review" in page
    assert "Call reviews" not in page

    facts = {"on": "9 12 2026", "at": "10:00", "venue": "Room 1", "reason": "Three staff left."}
    page = client.post(f"{plan.get_absolute_url()}/urgent", facts, follow=True).content.decode()

    assert "Urgent, called by the provider: Three staff left." in page
    for deed in ("call", "how-often", "begin"):
        assert client.get(f"{plan.get_absolute_url()}/{deed}").status_code == 403


@pytest.mark.parametrize(
    ("deed", "typed", "says"),
    [
        ("call", {"on": "31 2 2027", "at": "x", "venue": "", "count": "0"}, "must be a real day"),
        ("call", {"on": "1 11 2026", "at": "10:00", "venue": "Room 1", "count": "1"}, "is in the past"),
        ("call", {"on": "1 12 2026", "at": "10:00", "venue": "Room 1", "count": "9" * 30}, "12"),
        ("urgent", {"on": "24 11 2026", "at": "10:00", "venue": "Room 1", "reason": "Words I typed."}, "Words I typed."),
        ("how-often", {"lot": "77", "months": "2", "from_on": "", "because": ""}, "Answer this question: Why?"),
    ],
)
def test_bad_input_gets_a_sentence_and_nothing_is_kept(client, borough, plan, deed, typed, says):
    client.force_login(borough.commissioner)

    answer = client.post(f"{plan.get_absolute_url()}/{deed}", typed)

    assert answer.status_code == 200
    assert says in answer.content.decode()
    assert not ContractReview.objects.exists()
    assert not ReviewRhythm.objects.exists()


def test_findings_that_are_missing_are_asked_for_beside_their_fields(client, borough, plan):
    review = held(borough, a_review(borough, plan, TODAY), good=None)
    client.force_login(borough.commissioner)

    page = client.post(review.get_absolute_url(), {f"lot_{plan.contract.lots.get().pk}_words": "Kept as typed."}).content.decode()

    assert "Say whether performance of Core service is satisfactory." in page
    assert "Kept as typed." in page


def test_g14_an_assessment_is_written_up_and_its_notes_are_not_the_providers(client, borough, plan):
    client.force_login(borough.commissioner)
    client.post(f"{plan.contract.get_absolute_url()}/assessments/new", {"why": "Two complaints."})
    one = Assessment.objects.get()
    answer = client.post(f"{one.get_absolute_url()}/visit", {"place": "The hub", "visited_on": "24 11 2027"})
    assert "Say who was spoken with." in answer.content.decode()
    client.post(f"{one.get_absolute_url()}/visit", {"place": "The hub", "visited_on": "24 11 2026", "spoken_with": ["staff"], "note": "Said apart."})
    assert "Said apart." in client.get(one.get_absolute_url()).content.decode()

    client.force_login(borough.provider_manager)
    assert client.get(one.get_absolute_url()).status_code == 404
    assert "Two complaints." not in client.get(plan.get_absolute_url()).content.decode()
    end_assessment(one, finding="Good on the whole.", by=borough.commissioner)
    page = client.get(one.get_absolute_url()).content.decode()
    assert "Good on the whole." in page
    assert "Said apart." not in page


def test_nobody_else_opens_them(client, borough, plan):
    review = held(borough, a_review(borough, plan, TODAY))
    one = begin_assessment(plan.contract, why="Why.", by=borough.commissioner)
    pages = [plan.get_absolute_url(), review.get_absolute_url(), one.get_absolute_url()]
    for person, statuses in (
        (borough.social_worker, [403, 403, 403]), (borough.finance, [200, 403, 200]),
        (people.a_borough("elsewhere").commissioner, [404, 404, 404]),
    ):  # fmt: skip
        client.force_login(person)
        assert [client.get(page).status_code for page in pages] == statuses


@pytest.mark.parametrize("rows", [1, 3])
def test_the_tab_asks_the_same_questions_however_many_reviews_there_are(client, borough, plan, rows):
    for month in range(1, rows + 1):
        held(borough, a_review(borough, plan, date(2027, month, 5)))
        done = begin_assessment(plan.contract, why="Why.", by=borough.commissioner)
        record_visit(done, place="x", visited_on=TODAY, spoken_with=["staff"], note="", by=borough.commissioner)
        end_assessment(done, finding="Well.", by=borough.commissioner)
    client.force_login(borough.commissioner)
    client.get(plan.get_absolute_url())

    with CaptureQueriesContext(connection, ) as asked:
        assert client.get(plan.get_absolute_url()).status_code == 200

    assert len(asked) <= 24
    assert ReviewPlan.objects.count() == 1
    assert SiteVisit.objects.count() == rows
