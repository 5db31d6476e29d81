"""The timetable reminds whoever must act on agendas and minutes, once each, drafts what nobody drafted, and To do says what is late."""

from datetime import timedelta

import pytest

from core import clock
from core.models import AuditEvent, Message
from kpis.measures.to_do.meetings import agendas_late, to_circulate_or_close
from panels.models import Minutes
from panels.models.clocks import calendar_of, papers_due_on
from panels.tasks import tend_due_papers
from tests.panels import builders
from tests.panels.actions.test_booking import acting
from tests.referrals import builders as referrals

pytestmark = pytest.mark.django_db


def tend_on(day):
    """What the timetable does on a day at eight, asked twice."""
    with clock.held_at(clock.moment(day) - timedelta(hours=1)):
        tend_due_papers()
        tend_due_papers()


def told():
    return list(Message.objects.filter(kind="meeting.reminder").order_by("pk").values_list("person__full_name", "subject"))


def test_an_agenda_that_is_due_and_then_late_is_asked_for_once_each(borough):
    meeting = builders.a_called_meeting(borough, builders.a_referral_panel(borough))
    due, administrator = papers_due_on(meeting), borough.panel_administrator.full_name
    tend_on(due)
    assert told() == [(administrator, f"The agenda of {meeting} goes out today")]
    after = calendar_of(meeting).add(due, 1)
    tend_on(after)
    assert sorted(told()[1:]) == sorted((person, f"The agenda of {meeting} is late") for person in (administrator, meeting.chair.full_name))
    assert AuditEvent.objects.filter(verb="meeting.reminded").count() == 2
    with clock.held_at(clock.moment(after)):
        (late,) = agendas_late(acting(borough.chair))
        assert (late.due, late.waits_for) == (due, "Panel administrator")


def test_a_meeting_that_nobody_closed_has_its_minutes_drafted_the_next_working_day(borough):
    meeting, _ = builders.a_meeting_with(borough, referrals.a_signed_off_referral(borough))
    with clock.held_at(clock.moment(meeting.on, clock.TEN)):
        builders.begin(borough, meeting)
    tend_on(meeting.on)
    assert not Minutes.objects.exists()
    after = calendar_of(meeting).add(meeting.on, 1)
    tend_on(after)
    assert Minutes.objects.get().meeting == meeting
    assert told()[-1] == (borough.panel_administrator.full_name, f"{meeting} has not been closed")
    with clock.held_at(clock.moment(after)):
        assert [thing.url for thing in to_circulate_or_close(acting(borough.panel_administrator))] == [f"{meeting.get_absolute_url()}/live"]
