"""A list's filters survive Back, with scripts and without."""

import pytest

from tests.referrals import builders

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("javascript", [True, False])
def test_l2_filters_survive_back_in_a_browser(borough, walk, javascript):
    draft, sent = builders.a_draft_referral(borough), builders.a_sent_referral(borough)
    page = walk(javascript=javascript).be(borough.social_worker).open("/referrals").page

    page.locator("summary", has_text="Filter").first.click()
    page.get_by_label("Status").select_option("DRAFT")
    page.get_by_role("button", name="Apply filters").last.click()
    page.wait_for_url("**status=DRAFT**")
    narrowed = page.url
    page.get_by_role("link", name=draft.reference).first.click()
    page.wait_for_url(f"**/referrals/{draft.reference}**")
    page.go_back()
    page.wait_for_url(narrowed)

    assert page.get_by_label("Status").input_value() == "DRAFT"
    assert page.get_by_role("link", name="Remove Status: Draft").count() == 1
    assert page.get_by_role("link", name=draft.reference).count() >= 1
    assert page.get_by_role("link", name=sent.reference).count() == 0
