"""Somebody out of an item learns nothing of it by any channel: pages, counts, search, calendar, post, actions."""

import re

import pytest

from core.models import Message
from core.roles import Role
from panels.actions.interest import declare_interest
from panels.actions.paper import accept_supplement, offer_supplement
from panels.models import Action
from tests.panels.actions.test_booking import acting

pytestmark = pytest.mark.django_db

PAGES = [
    "/", "/referrals", "/papers", "/actions", "/decisions", "/decisions/high-cost", "/meetings", "/calendar", "/account/messages",
    "/account/interests", "/meetings/{meeting}", "/meetings/{meeting}/papers", "/meetings/{meeting}/interests",
    "/meetings/{meeting}/attend", "/meetings/{meeting}/minutes", "/meetings/{held}", "/meetings/{held}/papers", "/meetings/{held}/minutes",
]  # fmt: skip
GONE = [
    "/meetings/{meeting}/papers/{number}", "/meetings/{held}/papers/{held_number}", "/decisions/{decision}", "/meetings/{held}/minutes.pdf",
    "/meetings/{meeting}/agenda/{number}", "/meetings/{meeting}/live/{number}", "/meetings/{meeting}/late",
]  # fmt: skip


@pytest.fixture
def out(borough, record):
    """The member is out of what was decided and of what is to come, and both have late words beside them."""
    late = offer_supplement(record.next_item, words="Latewordszz", change_note="Changezz", by=borough.panel_administrator)
    accept_supplement(late, by=acting(borough.chair))
    for meeting, item in ((record.held, record.item), (record.to_come, record.next_item)):
        declare_interest(meeting, item=item, person=borough.member, nature="Naturezz", by=acting(borough.member))
    return record


def canaries(record) -> list[str]:
    """What must be read nowhere: titles, references, names, words, and what was decided."""
    return [
        record.item.title, record.next_item.title, record.item.referral.reference, record.next_item.referral.reference,
        "Zzcanary", "Latewordszz", "Changezz", "Reasonszz", "Tell the carerzz", record.decision.reference,
    ]  # fmt: skip


def test_g22_no_page_says_anything_of_the_item(borough, out, sign_in):
    client = sign_in(borough.member)

    for page in PAGES:
        answer = client.get(out.at(page), follow=True)
        assert answer.status_code == 200, page
        found = [word for word in canaries(out) if word in answer.content.decode()]
        assert found == [], page
    for page in [*GONE, f"{out.next_item.referral.get_absolute_url()}/panel", f"{out.item.referral.get_absolute_url()}/panel"]:
        answer = client.get(out.at(page))
        assert answer.status_code in {403, 404}, page
        assert not any(word in answer.content.decode() for word in canaries(out)), page


def test_g22_counts_and_progress_leave_the_item_out(borough, out, sign_in):
    papers = out.at("/meetings/{meeting}/papers")

    theirs = sign_in(borough.member).get(papers)
    chairs = sign_in(borough.chair).get(papers)

    assert (theirs.context_data["papers"], chairs.context_data["papers"]) == (1, 2)
    assert Action.objects.visible_to(acting(borough.member)).count() == 0
    assert Action.objects.visible_to(acting(borough.chair)).count() == 1


def test_g22_search_and_calendar_say_nothing(borough, out, sign_in):
    client = sign_in(borough.member)
    for typed in (out.next_item.referral.reference, out.item.referral.reference, "Zzcanary"):
        text = client.post("/search", {"q": typed, "words": typed}, follow=True).content.decode()
        hits = re.findall(r'href="(/referrals/[^"]+|/children/[^"]+)"', text)
        assert [hit for hit in hits if out.next_item.referral.reference in hit or out.item.referral.reference in hit] == []
    link = client.post("/account/calendar", {"deed": "make"}, follow=True).content.decode()
    for address in re.findall(r"/calendar/[^\s\"<]+\.ics", link):
        feed = client.get(address).content.decode()
        assert not any(word in feed for word in canaries(out))


def test_g22_no_message_to_them_names_the_item(borough, out):
    told = Message.objects.filter(person=borough.member)

    assert told.exists()
    for message in told:
        assert not any(word in f"{message.subject} {message.body} {message.link} {message.calendar}" for word in canaries(out))


def test_g22_a_late_paper_taken_after_they_declared_never_reaches_them(borough, out):
    before = Message.objects.filter(person=borough.member, kind="meeting.supplement").count()

    late = offer_supplement(out.next_item, words="More zz", change_note="x", by=borough.panel_administrator)
    accept_supplement(late, by=acting(borough.chair))

    assert Message.objects.filter(person=borough.member, kind="meeting.supplement").count() == before
    assert Message.objects.filter(person=borough.chair, kind="meeting.supplement").count() == 2


def test_those_not_out_still_read_it(borough, out, sign_in):
    """The other half: the same pages do say it to somebody who has no interest."""
    text = sign_in(borough.chair).get(out.at("/meetings/{meeting}/papers")).content.decode()

    assert out.next_item.title in text
    assert "Changezz" in text
    assert borough.chair.current_roles[0].role == Role.CHAIR
