"""L3: a search while somebody types, in a browser: the first few appear, what was there comes back, and without scripts the button finds."""

import pytest
from playwright.sync_api import expect

from tests.journeys.test_whole_line import a_borough_in_service
from tests.referrals import builders

pytestmark = pytest.mark.django_db(transaction=True)
BOX = "#search-words"


@pytest.fixture
def borough():
    """Two children of one name, and one of another."""
    borough = a_borough_in_service()
    for name in ("Ivy Quill", "Ada Quillfeather", "Tom Reed"):
        builders.a_draft_referral(borough, builders.a_child(borough, full_name=name))
    return borough


def test_l3_the_first_few_are_shown_while_somebody_types(borough, walk):
    page = walk().be(borough.social_worker).open("/search").page
    found = page.locator("[data-glance-found] .rows__link")

    page.locator(BOX).press_sequentially("qu", delay=20)
    expect(found).to_have_text(["Ada Quillfeather", "Ivy Quill"])
    expect(page.locator("[data-glance-says]")).to_contain_text("2 records for “qu” so far")
    page.locator(BOX).press_sequentially("illf", delay=20)
    expect(found).to_have_text(["Ada Quillfeather"])
    assert page.url.endswith("/search")
    page.locator(BOX).press("Enter")
    page.wait_for_url("**/search?s=*")
    expect(page.locator("main")).to_contain_text("1 record for “quillf”")

    page.locator(BOX).press("End")
    page.locator(BOX).press_sequentially("z")
    expect(page.locator("[data-glance-says]")).to_contain_text("Nothing you can see matches “quillfz” so far")
    page.locator(BOX).press("Backspace")
    expect(found).to_have_text(["Ada Quillfeather"])
    expect(page.locator("main")).to_contain_text("1 record for “quillf”")
    page.locator(BOX).fill("")
    expect(found).to_have_count(0)


def test_l3_without_scripts_the_button_finds(borough, walk):
    page = walk(javascript=False).be(borough.social_worker).open("/search").page

    page.locator(BOX).fill("quill")
    page.get_by_role("button", name="Search", exact=True).last.click()

    expect(page.locator("main")).to_contain_text("2 records for “quill”")
