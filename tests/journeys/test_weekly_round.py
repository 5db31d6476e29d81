"""J6: the week is confirmed for fifteen children with two exceptions, counted in a browser."""

from datetime import date

import pytest

from referrals.actions.journey import add_event
from referrals.models import JourneyEvent, JourneyWeek
from tests import people
from tests.referrals import builders, places

pytestmark = pytest.mark.django_db(transaction=True)
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


def fifteen_in_place():
    """A borough with fifteen children in place: thirteen seen this week, two with something written down."""
    borough = people.a_borough()
    outreach = places.an_outreach(borough, places=15)
    children = []
    for number in range(15):
        child = builders.a_child(borough, full_name=f"Child{number:02} Invented")
        places.a_place_given(borough, outreach, referral=builders.a_waiting_referral(borough, child=child))
        kind = "incident" if number in {4, 9} else "contact"
        add_event(child, kind=kind, on=TUESDAY, words="Written down by the worker.", by=borough.social_worker)
        children.append(child)
    return borough, children


@pytest.mark.parametrize("javascript", [True, False])
def test_j6_the_week_of_fifteen_children_in_nine_clicks_and_three_pages(walk, javascript):
    borough, children = fifteen_in_place()
    walker = walk(javascript=javascript)
    walker.be(borough.provider_manager).open("/")
    walker.pages = 0
    walker.page.on("framenavigated", lambda frame: setattr(walker, "pages", walker.pages + 1))

    walker.click("Confirm the week for 15 children", role="link")
    assert walker.page.locator("input[type=checkbox]:checked").count() == 13
    short = 0
    for child in (children[4], children[9]):
        row = walker.page.get_by_role("row").filter(has_text=child.reference)
        assert "An incident is written down" in row.inner_text()
        row.locator("summary").click()
        row.get_by_label("What changed").select_option("support")
        walker.clicks += 2
        for label, words in (("On which day", "24 11 2026"), ("In a few words", "Two visits a week.")):
            row.get_by_label(label).fill(words)
            short += 1
    walker.click("Confirm the week")

    assert walker.sees("15 weeks are confirmed.")
    assert walker.clicks <= 9, walker.clicks
    assert walker.pages <= 3, walker.pages
    assert short <= 4
    assert JourneyWeek.objects.filter(week_on=MONDAY, is_same=True).count() == 13
    assert JourneyEvent.objects.filter(kind="support").count() == 2
    text = walker.text()
    unseen = text[text.index("Confirmed without contact") :]
    assert children[4].reference in unseen
    assert children[0].reference not in unseen.split("Confirmed 15")[0]
    if javascript:  # the checks themselves are a script
        walker.check_access()
    assert walker.problems == []
