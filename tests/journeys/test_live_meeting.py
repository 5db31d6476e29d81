"""J4: a meeting of eight referrals and seven people at a browser, counted; two browsers at once; without scripts; by keys."""

import pytest

from core import clock
from panels.actions.agenda import circulate_agenda, list_referral
from panels.actions.live import start_meeting
from panels.actions.panel import seat_person
from panels.models import AgendaItem, Decision, Meeting, Minutes
from tests.journeys.conftest import set_clock
from tests.panels import builders
from tests.referrals import builders as referrals

pytestmark = pytest.mark.django_db(transaction=True)
DAY = "2026-12-24"


def a_meeting(borough, settings, *, count, more=()):
    """A circulated panel with so many referrals on its day; one more person holds its empty seat."""
    panel = builders.a_referral_panel(borough)
    for name in more:
        seat_person(panel, letter="c", person=builders.somebody(borough, name), from_on=builders.SINCE, by=borough.panel_administrator)
    meeting = builders.a_called_meeting(borough, panel)
    for _ in range(count):
        list_referral(referrals.a_signed_off_referral(borough), meeting, by=borough.panel_administrator)
    circulate_agenda(meeting, by=borough.panel_administrator)
    set_clock(settings, DAY)
    return Meeting.objects.get(pk=meeting.pk)


def is_in_view(page, name):
    """Whether a button's lower edge is on the first screen."""
    return page.get_by_role("button", name=name).evaluate("b => b.getBoundingClientRect().bottom <= innerHeight")


def test_j4_eight_items_and_seven_people_within_the_clicks(borough, settings, walk):
    meeting = a_meeting(borough, settings, count=8, more=["Health Representative"])
    live = f"{meeting.get_absolute_url()}/live"
    walker = walk().be(borough.panel_administrator).open(live)
    walker.click("Begin the meeting").click("All present")
    assert walker.sees("In the room: 4 people")
    for name in ("Social Worker", "Team Manager", "Practitioner"):
        walker.fill("Somebody else comes in", name).click("Add to the room")
    assert walker.sees("In the room: 7 people")
    items = list(meeting.items.order_by("number"))
    for item in items:
        if item.kind == "referral":
            assert is_in_view(walker.page, "Save and next item")
            walker.page.get_by_label("Agree", exact=True).check(force=True)
            walker.clicks += 1
            walker.fill("Reasons", f"Reasons of item {item.number}.")
            for box, words in (("what", "Ring the school"), ("who", "ART"), ("by", "14 1 2027")):
                walker.page.locator(f"#id_{box}").fill(words)
            walker.click("Save and next item")
            walker.page.get_by_role("heading", name=f"Item {item.number + 1}:").wait_for()
        elif item.kind != "other":
            walker.click("Next item without deciding")
    walker.check_access()
    assert Decision.objects.filter(item__meeting=meeting).count() == 8
    walker.be(borough.chair).open(live).click("Agree 8 decisions")
    walker.be(borough.panel_administrator).open(live).click("Finish the meeting")

    assert walker.sees("Draft")
    assert Minutes.objects.get().words["items"][2]["decision"].startswith("The panel agreed to outreach")
    assert walker.clicks <= 8 + 4 * len(items), walker.clicks
    assert walker.problems == []


def test_two_browsers_minuting_one_item_lose_no_word(borough, settings, walk):
    meeting = a_meeting(borough, settings, count=1)
    with clock.held_at(clock.moment(meeting.on, clock.TEN)):
        start_meeting(meeting, by=borough.panel_administrator)
    address = f"{meeting.get_absolute_url()}/live/3"
    hers, his = walk().be(borough.chair).open(address), walk().be(borough.panel_administrator).open(address)

    hers.fill("Notes for the minutes", "Hers: the aunt can help.")
    hers.page.get_by_text("Saved at").wait_for(timeout=15_000)
    his.fill("Notes for the minutes", "His: school has a place.")
    his.page.get_by_text("Somebody else wrote about this item").wait_for(timeout=20_000)

    assert his.sees("Hers: the aunt can help.")
    assert his.page.get_by_label("Notes for the minutes").input_value() == "His: school has a place."
    item = AgendaItem.objects.get(meeting=meeting, number=3)
    assert (item.note, item.note_version) == ("Hers: the aunt can help.", 1)
    his.fill("Notes for the minutes", "The aunt can help. School has a place.")
    his.page.get_by_text("Saved at").wait_for(timeout=15_000)
    item.refresh_from_db()
    assert item.note == "The aunt can help. School has a place."


def test_the_keys_go_on_and_back_and_can_be_turned_off(borough, settings, walk):
    meeting = a_meeting(borough, settings, count=2)
    walker = walk().be(borough.panel_administrator).open(f"{meeting.get_absolute_url()}/live").click("Begin the meeting")
    page = walker.page
    for expected in ("Item 2:", "Item 3:"):
        page.keyboard.press("Alt+Shift+KeyN")
        page.get_by_role("heading", name=expected).wait_for()
    page.get_by_label("Defer", exact=True).check(force=True)
    page.get_by_label("Reasons").fill("Not yet.")
    page.keyboard.press("Alt+Shift+KeyN")
    page.get_by_role("heading", name="Item 4:").wait_for()
    assert Decision.objects.get().outcome == "defer"
    page.keyboard.press("Alt+Shift+KeyP")
    page.get_by_role("heading", name="Item 3:").wait_for()
    page.keyboard.press("Alt+Shift+KeyA")
    assert page.evaluate("document.activeElement.id") == "attendance"

    page.get_by_text("Keys for this page").click()
    page.get_by_label("Use these keys").uncheck(force=True)
    page.reload()
    page.keyboard.press("Alt+Shift+KeyN")
    page.wait_for_timeout(800)

    assert page.get_by_role("heading", name="Item 3:").is_visible()


def test_without_scripts_the_same_forms_post(borough, settings, walk):
    meeting = a_meeting(borough, settings, count=1)
    walker = walk(javascript=False, width=320).be(borough.panel_administrator).open(f"{meeting.get_absolute_url()}/live")
    walker.click("Begin the meeting").click("All present")
    walker.open(f"{meeting.get_absolute_url()}/live/3")
    walker.fill("Notes for the minutes", "Said aloud.").click("Save the note")
    walker.open(f"{meeting.get_absolute_url()}/live/3").check_reflow()
    walker.page.get_by_label("Agree", exact=True).check(force=True)
    walker.fill("Reasons", "It fits.").click("Save and next item")

    assert Decision.objects.get().reasons == "It fits."
    assert AgendaItem.objects.get(meeting=meeting, number=3).note == "Said aloud."
    assert walker.problems == []


def test_j14_the_chair_acts_and_the_panel_ratifies_in_two_clicks(borough, settings, walk):
    meeting = a_meeting(borough, settings, count=0)
    set_clock(settings, "2026-12-01")
    ready = referrals.a_signed_off_referral(borough)
    between = f"{meeting.panel.get_absolute_url()}/between-meetings"
    walker = walk().be(borough.panel_administrator).open(between).click(f"Send the paper of {ready.reference}")
    walker.be(borough.chair).open(between).click("Act on it", role="link")
    walker.page.get_by_label("Agree", exact=True).check(force=True)
    walker.fill("Reasons", "The carers cannot wait.").fill("Budget", "ART").click("Act as the chair")
    assert Decision.objects.get().state == "released"
    set_clock(settings, DAY)
    walker.be(borough.panel_administrator).open(f"{meeting.get_absolute_url()}/live").click("Begin the meeting").click("All present")
    walker.click("Next item without deciding").click("Next item without deciding")
    before = walker.clicks

    walker.click("Ratify", role="button")

    assert walker.clicks - before <= 2
    assert Decision.objects.get().settled_as == "ratified"
    assert walker.problems == []
