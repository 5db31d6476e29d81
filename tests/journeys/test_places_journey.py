"""J5 and J1e, counted: a place allocated from the board, and a stay started at night."""

from datetime import time

import pytest

from core import clock
from referrals.actions.on_call import name_on_call
from referrals.models import EmergencyStart, Referral, Stay
from tests import people
from tests.journeys.conftest import set_clock
from tests.referrals import builders, places

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(("javascript", "width"), [(True, 1366), (False, 320)])
def test_j5_a_place_is_allocated_in_four_clicks_on_two_pages(walk, javascript, width):
    borough = people.a_borough()
    outreach = places.an_outreach(borough)
    referral = builders.a_waiting_referral(borough)
    walker = walk(javascript=javascript, width=width).be(borough.provider_manager)

    walker.open("/places")
    walker.click("Free now on Outreach 11", role="link")
    assert walker.sees("£7,920")
    walker.choose(f"{referral.reference}: Standard, first in the agreed order, 12 weeks agreed")
    walker.click("Allocate the place")

    assert walker.clicks <= 4
    assert Stay.objects.get().place == outreach.places.get(number=11)
    assert walker.sees(f"{referral.reference} has Outreach 11.")
    assert walker.sees(f"{referral.reference} week 1")
    if javascript:  # the checker itself needs scripts
        walker.check_access()
    walker.check_reflow()
    assert walker.problems == []


@pytest.mark.parametrize(("javascript", "known"), [(True, True), (False, True), (True, False), (False, False)])
def test_j1e_a_stay_starts_at_night_in_ten_clicks_or_fewer(walk, settings, javascript, known):
    borough = people.a_borough()
    places.a_hub(borough)
    child = builders.a_child(borough)
    tonight = clock.moment(clock.today(), time(17))
    name_on_call(
        authority=borough.authority, kind="service manager", person=borough.service_manager, telephone="01632 960000",
        from_at=tonight, until_at=tonight + 14 * clock.minutes(60), by=None,
    )  # fmt: skip
    set_clock(settings, clock.today())
    settings.CLOCK_TODAY = settings.CLOCK_TODAY.replace("T09:00", "T22:00")
    walker = walk(javascript=javascript).be(borough.service_manager)

    walker.open("/places/duty")
    walker.click("Start a stay here in Hub bed 1", role="link")
    if known:
        walker.choose(f"{child.full_name}, 14 ({child.reference})")
    else:
        walker.fill("Full name, or what they say it is", "Zznew Childname").fill("Date of birth", "3 4 2012")
    walker.fill("Risk tonight, and what keeps the child safe", "Nowhere safe to sleep.")
    walker.choose("Section 20 (care by agreement)")
    walker.fill("Who agreed, and who holds parental responsibility", "Mother, by telephone.")
    walker.fill("Impact on those who live there", "Nobody else lives there.")
    if javascript:
        walker.check_access()
    walker.click("Start the stay now")

    assert walker.clicks <= 10
    assert EmergencyStart.objects.get().stay == Stay.objects.get()
    assert walker.sees("Started in an emergency")
    assert Referral.objects.get().gaps()
    walker.be(borough.head_of_service).open("/")
    assert walker.sees("Sign second")
    assert walker.problems == []
