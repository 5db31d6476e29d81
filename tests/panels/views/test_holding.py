"""Booking on one page from the referral: panel, meeting and slot; or a slot held before it is signed."""

import pytest

from kpis.measures.to_do.agendas import slots_held, slots_waited_for
from panels.actions.booking import wait_for_slot
from panels.models import HeldSlot, Panel
from tests import people
from tests.panels import builders
from tests.referrals.builders import a_signed_off_referral, a_triaged_referral

pytestmark = pytest.mark.django_db


def test_j3b_panel_meeting_and_slot_are_on_one_page(borough, sign_in):
    meeting, referral = builders.a_called_meeting(borough), a_signed_off_referral(borough)
    client = sign_in(borough.panel_administrator)
    assert "Book on a panel" in client.get(f"{referral.get_absolute_url()}/panel").content.decode()

    page = client.get(f"{referral.get_absolute_url()}/book").content.decode()
    assert "ART Referral Panel" in page
    assert "The next free slot begins about 10:15am" in page
    assert "Which slot?" in page
    client.post(f"{referral.get_absolute_url()}/book", {"meeting": meeting.reference, "place": "first"})

    assert meeting.items.get(referral=referral).number == 3


def test_j3_a_slot_is_held_and_let_go_from_the_same_page(borough, sign_in):
    meeting, referral = builders.a_called_meeting(borough), a_triaged_referral(borough)
    if referral.status == "READY":
        pytest.fail("the referral is to be on its way")
    client, page = sign_in(borough.panel_administrator), f"{referral.get_absolute_url()}/book"
    assert "Hold the slot" in client.get(page).content.decode()

    client.post(page, {"meeting": meeting.reference})

    assert HeldSlot.objects.get().meeting == meeting
    assert "A slot is held" in client.get(f"{referral.get_absolute_url()}/panel").content.decode()
    assert [thing.label for thing in slots_held(borough.panel_administrator)] == [f"A slot is held for {referral.reference}"]
    client.post(f"{page}/let-go")
    assert HeldSlot.objects.open().count() == 0
    assert client.post(f"{page}/let-go").status_code == 404


def test_a_referral_in_line_is_on_to_do(borough):
    panel = builders.a_referral_panel(borough)
    Panel.objects.filter(pk=panel.pk).update(slots=0)
    meeting, referral = builders.a_called_meeting(borough, panel), a_signed_off_referral(borough)
    wait_for_slot(referral, meeting, by=borough.panel_administrator)

    assert [thing.label for thing in slots_waited_for(borough.panel_administrator)] == [f"{referral.reference} waits for a slot"]
    assert slots_waited_for(borough.chair) == []
    assert slots_waited_for(people.a_borough("elsewhere").panel_administrator) == []


def test_nobody_but_the_administrator_holds_a_slot(borough, sign_in):
    meeting, referral = builders.a_called_meeting(borough), a_triaged_referral(borough)

    for who in ("social_worker", "service_manager", "chair"):
        answer = sign_in(borough.people[who]).post(f"{referral.get_absolute_url()}/book", {"meeting": meeting.reference})
        assert answer.status_code in {403, 404}
    assert not HeldSlot.objects.exists()
