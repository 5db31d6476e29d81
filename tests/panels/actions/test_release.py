"""Agendas that go out by themselves: on their last day in time at 7am, once, or held with the reason told."""

from datetime import time, timedelta

import pytest

from core import clock
from core.models import AuditEvent, Message
from core.rules import RuleBroken
from kpis.measures.to_do.meetings import to_circulate_or_close
from panels.actions.agenda import circulate_agenda
from panels.actions.meeting import cancel_meeting
from panels.actions.moving import move_meeting
from panels.actions.release import release_agenda, send_released, take_back_release
from panels.models import Meeting
from panels.models.clocks import calendar_of, papers_due_on
from panels.tasks import tend_due_papers
from referrals.actions.sign_off import sign_off_referral
from referrals.actions.signing import void_signatures
from tests.panels import builders
from tests.panels.actions.test_booking import acting, views_of
from tests.referrals import builders as referrals

pytestmark = pytest.mark.django_db
NEARLY, SEVEN = time(6, 59), time(7)


@pytest.fixture
def left(borough):
    """A referral panel's agenda with one referral, left to go out by itself."""
    meeting, item = builders.a_meeting_with(borough, referrals.a_signed_off_referral(borough))
    return release_agenda(meeting, by=borough.panel_administrator), item


def tend_at(day, at):
    """The timetable wakes up twice at that hour."""
    with clock.held_at(clock.moment(day, at)):
        tend_due_papers()
        tend_due_papers()


def told(kind="meeting.reminder"):
    return list(Message.objects.filter(kind=kind).order_by("pk").values_list("person__full_name", "subject"))


@pytest.mark.parametrize(("days", "at", "is_out"), [(-1, time(23, 59), False), (0, NEARLY, False), (0, SEVEN, True)])
def test_it_goes_out_at_seven_on_its_last_day_in_time_and_not_before(borough, left, days, at, is_out):
    meeting, _ = left
    assert meeting.goes_out_on == papers_due_on(meeting)
    tend_at(meeting.goes_out_on + timedelta(days=days), at)
    meeting.refresh_from_db()
    assert (meeting.circulated_at is not None) is is_out


def test_it_goes_once_as_the_deed_of_whoever_left_it_with_no_breach(borough, left):
    meeting, _ = left
    tend_at(meeting.goes_out_on, SEVEN)
    tend_at(meeting.goes_out_on, time(9))
    meeting.refresh_from_db()
    assert (meeting.circulated_by, meeting.breach) == (borough.panel_administrator, "")
    assert len(told("meeting.agenda")) == 3
    assert told() == []
    assert AuditEvent.objects.filter(verb="papers.circulated").count() == 1


def test_it_is_not_asked_for_on_to_do_until_it_fails_to_go(borough, left):
    meeting, _ = left
    with clock.held_at(clock.moment(meeting.goes_out_on, NEARLY)):
        assert to_circulate_or_close(acting(borough.panel_administrator)) == []
    with clock.held_at(clock.moment(meeting.goes_out_on, SEVEN)):
        assert len(to_circulate_or_close(acting(borough.panel_administrator))) == 1


def test_one_that_may_not_go_is_held_its_reason_is_told_once_and_it_goes_once_it_may(borough, left):
    meeting, item = left
    void_signatures(item.referral, because="The request was changed.", by=borough.social_worker)
    tend_at(meeting.goes_out_on, SEVEN)
    assert Meeting.objects.get().circulated_at is None
    assert told() == [(borough.panel_administrator.full_name, f"The agenda of {meeting} could not go out by itself")]
    assert item.referral.reference in Message.objects.get(kind="meeting.reminder").body
    for signer in (borough.team_manager, borough.service_manager):
        sign_off_referral(item.referral, confirmations=referrals.CONFIRMATIONS, by=signer)
    tend_at(meeting.goes_out_on, time(12))
    assert Meeting.objects.get().circulated_at is not None


def test_one_whose_person_left_is_held(borough, left):
    meeting, _ = left
    borough.panel_administrator.roles_held.update(until_on=clock.today())
    with clock.held_at(clock.moment(meeting.goes_out_on, SEVEN)):
        assert send_released(meeting, by=None) == "held"
    assert Meeting.objects.get().circulated_at is None


def test_after_a_day_without_a_timetable_it_goes_late_and_the_breach_says_why(borough, left):
    meeting, _ = left
    tend_at(calendar_of(meeting).add(meeting.goes_out_on, 1), SEVEN)
    meeting.refresh_from_db()
    assert meeting.circulated_at is not None
    assert "left to go out by itself" in meeting.breach


def test_taken_back_moved_or_cancelled_it_does_not_go(borough, left):
    meeting, _ = left
    due = meeting.goes_out_on
    take_back_release(meeting, by=borough.panel_administrator)
    tend_at(due, SEVEN)
    assert Meeting.objects.get().circulated_at is None
    assert AuditEvent.objects.filter(verb="agenda.release_taken_back").count() == 1

    meeting = release_agenda(Meeting.objects.get(), by=borough.panel_administrator)
    moved = move_meeting(
        meeting, starts_at=meeting.starts_at + timedelta(days=14), venue=meeting.venue, lasts_minutes=120, reason="Snow.",
        by=borough.panel_administrator,
    )  # fmt: skip
    assert (moved.goes_out_on, moved.released_by) == (None, None)

    release_agenda(moved, by=borough.panel_administrator)
    cancel_meeting(moved, reason="Nobody can come.", views=views_of(moved), by=borough.chair)
    tend_at(papers_due_on(moved), SEVEN)
    assert Meeting.objects.get().circulated_at is None


def test_one_that_is_out_or_whose_last_day_has_come_cannot_be_left(borough):
    meeting, _ = builders.a_meeting_with(borough, referrals.a_signed_off_referral(borough))
    with clock.held_at(clock.moment(papers_due_on(meeting))), pytest.raises(RuleBroken, match="circulate it now"):
        release_agenda(meeting, by=borough.panel_administrator)
    circulate_agenda(meeting, by=borough.panel_administrator)
    with pytest.raises(RuleBroken, match="went out on"):
        release_agenda(meeting, by=borough.panel_administrator)
