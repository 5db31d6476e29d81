"""Referring a child in a browser: how many clicks and pages, and that nothing typed is ever lost."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session

from core.models import HeldPost
from referrals.actions.referral import save_task, withdraw_referral
from referrals.models import Referral
from tests.journeys.conftest import wait_for
from tests.journeys.test_whole_line import a_borough_in_service
from tests.referrals import builders

pytestmark = pytest.mark.django_db(transaction=True)
FIVE_HUNDRED = " ".join(f"word{n}" for n in range(500))


class Count:
    """Clicks and whole pages from To do on."""

    def __init__(self, page):
        self.page, self.clicks, self.pages = page, 0, 0
        page.on("framenavigated", lambda frame: self._page(frame))

    def _page(self, frame):
        if frame == self.page.main_frame and "#" not in frame.url:
            self.pages += 1

    def press(self, name, role="button"):
        """A link or button by its name, and wait for where it leads."""
        with self.page.expect_navigation():
            self.page.get_by_role(role, name=name).first.click()
        self.clicks += 1

    def pick(self, label, group=None):
        """A radio button or box."""
        within = self.page.get_by_role("group", name=group) if group else self.page
        within.get_by_label(label, exact=True).first.check()
        self.clicks += 1

    def type(self, label, words):
        """Typing is not a click."""
        self.page.get_by_label(label).first.fill(words)


@pytest.mark.parametrize("javascript", [True, False])
def test_j1_a_referral_takes_at_most_26_clicks_and_13_pages(walk, javascript):
    borough = a_borough_in_service()
    builders.a_child(
        borough, case_number="LCS41000", address="1 Test Street", gender="F", ethnicity="WBRI", lives_now="home"
    )
    walker = walk(javascript=javascript).be(borough.social_worker).open("/")
    count = Count(walker.page)

    count.press("Start a referral")
    count.type("Number or name", "41000")
    count.press("Find the child")
    count.press("This is the right child")
    count.press("Continue")
    count.press("Save and continue")  # about the child, known already
    count.type("The child’s own view", "I want to stay at Nan’s.")
    count.pick("I have finished this section")
    count.press("Save and continue")
    count.pick("Outreach, where the child lives")
    count.pick("Help in a crisis")
    count.pick("Is on the edge of care")
    count.pick("Stay in a family-based home")
    count.type("For how many weeks", "12")
    count.type("What you are asking the panel", "Agree 12 weeks.")
    count.press("Save and continue")
    count.type("What matters in the birth family", "An aunt is close.")
    count.pick("I have finished this section")
    count.press("Save and continue")
    for risk in ("Self-harm", "Going missing", "Setting fires"):
        count.pick("Risk present", group=risk)
    count.type("Safeguarding issues", "None now.")
    count.press("No known risk in the rest")
    count.type("What has been tried", "Early help.")
    count.pick("No", group="mental health")
    count.press("Save and continue")
    walker.page.get_by_label("Choose files").set_input_files(
        [{"name": "plan.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 plan"},
         {"name": "school.txt", "mimeType": "text/plain", "buffer": b"A report"}]
    )  # fmt: skip
    count.clicks += 1
    count.press("Save and continue")
    count.pick("Yes", group="Does the child agree")
    count.pick("Yes", group="Does each person")
    count.press("Save and continue")
    count.press("Send to your team manager")

    assert "Referral sent" in walker.text()
    assert (count.clicks <= 26, count.pages <= 13) == (True, True), (count.clicks, count.pages)
    referral = Referral.objects.get()
    assert (referral.status, referral.documents.count()) == ("WITH_TM", 2)
    assert walker.problems == []


def a_task(walk, javascript=True):
    borough = a_borough_in_service()
    referral = builders.a_draft_referral(borough)
    walker = walk(javascript=javascript).be(borough.social_worker)
    walker.open(f"/referrals/{referral.reference}/tasks/needs")
    return borough, referral, walker


def story(referral):
    return referral.tasks.get(name="needs").answers.get("story", "")


def line(walker):
    return walker.page.locator("[data-saved-line]")


def test_what_is_typed_is_saved_on_leaving_the_field_and_after_a_pause(walk):
    _, referral, walker = a_task(walk)
    box = walker.page.get_by_label("What has happened")

    box.fill("On leaving")
    box.blur()
    wait_for(lambda: story(referral) == "On leaving", 25)
    box.type(" and after a pause")
    wait_for(lambda: story(referral).endswith("after a pause"), 25)
    walker.page.get_by_text("Saved at").wait_for()


def test_what_is_typed_is_saved_when_the_page_is_left(walk):
    _, referral, walker = a_task(walk)

    walker.page.get_by_label("What has happened").type("Just before going")
    walker.page.evaluate("window.location.assign('/help')")

    wait_for(lambda: story(referral) == "Just before going", 25)


def lose_network(walker):
    """The browser knows that it is offline, and nothing it sends gets anywhere."""
    walker.context.route("**/*", lambda route: route.abort("internetdisconnected"))
    walker.context.set_offline(True)
    walker.page.wait_for_function("!navigator.onLine")


def find_network(walker):
    walker.context.unroute("**/*")
    walker.context.set_offline(False)


def test_five_hundred_words_survive_a_lost_network(walk):
    _, referral, walker = a_task(walk)
    box = walker.page.get_by_label("What has happened")
    box.fill("Before the tunnel")
    box.blur()
    wait_for(lambda: story(referral) == "Before the tunnel", 20)
    line(walker).get_by_text("Saved at").wait_for()

    lose_network(walker)
    box.fill(FIVE_HUNDRED)
    box.blur()
    line(walker).get_by_text("You’re offline, keep this page open").wait_for()
    assert story(referral) == "Before the tunnel"
    find_network(walker)

    wait_for(lambda: story(referral) == FIVE_HUNDRED, 20)
    line(walker).get_by_text("Saved at").wait_for()


def test_a_second_tab_meets_both_texts_and_loses_neither(walk):
    _, referral, walker = a_task(walk)
    other = walker.context.new_page()
    other.goto(walker.page.url)
    walker.page.get_by_label("What has happened").fill("First tab")
    walker.page.get_by_label("What has happened").blur()
    wait_for(lambda: story(referral) == "First tab", 25)

    other.get_by_label("What has happened").fill("Second tab")
    other.get_by_label("What has happened").blur()
    other.get_by_text("Nothing has been overwritten").wait_for()

    body = other.inner_text("body")
    assert "First tab" in body
    assert "Second tab" in body
    other.get_by_role("button", name="Save what you chose").click()
    wait_for(lambda: story(referral) == "Second tab", 25)


def test_q4_typing_into_an_ended_session_leads_to_sign_in_and_is_shown_again(walk):
    borough, referral, walker = a_task(walk)
    end_session(walker)

    walker.page.get_by_label("What has happened").fill("Typed too late")
    walker.page.get_by_label("What has happened").blur()
    walker.page.wait_for_url("**/sign-in**")
    wait_for(lambda: HeldPost.objects.exists(), 25)
    walker.be(borough.social_worker).open(f"/referrals/{referral.reference}/tasks/needs")

    assert walker.page.get_by_label("What has happened").input_value() == "Typed too late"
    assert walker.sees("What you typed here last was not saved")
    walker.page.get_by_role("button", name="Save and continue").click()
    wait_for(lambda: story(referral) == "Typed too late", 25)


def end_session(walker):
    """Half an hour goes by without a page."""
    stored = Session.objects.latest("expire_date")
    session = SessionStore(stored.session_key)
    session["seen"] = "2020-01-01T00:00:00+00:00"
    session.save()


def test_all_of_it_works_without_scripts(walk):
    _, referral, walker = a_task(walk, javascript=False)

    walker.fill("What has happened", "No scripts here")
    walker.page.get_by_role("button", name="Save and come back later").click()

    assert story(referral) == "No scripts here"
    assert walker.page.url.endswith("/tasks")


def test_j1b_a_copy_of_an_earlier_referral_takes_at_most_14_clicks_and_7_pages(walk):
    borough = a_borough_in_service()
    earlier = builders.a_filled_referral(borough)
    for name in ("needs", "views"):
        task = earlier.tasks.get(name=name)
        save_task(task, answers=task.answers, version=task.version, says_complete=True, by=borough.social_worker)
    withdraw_referral(earlier, reason="The family asked to wait.", by=borough.social_worker)
    walker = walk().be(borough.social_worker).open("/")
    count = Count(walker.page)

    count.press("Start a referral")
    count.type("Number or name", earlier.child.reference)
    count.press("Find the child")
    count.press(f"Copy {earlier.reference} to a new referral", role="link")
    count.press("Start from this one")
    count.press("Save and continue")  # documents, asked again
    count.pick("Yes", group="Does the child agree")
    count.pick("Yes", group="Does each person")
    count.press("Save and continue")
    count.press("Send to your team manager")

    assert "Referral sent" in walker.text()
    assert (count.clicks <= 14, count.pages <= 7) == (True, True), (count.clicks, count.pages)
    assert Referral.objects.get(copied_from=earlier).status == "WITH_TM"
