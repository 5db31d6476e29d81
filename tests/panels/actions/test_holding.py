"""A slot is held before sign-off, used when the referral is booked, and let go when papers go out."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection

from core import clock
from core.rules import RuleBroken
from panels.actions.agenda import circulate_agenda, list_referral
from panels.actions.booking import book_on_panel, wait_for_slot
from panels.actions.holding import hold_slot, let_slot_go
from panels.actions.meeting import cancel_meeting
from panels.models import HeldSlot, Meeting, Panel
from panels.models.booking import next_slots, slots_taken
from panels.models.clocks import papers_due_on
from tests.panels import builders
from tests.referrals.builders import a_sent_referral, a_signed_off_referral, a_triaged_referral

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(borough):
    panel = builders.a_referral_panel(borough)
    Panel.objects.filter(pk=panel.pk).update(slots=2)
    panel.refresh_from_db()
    return builders.a_called_meeting(borough, panel)


def left(borough, meeting, referral):
    return next(s.left for s in next_slots(borough.panel_administrator, referral) if s.meeting == meeting)


def test_j3_a_held_slot_counts_and_the_referral_is_on_no_agenda(borough, meeting):
    unsigned, other = a_sent_referral(borough), a_signed_off_referral(borough)

    hold_slot(unsigned, meeting, by=borough.panel_administrator)

    assert slots_taken(meeting) == 1
    assert not meeting.items.filter(referral=unsigned).exists()
    assert left(borough, meeting, other) == 1
    list_referral(other, meeting, by=borough.panel_administrator)
    with pytest.raises(RuleBroken, match="All 2 slots of this meeting are taken"):
        list_referral(a_signed_off_referral(borough), meeting, by=borough.panel_administrator)


def test_j3_its_own_slot_is_free_for_the_referral_once_it_is_signed(borough, meeting):
    referral = a_triaged_referral(borough)
    list_referral(a_signed_off_referral(borough), meeting, by=borough.panel_administrator)
    hold_slot(referral, meeting, by=borough.panel_administrator)
    with pytest.raises(RuleBroken, match="not been signed off"):
        list_referral(referral, meeting, by=borough.panel_administrator)

    referral.move_to("READY", by=borough.panel_administrator)
    assert left(borough, meeting, referral) == 1
    list_referral(referral, meeting, by=borough.panel_administrator)

    assert HeldSlot.objects.get().settled_at is not None
    assert slots_taken(meeting) == 2


def test_j3_circulating_lets_held_slots_go_and_takes_only_what_is_signed(borough, meeting):
    hold_slot(a_sent_referral(borough), meeting, by=borough.panel_administrator)

    circulate_agenda(meeting, by=borough.panel_administrator)

    assert slots_taken(meeting) == 0


def test_j3_a_slot_let_go_goes_to_whoever_waits(borough, meeting):
    held = [hold_slot(a_sent_referral(borough), meeting, by=borough.panel_administrator) for _ in range(2)]
    waits = a_signed_off_referral(borough)
    wait_for_slot(waits, meeting, by=borough.panel_administrator)

    let_slot_go(held[0], by=borough.panel_administrator)

    assert meeting.items.filter(referral=waits).exists()
    with pytest.raises(RuleBroken, match="not held any more"):
        let_slot_go(held[0], by=borough.panel_administrator)


def test_j3_a_slot_is_held_once_in_time_and_only_before_sign_off(borough, meeting):
    unsigned = a_sent_referral(borough)
    hold_slot(unsigned, meeting, by=borough.panel_administrator)
    with pytest.raises(RuleBroken, match="held for this referral already"):
        hold_slot(unsigned, meeting, by=borough.panel_administrator)
    with pytest.raises(RuleBroken, match="on its way to being signed"):
        hold_slot(a_signed_off_referral(borough), meeting, by=borough.panel_administrator)
    due = papers_due_on(meeting)
    another = a_sent_referral(borough)
    with clock.held_at(due + timedelta(days=1)), pytest.raises(RuleBroken, match="Papers have closed"):
        hold_slot(another, meeting, by=borough.panel_administrator)
    with clock.held_at(due):
        hold_slot(another, meeting, by=borough.panel_administrator)


def test_j3_a_meeting_that_is_not_to_be_holds_nothing(borough, meeting):
    unsigned = a_sent_referral(borough)
    hold_slot(unsigned, meeting, by=borough.panel_administrator)

    cancel_meeting(meeting, reason="Nobody can come.", by=borough.chair)

    later = builders.a_called_meeting(borough, meeting.panel, on=meeting.on + timedelta(days=14))
    assert hold_slot(unsigned, later, by=borough.panel_administrator).meeting == later


def test_a_withdrawn_referral_holds_nothing(borough, meeting):
    unsigned = a_sent_referral(borough)
    hold_slot(unsigned, meeting, by=borough.panel_administrator)

    unsigned.move_to("WITHDRAWN", by=borough.social_worker)

    assert slots_taken(meeting) == 0


@pytest.mark.django_db(transaction=True)
def test_two_people_who_hold_the_last_slot_at_once_hold_it_once(borough, meeting):
    Panel.objects.update(slots=1)
    referrals, refused = [a_sent_referral(borough) for _ in range(2)], []

    def go(referral):
        try:
            hold_slot(referral, Meeting.objects.get(pk=meeting.pk), by=borough.panel_administrator)
        except RuleBroken:
            refused.append(1)
        finally:
            connection.close()

    threads = [Thread(target=go, args=[referral]) for referral in referrals]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert HeldSlot.objects.count() == 1
    assert refused == [1]


@pytest.mark.parametrize(("place", "at"), [("priority", 2), ("first", 1), ("last", 2)])
def test_j3b_the_slot_is_chosen_with_the_meeting(borough, meeting, place, at):
    first = a_signed_off_referral(borough)
    list_referral(first, meeting, by=borough.panel_administrator)
    referral = a_signed_off_referral(borough)

    item = book_on_panel(referral, meeting, place=place, by=borough.panel_administrator)

    order = list(meeting.items.filter(kind="referral").order_by("number").values_list("pk", flat=True))
    assert order.index(item.pk) + 1 == at
