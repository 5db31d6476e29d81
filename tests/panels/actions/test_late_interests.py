"""Interests that come late: of somebody let in after circulation, and of a chair who has agreed a decision."""

from datetime import timedelta

import pytest

from core import clock
from panels.actions.agenda import circulate_agenda
from panels.actions.attendance import name_delegate
from panels.actions.decision import agree_decision, record_decision
from panels.actions.interest import declare_interest
from panels.actions.panel import seat_person
from panels.actions.seats import leave_seat
from panels.models import AgendaItem, Recusal
from tests.panels import builders
from tests.referrals.builders import a_signed_off_referral

pytestmark = pytest.mark.django_db


@pytest.fixture
def circulated(borough):
    meeting, item = builders.a_meeting_with(borough, a_signed_off_referral(borough))
    circulate_agenda(meeting, by=borough.panel_administrator)
    meeting.refresh_from_db()
    return meeting, item


def test_i20_a_delegate_named_after_circulation_is_out_of_what_they_present(borough, circulated):
    meeting, item = circulated

    name_delegate(meeting, letter="b", holder=borough.member, delegate=borough.social_worker, by=borough.member)

    assert Recusal.objects.get(item=item).person == borough.social_worker
    assert not item.referral.access.filter(person=borough.social_worker, basis="paper", withheld_because="").exists()


def test_i20_somebody_seated_after_circulation_is_out_of_what_they_wrote(borough, circulated):
    meeting, item = circulated
    on = meeting.on - timedelta(days=2)
    leave_seat(meeting.panel.seat_holders.get(letter="b"), until_on=on, by=borough.panel_administrator)

    seat_person(meeting.panel, letter="b", person=borough.social_worker, from_on=on, by=borough.panel_administrator)

    assert Recusal.objects.get(item=item).person == borough.social_worker
    assert not AgendaItem.objects.visible_to(borough.social_worker).filter(pk=item.pk).exists()


def test_before_circulation_nobody_is_out_yet(borough):
    meeting, _ = builders.a_meeting_with(borough, a_signed_off_referral(borough))

    name_delegate(meeting, letter="b", holder=borough.member, delegate=borough.social_worker, by=borough.member)

    assert not Recusal.objects.exists()


@pytest.mark.parametrize(("outcome", "status"), [("agree", "AGREED"), ("defer", "DEFERRED"), ("not agreed", "DECLINED")])
def test_g08_a_chairs_late_interest_puts_the_referral_back_to_booked(borough, circulated, outcome, status):
    meeting, item = circulated
    with clock.held_at(meeting.starts_at):
        builders.begin(borough, meeting)
        decision = record_decision(item, outcome=outcome, reasons="Yes.", weeks=12, by=borough.panel_administrator)
        agree_decision(decision, by=borough.chair)
        item.referral.refresh_from_db()
        assert item.referral.status == status

        declare_interest(meeting, item=item, person=borough.chair, nature="Late.", by=borough.chair)

    item.referral.refresh_from_db()
    decision.refresh_from_db()
    assert (item.referral.status, item.referral.decided_at, item.referral.agreed_weeks) == ("BOOKED", None, None)
    assert decision.agreed_at is None


def test_g08_a_members_late_interest_leaves_what_the_chair_agreed(borough, circulated):
    meeting, item = circulated
    with clock.held_at(meeting.starts_at):
        builders.begin(borough, meeting)
        agree_decision(record_decision(item, outcome="agree", reasons="Yes.", weeks=12, by=borough.panel_administrator), by=borough.chair)
        declare_interest(meeting, item=item, person=borough.member, nature="Late.", by=borough.member)

    item.referral.refresh_from_db()
    assert item.referral.status == "AGREED"
