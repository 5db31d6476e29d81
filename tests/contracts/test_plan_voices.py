"""What a young person said of the difference made stands on the page of their plan (002:909)."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contracts.actions.feedback import add_answers, use_evaluation
from contracts.models import FeedbackAnswer
from referrals.models import Stay
from tests.conftest import TODAY
from tests.contracts.registers import a_round
from tests.people import a_borough
from tests.referrals import places

pytestmark = pytest.mark.django_db
IMPACT = "I sleep now. I want to go back to football."


@pytest.fixture
def child(borough):
    return places.a_place_given(borough, places.an_outreach(borough)).child


def evaluated(borough, child, impact=IMPACT):
    one = a_round(borough, asked="young people") if not FeedbackAnswer.objects.exists() else FeedbackAnswer.objects.first().round
    (answer,) = add_answers(one, [{"given_on": TODAY, "route": "talk", "helped": 5, "child": child, "impact": impact}], by=borough.practitioner)
    return answer


def test_h16_an_evaluation_stands_on_the_plan_and_then_what_it_changed(borough, child, sign_in):
    answer = evaluated(borough, child)
    url = f"{child.get_absolute_url()}/plan"
    page = sign_in(borough.provider_manager).get(url).content.decode()
    for words in (IMPACT, "Not in the plan yet.", f"/feedback/evaluations/{answer.reference}", "said of the difference made"):
        assert words in page

    use_evaluation(answer, used_how="Football on Saturdays is an action.", by=borough.practitioner)

    page = sign_in(borough.provider_manager).get(url).content.decode()
    assert "In the plan since 24 November 2026: Football on Saturdays is an action." in page
    assert "/feedback/evaluations/" not in page


def test_h16_the_social_worker_reads_it_and_is_not_sent_where_they_cannot_go(borough, child, sign_in):
    evaluated(borough, child)
    page = sign_in(child.social_worker).get(f"{child.get_absolute_url()}/plan").content.decode()

    assert IMPACT in page
    assert "/feedback/evaluations/" not in page


def test_h16_another_childs_words_and_marks_stand_nowhere_on_it(borough, child, sign_in):
    provision = Stay.objects.get(child=child).place.provision
    other = places.a_place_given(borough, provision).child
    evaluated(borough, other, impact="Words of another.")
    page = sign_in(borough.provider_manager).get(f"{child.get_absolute_url()}/plan").content.decode()

    assert "Words of another." not in page
    assert "said of the difference made" not in page
    assert sign_in(a_borough("elsewhere").provider_manager).get(f"{child.get_absolute_url()}/plan").status_code == 404


def test_h16_the_page_asks_the_same_for_three_as_for_one(borough, child, sign_in):
    client = sign_in(borough.provider_manager)
    url = f"{child.get_absolute_url()}/plan"
    evaluated(borough, child)
    client.get(url)
    with CaptureQueriesContext(connection) as first:
        client.get(url)
    evaluated(borough, child)
    evaluated(borough, child)
    with CaptureQueriesContext(connection) as third:
        client.get(url)
    assert len(third) == len(first)
