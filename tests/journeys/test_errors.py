"""Q1: a form with mistakes in it, in a browser: a summary that leads to each field, the same without scripts, and accessible."""

import pytest

from tests.journeys.test_whole_line import a_borough_in_service
from tests.referrals import builders

pytestmark = pytest.mark.django_db(transaction=True)


def adding(borough):
    """A child is added with nothing said."""
    return borough.social_worker, "/children/new", {}


def planning(borough):
    """What helps meanwhile is written, and whom to ring is not."""
    referral = builders.a_waiting_referral(borough)
    return borough.provider_manager, f"/waiting-list/{referral.reference}/plan", {"textarea": "Words that stay."}


def returning(borough):
    """A referral is sent back without a word."""
    referral = builders.a_sent_referral(borough)
    return borough.team_manager, f"/referrals/{referral.reference}/return", {}


SUMMARY = ".govuk-error-summary"


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("form", [adding, planning, returning])
def test_q1_mistakes_are_summed_up_beside_their_fields_and_accessible(walk, javascript, form):
    who, url, typed = form(a_borough_in_service())
    walker = walk(javascript=javascript).be(who).open(url)
    page = walker.page
    for selector, words in typed.items():
        page.locator(selector).first.fill(words)

    page.locator("main form button").last.click()
    page.wait_for_load_state()

    assert page.title().startswith("Error: ")
    summary = page.locator(SUMMARY)
    assert summary.count() == 1
    assert summary.get_by_role("heading", name="There is a problem").is_visible()
    links = summary.get_by_role("link")
    assert links.count() >= 1
    for n in range(links.count()):
        link = links.nth(n)
        field = page.locator(link.get_attribute("href"))
        assert field.count() == 1
        says_beside(page, field, link.inner_text())
    for selector, words in typed.items():
        assert page.locator(selector).first.input_value() == words
    if javascript:
        leads_by_keyboard(page, links.first)
        walker.check_access()
        page.set_viewport_size({"width": 320, "height": 640})
        walker.check_reflow()
    assert walker.problems == []


def leads_by_keyboard(page, link):
    """The summary has the focus, and its link puts the cursor in the field."""
    assert page.evaluate("document.activeElement.matches('.govuk-error-summary')")
    link.click()
    assert page.evaluate("document.activeElement.id") == link.get_attribute("href")[1:]


def says_beside(page, field, words):
    """The same sentence stands at the field, and a reader of the field hears it."""
    control = field if field.get_attribute("aria-describedby") else field.locator("xpath=ancestor::fieldset[1]")
    described = (control.get_attribute("aria-describedby") or "").split()
    heard = " ".join(page.locator(f"#{one}").inner_text() for one in described)
    assert words in heard, (words, heard)
    assert field.get_attribute("aria-invalid") == "true" or control.evaluate("element => element.tagName") == "FIELDSET"
