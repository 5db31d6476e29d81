"""A called meeting is moved: judged as a fresh call, served anew with proof, one UID, and its business stays."""

from datetime import UTC, date, time, timedelta
from threading import Thread

import pytest
from django.db import connection

from core import clock, outbox
from core.actions.closure import close_day
from core.models import Message, OutboxJob
from core.rules import RuleBroken
from kpis.actions.pack import approve_pack, freeze_pack, plan_pack
from kpis.choices import PackState
from panels.actions.agenda import circulate_agenda
from panels.actions.altering import propose_alteration
from panels.actions.attendance import answer_invitation
from panels.actions.meeting import agree_year, cancel_meeting
from panels.actions.moving import move_meeting
from panels.models import MeetingMove, Service
from panels.models.clocks import papers_due_on
from tests.panels import builders
from tests.referrals.builders import a_signed_off_referral

pytestmark = pytest.mark.django_db


def at(day, hour=10):
    return clock.moment(day, time(hour))


def send_everything():
    while job := outbox.claim(holder="test"):
        outbox.do(job)


def moved(borough, meeting, day, **facts):
    facts = {"venue": meeting.venue, "lasts_minutes": meeting.lasts_minutes, "reason": "The room is let.", **facts}
    return move_meeting(meeting, starts_at=at(day), by=borough.panel_administrator, **facts)


def test_a_moved_meeting_is_served_anew_under_the_same_uid_with_a_higher_sequence(borough):
    meeting = builders.a_called_meeting(borough, builders.a_steering_group(borough))
    send_everything()
    uid, sequence = f"UID:{meeting.reference}@throughline", meeting.sequence
    served = Service.objects.filter(meeting=meeting, kind="notice").count()
    answer_invitation(meeting, answer="attending", by=borough.chair)

    meeting = moved(borough, meeting, meeting.on + timedelta(days=14), venue="Room 2")
    send_everything()

    assert meeting.sequence == sequence + 1
    message = Message.objects.filter(person=borough.chair, kind="meeting.notice").latest("pk")
    words = message.calendar.replace("\r\n ", "")
    assert uid in words
    assert f"SEQUENCE:{sequence + 1}" in words
    assert "METHOD:REQUEST" in words
    assert "Room 2" in message.body
    assert "Room 1" in message.body
    assert Service.objects.filter(meeting=meeting, kind="notice").count() == served * 2
    assert not meeting.answers.exists()
    assert MeetingMove.objects.get().was_in == "Room 1"


def test_moving_to_a_day_with_too_short_notice_is_refused_and_nothing_changes(borough):
    with clock.held_at(date(2026, 11, 24)):
        panel = builders.a_steering_group(borough)
        meeting = builders.a_called_meeting(borough, panel, on=date(2026, 12, 22))

    with clock.held_at(date(2026, 11, 25)), pytest.raises(RuleBroken, match="the last day to give it was 24 November"):
        moved(borough, meeting, date(2026, 12, 15))  # one Working Day short
    with clock.held_at(date(2026, 11, 24)):
        moved(borough, meeting, date(2026, 12, 15))  # fourteen clear ones

    meeting.refresh_from_db()
    assert meeting.on == date(2026, 12, 15)
    assert meeting.last_day_for_notice == date(2026, 11, 24)


def test_a_holiday_between_counts_against_the_new_day(borough):
    """A day the council closes after the first notice is a holiday for the second."""
    with clock.held_at(date(2026, 11, 20)):
        meeting = builders.a_called_meeting(borough, builders.a_steering_group(borough), on=date(2026, 12, 22))
        close_day(borough.authority, on=date(2026, 12, 8), name="The building is shut", by=borough.administrator)

    with clock.held_at(date(2026, 11, 24)), pytest.raises(RuleBroken, match="the last day to give it was 23 November"):
        moved(borough, meeting, date(2026, 12, 15))
    with clock.held_at(date(2026, 11, 23)):
        meeting = moved(borough, meeting, date(2026, 12, 15))

    assert "2026-12-08" in meeting.holidays


def test_clocks_that_change_between_move_no_meeting_by_an_hour(borough):
    with clock.held_at(date(2027, 2, 1)):
        meeting = builders.a_called_meeting(borough, builders.a_steering_group(borough), on=date(2027, 3, 25))
        meeting = moved(borough, meeting, date(2027, 4, 1))  # summer time begins on 28 March

    assert meeting.starts_at.astimezone(UTC).hour == 9
    assert meeting.starts_at.astimezone(clock.LONDON).hour == 10
    assert "DTSTART;TZID=Europe/London:20270401T100000" in Message.objects.filter(kind="meeting.notice").latest("pk").calendar


def test_moving_is_refused_inside_the_hours_for_cancelling_but_the_place_may_change(borough):
    meeting = builders.a_called_meeting(borough, builders.a_steering_group(borough))
    late = meeting.starts_at - timedelta(hours=23)

    with clock.held_at(late), pytest.raises(RuleBroken, match="less than 24 hours"):
        moved(borough, meeting, meeting.on + timedelta(days=40))
    with clock.held_at(late):
        meeting = moved(borough, meeting, meeting.on, venue="The town hall", reason="The roof leaks.")

    assert meeting.venue == "The town hall"
    assert "needs 14 clear Working Days" in meeting.breach
    assert "The roof leaks." in meeting.breach


def test_two_people_who_move_one_meeting_at_once_move_it_once(borough):
    meeting = builders.a_called_meeting(borough, builders.a_steering_group(borough))
    seen = meeting.sequence
    moved(borough, meeting, meeting.on + timedelta(days=7), seen_sequence=seen)

    with pytest.raises(RuleBroken, match="Somebody else changed this meeting"):
        moved(borough, meeting, meeting.on + timedelta(days=14), seen_sequence=seen)


@pytest.mark.django_db(transaction=True)
def test_two_moves_in_one_moment_leave_one_move(borough):
    meeting = builders.a_called_meeting(borough, builders.a_steering_group(borough))
    days, refused = [meeting.on + timedelta(days=7), meeting.on + timedelta(days=14)], []

    def go(day):
        try:
            moved(borough, meeting, day, seen_sequence=meeting.sequence)
        except RuleBroken as refusal:
            refused.append(str(refusal))
        finally:
            connection.close()

    threads = [Thread(target=go, args=[day]) for day in days]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert MeetingMove.objects.count() == 1
    assert len(refused) == 1


def test_booked_items_stay_and_papers_are_due_by_the_new_day(borough):
    referral = a_signed_off_referral(borough)
    meeting, item = builders.a_meeting_with(borough, referral)
    was_due = papers_due_on(meeting)

    meeting = moved(borough, meeting, meeting.on + timedelta(days=14))

    item.refresh_from_db()
    referral.refresh_from_db()
    assert (item.meeting_id, item.state, referral.status) == (meeting.pk, "to come", "BOOKED")
    assert papers_due_on(meeting) == was_due + timedelta(days=14)


def test_no_message_about_the_old_day_leaves_after_a_move(borough):
    meeting = builders.a_called_meeting(borough, builders.a_steering_group(borough))
    old = set(Message.objects.filter(about_id=str(meeting.pk)).values_list("pk", flat=True))

    meeting = moved(borough, meeting, meeting.on + timedelta(days=14))
    send_everything()

    assert set(Message.objects.filter(pk__in=old).values_list("state", flat=True)) == {"stopped"}
    assert Service.objects.filter(meeting=meeting, kind="notice").exists()


def test_presenters_of_circulated_papers_hear_when_to_come_now(borough):
    meeting, _ = builders.a_meeting_with(borough, a_signed_off_referral(borough))
    circulate_agenda(meeting, by=borough.panel_administrator)
    send_everything()

    meeting.refresh_from_db()
    meeting = moved(borough, meeting, meeting.on + timedelta(days=7))

    told = Message.objects.filter(kind="meeting.presenter").latest("pk")
    assert f"{meeting.on.day} {meeting.on:%B}" in told.body
    assert meeting.status == "circulated"


def test_a_proposal_too_late_for_the_new_day_goes_on_to_the_next_meeting(borough):
    panel = builders.a_steering_group(borough)
    with clock.held_at(date(2026, 9, 1)):
        first = builders.a_called_meeting(borough, panel, on=date(2026, 11, 26))
        second = builders.a_called_meeting(borough, panel, on=date(2026, 12, 10))
    with clock.held_at(date(2026, 11, 1)):
        change = {"number": "12", "heading": "New", "text": "A clause more.", "numbers": {}}
        proposal = propose_alteration(panel, changes=[change], reason="Better.", meeting=first, by=borough.chair)
        moved(borough, first, date(2026, 11, 24))
        proposal.refresh_from_db()
        assert proposal.meeting_id == first.pk
    panel.terms.update(notice_working_days=3)
    with clock.held_at(date(2026, 11, 2)):
        first.refresh_from_db()
        moved(borough, first, date(2026, 11, 12))

    proposal.refresh_from_db()
    assert proposal.meeting_id == second.pk
    assert proposal.item.meeting_id == second.pk


def test_a_moved_meeting_is_not_counted_twice_in_its_full_year(borough):
    panel = builders.a_steering_group(borough)
    with clock.held_at(date(2025, 12, 1)):
        year = agree_year(panel, moments=[at(date(2026, m, 10)) for m in range(1, 13)], venue="Room 1", by=borough.panel_administrator)

    with clock.held_at(date(2026, 6, 1)):
        assert moved(borough, year[-1], date(2026, 12, 17)).on == date(2026, 12, 17)
        with pytest.raises(RuleBroken, match="already meets"):
            moved(borough, year[-2], date(2026, 12, 17))


def test_what_is_cancelled_or_over_is_not_moved(borough):
    meeting = builders.a_called_meeting(borough)
    cancelled = cancel_meeting(meeting, reason="None", by=borough.chair)

    with pytest.raises(RuleBroken, match="has been held, cancelled or closed"):
        moved(borough, cancelled, meeting.on + timedelta(days=14))


def test_a_pack_follows_its_meeting_and_is_frozen_and_approved_again(borough):
    with clock.held_at(date(2026, 9, 1)):
        meeting = builders.a_called_meeting(borough, builders.a_steering_group(borough), on=date(2026, 12, 3))
    with clock.held_at(date(2026, 11, 24)):
        plan_pack(meeting, by=None)
        approve_pack(freeze_pack(meeting.reference), by=borough.chair)
        on = date(2027, 1, 14)
        meeting = moved(borough, meeting, on)

    pack = meeting.pack
    pack.refresh_from_db()
    assert (pack.state, pack.approved_by, pack.version) == (PackState.DRAFTED, None, None)
    waiting = OutboxJob.objects.filter(subject=meeting.reference, state="waiting").order_by("due_at")
    assert [(job.kind, job.due_at.date()) for job in waiting] == [
        ("pack.chase", date(2027, 1, 4)), ("pack.chase", date(2027, 1, 5)),
        ("pack.freeze", date(2027, 1, 6)), ("pack.issue", date(2027, 1, 7)),
    ]  # fmt: skip


def test_a_pack_moved_away_and_back_again_is_still_made(borough):
    with clock.held_at(date(2026, 9, 1)):
        meeting = builders.a_called_meeting(borough, builders.a_steering_group(borough), on=date(2026, 12, 3))
    with clock.held_at(date(2026, 10, 1)):
        plan_pack(meeting, by=None)
        meeting = moved(borough, meeting, date(2026, 12, 17))
        moved(borough, meeting, date(2026, 12, 3))

    due = OutboxJob.objects.filter(subject=meeting.reference, kind="pack.issue", state="waiting")
    assert [job.due_at.date() for job in due] == [date(2026, 11, 26)]
