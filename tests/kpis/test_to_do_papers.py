"""What came late waits for the chair, and a register is confirmed once a year."""

from datetime import timedelta

import pytest

from core import clock
from kpis.measures.to_do.agendas import acts_to_do, acts_to_ratify
from kpis.measures.to_do.papers import late_papers, register
from panels.actions.act import act_between_meetings, send_papers_for_act
from panels.actions.agenda import circulate_agenda
from panels.actions.interest import declare_interest
from panels.actions.meeting import cancel_meeting
from panels.actions.paper import accept_supplement, offer_supplement
from panels.actions.register import confirm_register
from tests.conftest import TODAY
from tests.panels import builders
from tests.panels.actions.test_booking import acting
from tests.panels.actions.test_meeting import views_of
from tests.referrals import builders as referrals

pytestmark = pytest.mark.django_db


@pytest.fixture
def late(borough):
    """A late paper offered for a meeting whose papers are out."""
    meeting, item = builders.a_meeting_with(borough, referrals.a_signed_off_referral(borough))
    circulate_agenda(meeting, by=borough.panel_administrator)
    return offer_supplement(item, words="More.", change_note="New.", by=borough.panel_administrator)


def test_a_late_paper_waits_for_the_chair_until_answered(borough, late):
    assert [thing.url for thing in late_papers(acting(borough.chair))] == [f"{late.meeting.get_absolute_url()}/late"]
    assert late_papers(acting(borough.member)) == []

    accept_supplement(late, by=acting(borough.chair))

    assert late_papers(acting(borough.chair)) == []


def test_a_chair_who_is_out_or_whose_meeting_is_cancelled_is_not_asked(borough, late):
    declare_interest(late.meeting, item=late.item, person=borough.chair, nature="x", by=borough.chair)
    assert late_papers(acting(borough.chair)) == []


def test_m2_nothing_waits_of_a_cancelled_meeting(borough, late):
    cancel_meeting(late.meeting, reason="Snow.", views=views_of(late.meeting), by=borough.chair)

    assert late_papers(acting(borough.chair)) == []


def test_d6_the_register_is_asked_for_once_and_then_before_each_year_is_over(borough):
    builders.a_referral_panel(borough)
    assert register(acting(borough.member))[0].due is None
    assert register(acting(borough.head_of_service)) == []
    assert register(acting(borough.social_worker)) == []

    confirm_register(by=borough.member)

    assert register(acting(borough.member)) == []
    year_on = TODAY.replace(year=2027)
    with clock.held_at(year_on - timedelta(days=29)):
        assert register(acting(borough.member)) == []
    with clock.held_at(year_on - timedelta(days=28)):
        assert register(acting(borough.member))[0].due == year_on


def test_the_chairs_act_waits_to_be_done_and_then_to_be_ratified(borough):
    panel = builders.a_referral_panel(borough)
    builders.a_called_meeting(borough, panel)
    referral = referrals.a_signed_off_referral(borough)
    item = send_papers_for_act(referral, panel, by=borough.panel_administrator)
    assert [thing.url for thing in acts_to_do(acting(borough.chair))] == [f"{item.meeting.get_absolute_url()}/act/{item.number}"]
    assert acts_to_ratify(acting(borough.panel_administrator)) == []

    act_between_meetings(item, outcome="agree", reasons="It cannot wait.", weeks=6, by=borough.chair)

    assert acts_to_do(acting(borough.chair)) == []
    for who in (borough.chair, borough.panel_administrator):
        assert [thing.label for thing in acts_to_ratify(acting(who))] == [f"Have the chair’s act on {referral.reference} ratified"]
