"""J8, counted: from the dashboard to the records behind a point; and the dashboard on paper."""

import pytest

from contracts.rules.quarters import quarter_from
from kpis.actions.release import release_figures
from tests import people
from tests.kpis.figures import QUARTER, an_indicator_with, decided
from tests.referrals import places

pytestmark = pytest.mark.django_db(transaction=True)
WAYS = [(True, 1366), (False, 1366), (True, 320), (False, 320)]


@pytest.mark.parametrize(("javascript", "width"), WAYS)
def test_j8_from_the_dashboard_to_the_records_behind_a_point_in_two_clicks(walk, javascript, width):
    borough = people.a_borough()
    places.an_outreach(borough)
    referrals = decided(borough, 3)
    walker = walk(javascript=javascript, width=width).be(borough.head_of_service)

    walker.open("/kpis?view=commissioner")
    walker.click("Days from referral to decision", role="link")
    walker.check_reflow()
    walker.click("August 2026 and the records behind it", role="link")

    assert walker.clicks == 2
    for referral in referrals:
        assert walker.page.get_by_role("link", name=referral.reference).is_visible()
    if javascript:
        walker.check_access()
    walker.check_reflow()
    assert walker.problems == []


def test_j8_a_commissioner_ends_at_references(walk):
    borough = people.a_borough()
    places.an_outreach(borough)
    referrals = decided(borough, 7)
    release_figures(borough.authority, quarter_from(QUARTER))
    walker = walk().be(borough.commissioner)

    walker.open("/kpis")
    walker.check_access()
    walker.click("Days from referral to decision", role="link")
    walker.check_access()
    walker.click("Quarter 2, July to September 2026 and the records behind it", role="link")

    assert walker.clicks == 2
    assert walker.sees("7 records")
    for referral in referrals:
        assert walker.page.get_by_text(referral.reference).is_visible()
        assert walker.page.get_by_role("link", name=referral.reference).count() == 0
    walker.check_access()
    assert walker.problems == []


def test_j8_by_keyboard_alone(walk):
    borough = people.a_borough()
    decided(borough, 3)
    walker = walk().be(borough.head_of_service)
    walker.open("/kpis?view=commissioner")

    for name, address in (
        ("Days from referral to decision", f"/kpis/days-to-decision?period={QUARTER}"),
        ("August 2026 and the records behind it", "/kpis/days-to-decision/2026-08"),
    ):
        walker.page.get_by_role("link", name=name).focus()
        walker.page.keyboard.press("Enter")
        walker.page.wait_for_url(f"**{address}")

    assert walker.sees("3 records")


@pytest.mark.parametrize("address", ["/kpis?view=all", "/kpis/outreach-occupancy", "/kpis/on-paper"])
def test_a22_on_paper_there_are_figures_and_no_navigation(walk, address):
    borough = people.a_borough()
    places.a_place_given(borough, places.an_outreach(borough))
    an_indicator_with(borough, "on-paper", 24)
    walker = walk().be(borough.head_of_service)
    walker.open(address)
    walker.page.emulate_media(media="print")
    walker.page.set_viewport_size({"width": 665, "height": 940})  # A4 within its margins

    assert walker.page.get_by_role("heading", level=1).is_visible()
    for hidden in (".govuk-service-navigation", ".filters-inline", ".foot", ".govuk-back-link", ".no-print"):
        found = walker.page.locator(hidden)
        assert not any(found.nth(n).is_visible() for n in range(found.count())), hidden
    wide = walker.page.evaluate("[...document.querySelectorAll('.page table, .page svg')].filter(e => e.getBoundingClientRect().right > 670).length")
    assert wide == 0
