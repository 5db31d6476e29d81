"""trust G03: whoever waits too long for a row that somebody else holds reads so, and loses nothing that they typed."""

import threading

import pytest
from django.db import connection, transaction

from core.models import HeldPost
from referrals.models import ReferralTask
from tests.referrals import builders

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "Five hundred words about a child"


@pytest.fixture
def held(borough):
    """A draft's task whose row is held by somebody else's deed until the test is over."""
    referral = builders.a_draft_referral(borough)
    has_it, let_go = threading.Event(), threading.Event()

    def hold():
        with transaction.atomic():
            ReferralTask.objects.select_for_update().get(referral=referral, name="needs")
            has_it.set()
            let_go.wait(30)
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    has_it.wait(30)
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = 200")
    yield referral, let_go, other
    let_go.set()
    other.join()
    with connection.cursor() as cursor:
        cursor.execute("RESET lock_timeout")


def test_g03_a_wait_that_is_too_long_says_so_and_keeps_what_was_typed(borough, held, sign_in):
    referral, let_go, other = held
    client, at = sign_in(borough.social_worker), f"/referrals/{referral.reference}/tasks/needs"

    answer = client.post(at, {"story": WORDS, "version": "0"})

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "Somebody else is at work on this" in answer.content.decode()
    assert referral.tasks.get(name="needs").answers == {}
    let_go.set()
    other.join()
    page = client.get(at).content.decode()
    assert WORDS in page
    assert "What you typed here last was not saved" in page
    client.post(at, {"story": WORDS, "version": "0"})
    assert referral.tasks.get(name="needs").answers["story"] == WORDS
    assert not HeldPost.objects.exists()


def test_g03_any_other_fault_is_not_taken_for_a_wait(borough, sign_in, monkeypatch):
    def broken(*args, **kwargs):
        raise ZeroDivisionError

    monkeypatch.setattr("referrals.views.tasks.save_posted", broken)
    referral = builders.a_draft_referral(borough)
    client = sign_in(borough.social_worker)
    client.raise_request_exception = False

    answer = client.post(f"/referrals/{referral.reference}/tasks/needs", {"story": WORDS, "version": "0"})

    assert answer.status_code == 500
    assert not HeldPost.objects.exists()
