"""The pages of eligibility: seen by those who may, decided by one role."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from referrals.actions.eligibility import ask_for_exception
from referrals.models import EligibilityException
from tests.referrals.actions.test_eligibility import living, outreach

pytestmark = pytest.mark.django_db
__all__ = ["outreach"]


def test_a14_the_writer_asks_the_strategic_manager_decides_and_the_referral_goes(borough, outreach, sign_in):
    referral = living(borough, miles="23")
    at = referral.get_absolute_url()
    client = sign_in(borough.social_worker)
    page = client.get(f"{at}/check").content.decode()
    assert "The child lives 23 miles away, and the limit is 20." in page
    assert "Ask for an exception" in page

    client.post(f"{at}/eligibility/ask", {"criterion": "distance", "reason": "Three miles over."})
    asked = EligibilityException.objects.get()
    client = sign_in(borough.strategic_manager)
    assert referral.reference in client.get("/exceptions").content.decode()
    assert f"Decide on an exception for {referral.reference}" in client.get("/").content.decode()
    assert "Three miles over." in client.get(asked.get_absolute_url()).content.decode()
    answer = client.post(asked.get_absolute_url(), {"answer": "allow", "reason": "Near enough."})
    assert answer.url == "/exceptions"

    client = sign_in(borough.social_worker)
    page = client.get(f"{at}/eligibility").content.decode()
    assert "Allowed" in page
    assert "Near enough." in page
    assert client.post(f"{at}/check").url == f"{at}/sent"


def test_a14_a_decision_without_a_reason_is_refused_beside_its_field(borough, outreach, sign_in):
    referral = living(borough, miles="23")
    asked = ask_for_exception(referral, criterion="distance", reason="Near.", by=borough.social_worker)

    page = sign_in(borough.strategic_manager).post(asked.get_absolute_url(), {"answer": "allow", "reason": " "})

    assert page.status_code == 200
    asked.refresh_from_db()
    assert asked.is_allowed is None


def test_a_draft_comes_before_a_strategic_manager_only_when_an_exception_is_asked(borough, outreach, sign_in):
    referral = living(borough, miles="23")
    client = sign_in(borough.strategic_manager)
    assert client.get(f"{referral.get_absolute_url()}/eligibility").status_code == 404

    ask_for_exception(referral, criterion="distance", reason="Near.", by=borough.social_worker)

    assert client.get(f"{referral.get_absolute_url()}/eligibility").status_code == 200


def test_g22_an_exception_for_a_restricted_child_is_not_found(borough, outreach, sign_in):
    referral = living(borough, miles="23")
    asked = ask_for_exception(referral, criterion="distance", reason="Near.", by=borough.social_worker)
    type(referral.child).objects.filter(pk=referral.child_id).update(is_restricted=True, restricted_because="Staff.")
    client = sign_in(borough.strategic_manager)

    assert client.get(asked.get_absolute_url()).status_code == 404
    assert referral.reference not in client.get("/exceptions").content.decode()


def test_the_queue_asks_the_same_number_of_questions(borough, outreach, sign_in):
    client = sign_in(borough.strategic_manager)

    def ask():
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/exceptions").status_code == 200
        return len(queries)

    def one_more():
        ask_for_exception(living(borough, miles="23"), criterion="distance", reason="Near.", by=borough.social_worker)

    one_more()
    ask()
    one = ask()
    one_more()
    one_more()

    assert ask() == one
