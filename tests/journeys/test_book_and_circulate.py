"""J3b and J3c in a browser: a referral booked from To do, and an agenda built, checked and circulated; counted."""

import pytest

from core.models import Message
from panels.models import AgendaItem, Meeting
from tests.journeys.test_sign_and_triage import Count, looks, within
from tests.panels import builders as panels
from tests.people import a_borough
from tests.referrals import builders as referrals

pytestmark = pytest.mark.django_db(transaction=True)
WAYS = pytest.mark.parametrize(
    ("javascript", "width"), [(True, 1366), (False, 320)], ids=["scripts", "phone without scripts"]
)
REFERRALS = 6


def a_walker(walk, javascript, width):
    """A browser of this width, with or without scripts."""
    return walk(javascript=javascript, width=width)


@WAYS
def test_a_referral_is_booked_and_the_agenda_checked_and_circulated(walk, javascript, width):
    borough = a_borough()
    meeting = panels.a_called_meeting(borough, lasts_minutes=120)
    for _ in range(REFERRALS - 1):
        panels.list_referral(referrals.a_signed_off_referral(borough), meeting, by=borough.panel_administrator)
    ready = referrals.a_signed_off_referral(borough)
    walker = a_walker(walk, javascript, width)

    walker.be(borough.panel_administrator).open("/")
    booking, page = Count(walker), walker.page
    booking.click(page.get_by_role("link", name=f"Book {ready.reference} onto a panel").first)
    looks(walker, javascript)
    booking.click(page.get_by_text("8 slots left"))
    booking.click(page.get_by_role("button", name="Book the referral"))
    assert AgendaItem.objects.get(referral=ready).meeting == meeting
    assert within(booking.budget, (3, 2, 0)), booking.budget

    looks(walker, javascript)
    circulating = Count(walker)
    circulating.click(page.get_by_role("button", name="Check and circulate"))
    looks(walker, javascript)
    assert walker.sees("6 of 6 in.")
    circulating.click(page.get_by_role("button", name="Circulate to 3 people"))
    assert walker.sees("Circulated.")
    assert Meeting.objects.get(pk=meeting.pk).status == "circulated"
    assert Message.objects.filter(kind="meeting.agenda").count() == 3
    assert within(circulating.budget, (10, 3, 0)), circulating.budget
    assert walker.problems == []
