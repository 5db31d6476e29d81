"""Q4: a session that ended while somebody typed, in a browser, takes nothing from them."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from core.models import User
from referrals.models import Contact
from tests.journeys.test_whole_line import a_borough_in_service
from tests.referrals import builders

pytestmark = pytest.mark.django_db(transaction=True)
WORDS = "She rang at ten. " * 60


def left_for(**ago):
    """Every session was last used, and began, so long ago."""
    for row in Session.objects.all():
        session = SessionStore(row.session_key)
        session["began"] = session["seen"] = (timezone.now() - timedelta(**ago)).isoformat()
        session.save()


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("left", [{"minutes": 31}, {"hours": 13}, {"days": 3}])
def test_q4_what_was_typed_into_an_ended_session_is_there_after_signing_in(walk, settings, javascript, left):
    borough = a_borough_in_service()
    referral = builders.a_waiting_referral(borough)
    settings.DEMONSTRATION = True
    User.objects.filter(pk=borough.provider_manager.pk).update(is_demonstration=True)
    walker = walk(javascript=javascript).be(borough.provider_manager).open(f"/waiting-list/{referral.reference}/contact")
    page = walker.page
    page.locator("textarea").first.fill(WORDS)
    left_for(**left)

    page.locator("main form button").last.click()
    page.wait_for_url("**/sign-in?**")
    assert "You were signed out" in walker.text()
    page.get_by_role("button", name=f"Sign in as {borough.provider_manager.full_name}").click()
    page.wait_for_url("**/contact")

    assert page.locator("textarea").first.input_value().strip() == WORDS.strip()
    assert "What you typed here last was not saved" in walker.text()
    page.locator("main form button").last.click()
    page.wait_for_load_state()
    assert Contact.objects.get(referral=referral).note.strip() == WORDS.strip()
    assert walker.problems == []


def test_j12_signing_in_is_one_click_and_one_page(walk, settings):
    """One button, and the person is at To do; with a password two fields and one button."""
    borough = a_borough_in_service()
    settings.DEMONSTRATION = True
    User.objects.filter(pk=borough.chair.pk).update(is_demonstration=True)
    walker = walk().open("/")
    assert walker.page.url.endswith("/sign-in?next=/")

    walker.click(f"Sign in as {borough.chair.full_name}")

    assert (walker.clicks, walker.pages) == (1, 1)
    assert walker.page.url == f"{walker.url}/"
    assert walker.page.get_by_role("heading", level=1, name="To do").is_visible()


def test_j12_an_account_of_its_own_signs_in_with_two_fields_and_one_click(walk):
    borough = a_borough_in_service()
    borough.chair.set_password("a long and right pass phrase")
    borough.chair.save()
    walker = walk().open("/sign-in?next=/meetings")
    page = walker.page
    assert page.locator("main input:visible").count() == 2
    assert page.get_by_label("Password").get_attribute("autocomplete") == "current-password"

    walker.fill("Email", borough.chair.email).fill("Password", "a long and right pass phrase").click("Sign in")

    assert walker.clicks == 1
    assert page.url.endswith("/meetings")
