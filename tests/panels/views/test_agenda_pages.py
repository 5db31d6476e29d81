"""Booking, building, checking, circulating and reading, by the pages."""

import re
from datetime import timedelta

import pytest

from core import clock
from core.actions.setting import settle_reading
from core.dates import day_in_words
from core.models import Message
from panels.actions.agenda import list_referral
from panels.actions.booking import wait_for_slot
from panels.actions.interest import declare_interest
from panels.actions.paper import accept_supplement, offer_supplement
from panels.models import (
    AgendaItem,
    FundingRequest,
    Interest,
    Meeting,
    PaperRead,
    Recusal,
    RegisterEntry,
    Supplement,
)
from panels.models.clocks import papers_due_on
from referrals.actions.referral import save_task
from referrals.models import Access
from tests.panels import builders
from tests.panels.actions.test_booking import acting
from tests.panels.actions.test_register import an_entry
from tests.panels.actions.test_remit import a_resources_panel
from tests.panels.views.test_queries import questions
from tests.referrals import builders as referrals

pytestmark = pytest.mark.django_db


def said(answer) -> str:
    """The words of a page, spaces made one."""
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def key_of(page: str) -> str:
    """The key by which a form is sent once."""
    return re.search(r'name="idempotency_key" value="([^"]+)"', page)[1]


def test_c3_booking_says_slots_deadline_chair_and_conflicts(borough, sign_in):
    meeting = builders.a_called_meeting(borough)
    builders.seat_person(meeting.panel, letter="c", person=borough.social_worker, from_on=builders.SINCE, by=borough.panel_administrator)
    ready = referrals.a_signed_off_referral(borough)
    client, page = sign_in(borough.panel_administrator), f"{ready.get_absolute_url()}/book"

    text = said(client.get(page))

    assert "Thursday 24 December 2026, 10am: 8 of 8 slots left" in text
    assert "Papers by Monday 21 December 2026. Chair takes the chair. Social Worker wrote this referral." in text
    answer = client.post(page, {"meeting": meeting.reference})
    assert answer.url == f"{meeting.get_absolute_url()}/agenda"
    assert AgendaItem.objects.get(referral=ready).meeting == meeting


def test_c3_a_full_meeting_offers_its_line_and_an_extraordinary_one(borough, sign_in):
    panel = builders.a_referral_panel(borough)
    panel.slots = 1
    panel.save()
    meeting, _ = builders.a_meeting_with(borough, referrals.a_signed_off_referral(borough), panel)
    ready = referrals.a_signed_off_referral(borough)
    client, page = sign_in(borough.panel_administrator), f"{ready.get_absolute_url()}/book"

    text = said(client.get(page))
    assert "full. Wait for a slot" in text
    assert "Call an extraordinary meeting" in text
    client.post(page, {"meeting": f"wait {meeting.reference}"})

    assert ready.waiting_slots.get().meeting == meeting
    assert "already waits" in said(client.post(page, {"meeting": f"wait {meeting.reference}"}))


def test_c6_a_double_click_circulates_once(borough, sign_in):
    meeting, _ = builders.a_meeting_with(borough, referrals.a_signed_off_referral(borough))
    client, page = sign_in(borough.panel_administrator), f"{meeting.get_absolute_url()}/circulate"
    key = key_of(client.get(page).content.decode())

    answers = [client.post(page, {"idempotency_key": key}) for _ in range(2)]
    other_tab = client.post(page, {"idempotency_key": "another-key"})

    assert [answer.status_code for answer in answers] == [302, 302]
    assert "went out on" in said(other_tab)
    assert Message.objects.filter(kind="meeting.agenda").count() == 3
    assert AgendaItem.objects.exclude(paper=None).get().paper.number == 1


def test_i17_the_check_gives_dates_interests_and_who_gets_what(borough, sign_in):
    meeting, item = builders.a_meeting_with(borough, referrals.a_signed_off_referral(borough))
    declare_interest(meeting, item=item, person=borough.member, nature="Hidden words", by=borough.member)

    text = said(sign_in(borough.panel_administrator).get(f"{meeting.get_absolute_url()}/circulate"))

    assert "Circulating today gives 22 Working Days. The rule is 3. The last day to circulate is 21 December 2026." in text
    assert "1 of 1 in." in text
    assert "Member will not receive item 3." in text
    assert "Everything but item 3" in text
    assert "Hidden words" not in text
    assert "Why do these go out late?" not in text


def test_short_notice_asks_why_and_keeps_what_was_typed(borough, sign_in):
    meeting, _ = builders.a_meeting_with(borough, referrals.a_signed_off_referral(borough))
    client, page = sign_in(borough.panel_administrator), f"{meeting.get_absolute_url()}/circulate"

    with clock.held_at(meeting.on - timedelta(days=1)):
        assert "Why do these go out late?" in said(client.get(page))
        assert "Say why these go out late" in said(client.post(page, {"short_because": " "}))
        client.post(page, {"short_because": "Snow closed the office."})

    assert "Snow closed the office." in Meeting.objects.get(pk=meeting.pk).breach


def test_the_agenda_saves_numbers_minutes_and_says_how_much_is_over(borough, sign_in):
    meeting = builders.a_called_meeting(borough, lasts_minutes=30)
    one, two = (list_referral(referrals.a_signed_off_referral(borough), meeting, by=borough.panel_administrator) for _ in range(2))
    client, page = sign_in(borough.panel_administrator), f"{meeting.get_absolute_url()}/agenda"
    assert "10 minutes over" in said(client.get(page))

    client.post(page, {"deed": "save", f"number_{two.pk}": "3", f"minutes_{one.pk}": "20"})

    one.refresh_from_db()
    assert (one.number, one.minutes) == (4, 20)
    text = said(client.get(page))
    assert "20 minutes over" in text
    assert "arriving between 10:15am and 10:25am" in text
    assert "That cannot be done" in said(client.post(page, {"deed": "save", f"number_{two.pk}": "third"}))


def test_items_whose_papers_are_not_in_are_listed(borough, sign_in):


    meeting, item = builders.a_meeting_with(borough, referrals.a_signed_off_referral(borough))
    task = item.referral.tasks.get(name="risk")
    save_task(task, answers={"safeguarding": ""}, version=task.version, by=borough.social_worker)

    text = said(sign_in(borough.panel_administrator).get(f"{meeting.get_absolute_url()}/agenda"))

    assert "Item 3: Risk and safety, a signature (with team manager)." in text


def test_c18_the_page_asks_only_what_the_kind_asks_and_keeps_what_was_typed(borough, sign_in):
    panel = a_resources_panel(borough)
    meeting, item = builders.a_meeting_with(borough, referrals.a_signed_off_referral(borough), panel)
    client, page = sign_in(borough.panel_administrator), f"{meeting.get_absolute_url()}/agenda/{item.number}"

    text = said(client.get(page, {"kind": "transport"}))
    assert "Cost a week" in text
    assert "family group conference" not in text
    answer = client.post(f"{page}?kind=section+17", {"one_off_cost": "£400", "note": "Kept words"})
    assert "the panel authorises more than £500" in said(answer)
    assert "Kept words" in said(answer)
    client.post(f"{page}?kind=section+17", {"one_off_cost": "£400", "committed_elsewhere": "100.01"})

    assert FundingRequest.objects.get(item=item).commitment == 400
    assert "£500.01" in said(client.get(page))
    half = said(client.post(f"{page}?kind=transport", {"weekly_cost": "40"}))
    assert "Enter the day it begins" in half
    assert "Enter the day it ends or is reviewed" in half


def test_c22_the_chair_accepts_above_the_rate_on_the_items_page(borough, sign_in):
    settle_reading(
        "national assessment rates", [{"what": "Parenting", "rate": "1200"}], from_on=builders.SINCE, authority=borough.authority, by=None
    )
    meeting, item = builders.a_meeting_with(borough, referrals.a_signed_off_referral(borough), a_resources_panel(borough))
    page = f"{meeting.get_absolute_url()}/agenda/{item.number}"
    sign_in(borough.panel_administrator).post(
        f"{page}?kind=assessment", {"assessment": "Parenting", "one_off_cost": "1300", "above_rate_because": "The only one."}
    )
    assert "The chair has not accepted a cost above the national rate: item 3." in said(
        sign_in(borough.panel_administrator).get(f"{meeting.get_absolute_url()}/circulate")
    )
    assert "Accept the cost" not in said(sign_in(borough.panel_administrator).get(page))

    assert "Accept the cost above the rate" in said(sign_in(borough.chair).get(page))
    sign_in(borough.chair).post(page, {"deed": "accept"})

    assert FundingRequest.objects.get(item=item).rate_agreed_by == borough.chair


def test_papers_count_what_was_read_and_notes_are_the_readers_alone(borough, record, sign_in):
    at = f"/meetings/{record.to_come.reference}/papers"
    client = sign_in(borough.member)
    assert "0 of 2 read." in said(client.get(at))
    first = said(client.get(f"{at}/1"))
    assert "Last minutes" in first
    assert "Paper 1 of 2" in first

    answer = client.post(f"{at}/1", {"note": "Mine alone zz", "deed": "next"})

    assert answer.url == f"{at}/{record.next_item.number}"
    assert "1 of 2 read." in said(client.get(at))
    assert "Mine alone zz" in said(client.get(f"{at}/1"))
    assert client.post(f"{at}/{record.next_item.number}", {"note": "", "deed": "next"}).url == at
    assert "2 of 2 read." in said(client.get(at))
    for who in ("chair", "panel_administrator", "provider_manager"):
        other = sign_in(getattr(borough, who))
        assert "Mine alone zz" not in said(other.get(f"{at}/1"))
        assert "0 of 2 read." in said(other.get(at))
    assert PaperRead.objects.count() == 2


def test_a_late_paper_goes_to_the_chair_and_then_to_readers_with_its_own_pages(borough, record, sign_in):
    at = f"/meetings/{record.to_come.reference}"
    sign_in(borough.panel_administrator).post(
        f"{at}/late", {"item": record.next_item.pk, "change_note": "A new school place", "words": "The school said yes."}
    )
    late = Supplement.objects.get()
    assert "A new school place" not in said(sign_in(borough.member).get(f"{at}/papers"))
    assert "Only the chair" in said(sign_in(borough.panel_administrator).post(f"{at}/late", {"deed": f"accept {late.pk}"}))

    sign_in(borough.chair).post(f"{at}/late", {"deed": f"accept {late.pk}"})

    assert "Late paper, page S1, 24 November 2026: A new school place" in said(sign_in(borough.member).get(f"{at}/papers"))
    assert "The school said yes." in said(sign_in(borough.member).get(f"{at}/papers/{record.next_item.number}"))


def test_the_chair_takes_a_referral_late_from_the_page(borough, record, sign_in):
    at = f"/meetings/{record.to_come.reference}/late"
    row = wait_for_slot(record.ready, record.to_come, by=borough.panel_administrator)

    assert "Only the chair" in said(sign_in(borough.panel_administrator).post(at, {"deed": f"take {row.pk}"}))
    sign_in(borough.chair).post(at, {"deed": f"take {row.pk}"})

    assert AgendaItem.objects.standing().get(referral=record.ready).meeting == record.to_come


def test_d6_the_register_is_confirmed_and_suggested_at_the_meeting(borough, record, sign_in):
    client = sign_in(borough.member)
    assert "You have declared no interests." in said(client.get("/account/interests"))
    bad = client.post("/account/interests", {"kind": "personal", "nature": "Kept words", "since_on": "31 2 2026"})
    assert "Kept words" in said(bad)
    assert not RegisterEntry.objects.exists()
    client.post("/account/interests", {"kind": "personal", "nature": "A cousin is a carer zz", "since_on": "1 2 2026"})
    client.post("/account/interests", {"deed": "confirm"})

    assert "Last confirmed 24 November 2026. Confirm again by 24 November 2027." in said(client.get("/account/interests"))
    page = f"/meetings/{record.to_come.reference}/interests"
    assert "A cousin is a carer zz" in said(client.get(page))
    for who in ("chair", "panel_administrator"):
        assert "A cousin is a carer zz" not in said(sign_in(getattr(borough, who)).get(page))


def test_another_persons_entry_is_not_found(borough, sign_in):
    entry = an_entry(borough, "chair")

    assert sign_in(borough.member).post("/account/interests", {"deed": f"end {entry.reference}"}).status_code == 404
    entry.refresh_from_db()
    assert entry.ended_on is None


def test_d7_an_interest_in_the_decision_keeps_the_record_that_is_ones_own(borough, record, sign_in):
    page = f"/meetings/{record.to_come.reference}/interests"
    client = sign_in(borough.member)

    client.post(page, {"item": record.next_item.pk, "nature": "x", "depth": "item"})

    assert Recusal.objects.get().depth == "item"
    assert not Access.objects.withheld(borough.member).exists()
    assert client.get(f"/meetings/{record.to_come.reference}/papers/{record.next_item.number}").status_code == 404
    assert f"You are out of item {record.next_item.number}" in said(client.get(page))


def test_a_list_of_late_papers_asks_the_same_for_one_as_for_three(borough, record, sign_in):
    at = f"/meetings/{record.to_come.reference}"

    def one_more():
        late = offer_supplement(record.next_item, words="x", change_note="y", by=borough.panel_administrator)
        accept_supplement(late, by=acting(borough.chair))

    one_more()
    client = sign_in(borough.panel_administrator)
    before = [questions(client, f"{at}{page}") for page in ("/late", "/papers")]
    one_more()
    one_more()

    assert [questions(client, f"{at}{page}") for page in ("/late", "/papers")] == before


def test_the_register_and_booking_ask_the_same_for_one_as_for_three(borough, sign_in):
    meeting = builders.a_called_meeting(borough)
    ready = referrals.a_signed_off_referral(borough)
    an_entry(borough, "panel_administrator")
    client = sign_in(borough.panel_administrator)
    pages = ("/account/interests", f"{ready.get_absolute_url()}/book")
    before = [questions(client, page) for page in pages]
    for weeks in (2, 4):
        an_entry(borough, "panel_administrator")
        builders.a_called_meeting(borough, meeting.panel, on=meeting.on + timedelta(weeks=weeks))

    assert [questions(client, page) for page in pages] == before


def test_the_agenda_and_the_check_ask_the_same_for_one_referral_as_for_three(borough, sign_in):
    meeting, _ = builders.a_meeting_with(borough, referrals.a_signed_off_referral(borough))
    client = sign_in(borough.panel_administrator)
    pages = [f"{meeting.get_absolute_url()}{page}" for page in ("/agenda", "/circulate")]
    before = [questions(client, page) for page in pages]
    for _ in range(2):
        list_referral(referrals.a_signed_off_referral(borough), meeting, by=borough.panel_administrator)

    assert [questions(client, page) for page in pages] == before


def test_declaring_none_is_kept_and_takes_nothing_away(borough, record, sign_in):
    sign_in(borough.member).post(f"/meetings/{record.to_come.reference}/interests", {"item": "none"})

    assert Interest.objects.get().is_none
    assert not Recusal.objects.exists()


def test_a_report_is_written_on_its_own_page(borough, sign_in):
    meeting = builders.a_called_meeting(borough)
    client = sign_in(borough.panel_administrator)
    client.post(f"{meeting.get_absolute_url()}/agenda", {"title": "Evenings", "minutes": "20"})
    item = meeting.items.get(title="Evenings")
    assert item.minutes == 20
    assert f"Item {item.number}: nothing has been written." in said(client.get(f"{meeting.get_absolute_url()}/agenda"))

    client.post(f"{meeting.get_absolute_url()}/agenda/{item.number}", {"words": "Two evenings a week."})

    item.refresh_from_db()
    assert item.written == "Two evenings a week."
    assert client.get(f"{meeting.get_absolute_url()}/agenda/1").status_code == 404


def test_an_agenda_is_left_to_go_out_by_itself_and_taken_back(borough, sign_in):
    meeting, _ = builders.a_meeting_with(borough, referrals.a_signed_off_referral(borough))
    client, page = sign_in(borough.panel_administrator), f"/meetings/{meeting.reference}/circulate"
    due = day_in_words(papers_due_on(meeting))

    said = client.post(page, {"deed": "release"}, follow=True).content.decode()
    assert f"It goes out by itself on {due} at 7am." in said
    assert "Do not send it by itself" in said
    assert Meeting.objects.get().goes_out_on == papers_due_on(meeting)

    assert "It no longer goes out by itself." in client.post(page, {"deed": "take_back"}, follow=True).content.decode()
    assert Meeting.objects.get().goes_out_on is None


def test_on_its_last_day_an_agenda_cannot_be_left_to_go_and_the_page_says_so(borough, sign_in):
    meeting, _ = builders.a_meeting_with(borough, referrals.a_signed_off_referral(borough))
    page = f"/meetings/{meeting.reference}/circulate"
    with clock.held_at(clock.moment(papers_due_on(meeting))):
        client = sign_in(borough.panel_administrator)
        assert "Send it by itself" not in client.get(page).content.decode()
        assert "circulate it now" in client.post(page, {"deed": "release"}, follow=True).content.decode()
    assert Meeting.objects.get().goes_out_on is None
