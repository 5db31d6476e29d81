"""Somebody out of an item: no paper, title, decision or minutes of it, by any address."""

import pytest
from django.db.models import Q

from panels.actions.interest import declare_interest
from panels.models import AgendaItem
from referrals.models import Access

pytestmark = pytest.mark.django_db

MEETING_PAGES = ["", "/papers", "/interests", "/attend"]


def out(borough, meeting, item, who="member"):
    """Declare somebody's interest, whose nature is theirs, the chair's and the administrator's."""
    person = getattr(borough, who)
    return declare_interest(meeting, person=person, item=item, nature="My cousinzz.", by=person)


def test_the_paper_is_not_found(borough, record, sign_in):
    page = record.at("/meetings/{meeting}/papers/{number}")
    assert sign_in(borough.member).get(page).status_code == 200

    out(borough, record.to_come, record.next_item)

    assert sign_in(borough.member).get(page).status_code == 404
    assert record.next_item.title not in sign_in(borough.member).get("/papers").content.decode()
    assert sign_in(borough.chair).get(page).status_code == 200


def test_g08_with_the_rule_off_the_title_is_on_the_agenda(borough, record, sign_in, monkeypatch):
    """The control: the interest is declared all the same, and neither the item nor the referral asks for it."""
    out(borough, record.to_come, record.next_item)
    monkeypatch.setattr(type(AgendaItem.objects.all()), "_out", lambda self, user, **facts: Q(pk=None))
    monkeypatch.setattr(type(Access.objects.all()), "withheld", lambda self, user: self.none())

    assert record.next_item.title in sign_in(borough.member).get(record.at("/meetings/{meeting}")).content.decode()


@pytest.mark.parametrize("page", MEETING_PAGES)
def test_the_agenda_gives_its_number_and_no_title(borough, record, sign_in, page):
    out(borough, record.to_come, record.next_item)

    text = sign_in(borough.member).get(record.at("/meetings/{meeting}") + page).content.decode()

    assert record.next_item.title not in text
    assert record.next_item.referral.reference not in text
    if page in {"", "/papers"}:
        assert f"{record.next_item.number}. An item you are out of" in text


def test_the_referral_itself_is_not_found(borough, record, sign_in):
    page = record.next_item.referral.get_absolute_url()
    assert sign_in(borough.member).get(page).status_code == 200

    out(borough, record.to_come, record.next_item)

    assert sign_in(borough.member).get(page).status_code == 404


def test_the_decision_is_not_found_before_or_after_release(borough, record, sign_in):
    page = record.at("/decisions/{decision}")
    assert sign_in(borough.member).get(page).status_code == 200

    out(borough, record.held, record.item)

    assert record.decision.released_at
    assert sign_in(borough.member).get(page).status_code == 404
    assert record.item.title not in sign_in(borough.member).get("/decisions").content.decode()


def test_their_minutes_leave_the_item_out_and_the_file_is_not_found(borough, record, sign_in):
    page = record.at("/meetings/{held}/minutes")
    assert "Reasonszz" in sign_in(borough.member).get(page).content.decode()

    out(borough, record.held, record.item)
    text = sign_in(borough.member).get(page).content.decode()

    assert "An item you were out of" in text
    for kept in ("Reasonszz", "Tell the carerzz", record.item.title, "My cousinzz"):
        assert kept not in text
    assert sign_in(borough.member).get(f"{page}.pdf").status_code == 404


def test_the_nature_of_an_interest_is_for_chair_and_administrator(borough, record, sign_in):
    out(borough, record.to_come, record.next_item)
    page = record.at("/meetings/{meeting}/interests")

    for who, sees in {"chair": True, "panel_administrator": True, "provider_manager": False}.items():
        assert ("My cousinzz" in sign_in(getattr(borough, who)).get(page).content.decode()) is sees, who


def test_an_interest_in_an_item_of_another_meeting_is_not_taken(borough, record, sign_in):
    answer = sign_in(borough.member).post(
        record.at("/meetings/{meeting}/interests"), {"item": record.item.pk, "nature": "Kept words"}
    )

    assert answer.status_code == 200
    assert "select one of the answers on the page" in answer.content.decode()
    assert "Kept words" in answer.content.decode()
    assert not record.to_come.interests.exists()


def test_an_administrator_out_of_an_item_cannot_open_or_minute_it(borough, record, sign_in):
    out(borough, record.to_come, record.next_item, who="panel_administrator")
    client = sign_in(borough.panel_administrator)
    at = record.at("/meetings/{meeting}/live")

    text = client.get(at).content.decode()
    assert record.next_item.title not in text
    assert "Kept from you" in text
    assert client.get(f"{at}/{record.next_item.number}").status_code == 404
    assert client.post(f"{at}/{record.next_item.number}", {"outcome": "agree", "reasons": "Mine."}).status_code == 404
    assert client.post(f"{at}/{record.next_item.number}/note", {"note": "Mine.", "version": "0"}).status_code == 404
    assert client.post(at, {"deed": f"take {record.next_item.number}"}).status_code == 404
    for page in ("/agenda", "/circulate"):
        text = client.get(record.at("/meetings/{meeting}") + page).content.decode()
        assert record.next_item.title not in text


def test_a_chair_out_of_an_item_neither_sees_nor_agrees_its_decision(borough, record, sign_in):
    out(borough, record.held, record.item, who="chair")
    client = sign_in(borough.chair)

    answer = client.post(record.at("/meetings/{held}/live"), {"deed": f"agree {record.decision.reference}"})

    assert answer.status_code == 404
    assert record.item.title not in client.get(record.at("/meetings/{held}/live")).content.decode()
