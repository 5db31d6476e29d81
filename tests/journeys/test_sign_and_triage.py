"""J1c, J2 and J2b in a browser: signing from a phone, triage with the next one shown, and a contact logged; counted."""

from datetime import timedelta

import pytest

from core import clock
from referrals.actions.cover import add_cover
from referrals.models import Referral
from tests.people import a_borough
from tests.referrals import builders, places

pytestmark = pytest.mark.django_db(transaction=True)
WAYS = pytest.mark.parametrize(
    ("javascript", "width"), [(True, 1366), (False, 320)], ids=["scripts", "phone without scripts"]
)


class Count:
    """Clicks, pages and short fields from one page on."""

    def __init__(self, walker):
        self.walker, self.clicks, self.pages, self.fields = walker, 0, 0, 0
        walker.page.on("framenavigated", self._moved)

    def _moved(self, frame):
        self.pages += frame == self.walker.page.main_frame

    def click(self, target):
        """One press of a link, a button, a box or its words."""
        target.click()
        self.walker.page.wait_for_load_state()
        self.clicks += 1

    def fill(self, target, words):
        """One short field."""
        target.fill(words)
        self.fields += 1

    @property
    def budget(self):
        """What was used."""
        return self.clicks, self.pages, self.fields


def within(used, allowed):
    """Whether nothing went over its budget."""
    return all(mine <= most for mine, most in zip(used, allowed, strict=True))


def looks(walker, javascript):
    """What a machine can tell of a page; axe is itself a script, and waits for ever where none may run."""
    walker.check_reflow()
    if javascript:
        walker.check_access()


def signs(walker, person, referral):
    """From To do: the referral, each confirmation, the button; the next page says that it is done."""
    walker.be(person).open("/")
    count, page = Count(walker), walker.page
    count.click(page.get_by_role("link", name=f"Sign off {referral.reference}").first)
    walker.check_reflow()
    for words in ("The referral is fit for purpose", "It has a clear summary", "It says clearly", "Any allowance"):
        count.click(page.get_by_text(words))
    count.click(page.get_by_role("button", name="Save and go to next"))
    assert walker.sees(f"{referral.reference} signed off.")
    return count.budget


@WAYS
def test_j1c_two_managers_sign_in_six_clicks_and_two_pages_each(walk, javascript, width):
    borough = a_borough()
    referral = builders.a_sent_referral(borough)
    walker = walk(javascript=javascript, width=width, height=640)

    for person in (borough.team_manager, borough.service_manager):
        used = signs(walker, person, referral)
        assert within(used, (6, 2, 0)), used

    referral.refresh_from_db()
    assert referral.status == "SENT"
    assert walker.problems == []


@WAYS
def test_j2_triage_one_and_the_next_is_shown_in_three_clicks_and_one_page(walk, javascript, width):
    borough = a_borough()
    first, second = builders.a_triaged_referral(borough), builders.a_triaged_referral(borough)
    walker = walk(javascript=javascript, width=width).be(borough.panel_administrator).open(f"/triage/{first.reference}")
    looks(walker, javascript)
    count = Count(walker)

    count.click(walker.page.get_by_text("Book it onto a panel"))
    count.click(walker.page.get_by_role("button", name="Save and next"))

    assert within(count.budget, (3, 1, 0)), count.budget
    assert walker.page.url.endswith(f"/triage/{second.reference}")
    assert Referral.objects.get(pk=first.pk).status == "READY"


@WAYS
def test_j2b_a_contact_is_logged_in_three_clicks_one_page_and_one_field(walk, javascript, width):
    borough = a_borough()
    places.an_outreach(borough)
    referral = builders.a_waiting_referral(borough)
    walker = walk(javascript=javascript, width=width).be(borough.provider_manager).open("/waiting-list")
    looks(walker, javascript)
    count = Count(walker)

    count.click(walker.page.get_by_text("Log a contact"))
    count.fill(walker.page.get_by_label("What was said"), "Nan is managing.")
    count.click(walker.page.get_by_role("button", name="Save contact"))

    assert within(count.budget, (3, 1, 1)), count.budget
    assert referral.contacts.get().note == "Nan is managing."


def test_the_order_is_moved_by_buttons_previewed_and_saved_without_script(walk):
    borough = a_borough()
    outreach = places.an_outreach(borough)
    first, second = builders.a_waiting_referral(borough), builders.a_waiting_referral(borough)
    walker = walk(javascript=False).be(borough.provider_manager).open("/waiting-list/order?service=outreach")
    walker.check_reflow()

    walker.page.get_by_role("button", name=f"Move up {second.reference}").click()
    assert walker.sees("This is a preview")
    walker.fill("Why the order changes", "Their home ends.").page.get_by_label("Strategic manager who agreed").select_option(label="Strategic Manager")
    walker.page.get_by_role("button", name="Save order").click()

    assert walker.sees("The new order is saved.")
    assert list(Referral.objects.filter(wants=outreach.kind).order_by("wait_order").values_list("pk", flat=True)) == [second.pk, first.pk]


def test_cover_signs_from_a_phone_and_the_chain_says_so(walk):
    borough = a_borough()
    referral, today = builders.a_sent_referral(borough), clock.today()
    add_cover(acts=borough.other_team_manager, from_on=today, last_on=today + timedelta(days=6), by=borough.team_manager)
    walker = walk(javascript=False, width=320)

    used = signs(walker, borough.other_team_manager, referral)

    assert within(used, (6, 2, 0)), used
    walker.be(borough.social_worker).open(f"/referrals/{referral.reference}/signatures").check_reflow()
    assert walker.sees("Other Team Manager, as cover for Team Manager")
