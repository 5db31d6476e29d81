"""Meetings are called with notice, served with proof, and cancelled in time or not at all."""

from datetime import date, datetime, time, timedelta

import pytest
from django.db import DatabaseError, transaction

from core import clock, outbox
from core.models import Message
from core.rules import RuleBroken
from panels.actions.attendance import name_delegate
from panels.actions.meeting import agree_year, call_meeting, cancel_meeting, record_not_held
from panels.models import Meeting, Service
from panels.models.room import representatives
from tests.panels import builders

pytestmark = pytest.mark.django_db


def at(day, hour=10):
    return clock.moment(day, time(hour))


@pytest.mark.parametrize(
    ("notice_on", "meeting_on", "may"),
    [
        (date(2026, 11, 24), date(2026, 12, 15), True),   # 14 clear Working Days between
        (date(2026, 11, 25), date(2026, 12, 15), False),  # a day short
        (date(2021, 12, 10), date(2022, 1, 5), True),     # Christmas and its substitutes
        (date(2021, 12, 13), date(2022, 1, 5), False),
        (date(2022, 9, 5), date(2022, 9, 27), True),      # the State Funeral
        (date(2022, 9, 6), date(2022, 9, 27), False),
    ],
)  # fmt: skip
def test_call_meeting_keeps_fourteen_clear_working_days(borough, notice_on, meeting_on, may):
    panel = builders.a_steering_group(borough)
    panel.terms.update(in_force_from=date(2020, 1, 1))

    with clock.held_at(notice_on):
        if may:
            meeting = call_meeting(panel, starts_at=at(meeting_on), venue="Room 1", by=borough.panel_administrator)
            assert meeting.last_day_for_notice >= notice_on
        else:
            with pytest.raises(RuleBroken, match="the last day to give it was"):
                call_meeting(panel, starts_at=at(meeting_on), venue="Room 1", by=borough.panel_administrator)


def test_call_meeting_in_an_emergency_needs_only_a_reason(borough):
    panel = builders.a_steering_group(borough)
    tomorrow = at(clock.today() + timedelta(days=1))

    with pytest.raises(RuleBroken, match="Say why"):
        call_meeting(panel, starts_at=tomorrow, venue="x", kind="emergency", by=borough.panel_administrator)
    meeting = call_meeting(
        panel, starts_at=tomorrow, venue="x", kind="emergency", reason="A placement ended today.",
        by=borough.panel_administrator,
    )  # fmt: skip

    assert meeting.reason == "A placement ended today."


def a_full_year(borough, panel):
    with clock.held_at(date(2025, 12, 1)):
        days = [date(2026, month, 10) for month in range(1, 13)]
        return agree_year(panel, moments=[at(day) for day in days], venue="Room 1", by=borough.panel_administrator)


def test_an_ordinary_thirteenth_is_refused_and_an_emergency_one_is_outside_the_terms(borough):
    panel = builders.a_steering_group(borough)
    assert len(a_full_year(borough, panel)) == 12

    with pytest.raises(RuleBroken, match="no more than 12"):
        call_meeting(panel, starts_at=at(date(2026, 12, 22)), venue="x", by=borough.panel_administrator)
    extra = call_meeting(
        panel, starts_at=at(date(2026, 12, 22)), venue="x", kind="emergency", reason="Now.",
        by=borough.panel_administrator,
    )  # fmt: skip

    assert "This is meeting 13" in extra.breach


def test_the_standing_items_are_there_and_interests_are_second(borough):
    meeting = builders.a_called_meeting(borough, builders.a_steering_group(borough))

    titles = list(meeting.items.order_by("number").values_list("title", flat=True))

    assert titles[1] == "Declarations of interest"
    assert len(titles) == 8
    assert titles[-1] == "Other business"


def test_notice_is_served_when_the_mail_server_accepts_it(borough):
    meeting = builders.a_called_meeting(borough, builders.a_steering_group(borough))
    assert Service.objects.count() == 0

    outbox.sweep()

    served = Service.objects.filter(meeting=meeting, kind="notice")
    assert sorted(served.values_list("letter", flat=True)) == list("abcdef")
    outbox.sweep()
    assert served.count() == 6


def test_proof_of_service_is_never_edited(borough):
    builders.a_called_meeting(borough, builders.a_steering_group(borough))
    outbox.sweep()

    with pytest.raises(DatabaseError), transaction.atomic():
        Service.objects.update(how="by pigeon")


def test_the_invitation_keeps_one_uid_and_says_nothing_of_children(borough):
    meeting = builders.a_called_meeting(borough, builders.a_steering_group(borough))

    message = Message.objects.filter(kind="meeting.notice").first()

    assert f"UID:{meeting.reference}@throughline" in message.calendar
    assert "METHOD:REQUEST" in message.calendar


def views_of(meeting):
    return {seat.holder.pk: "Fine." for seat in representatives(meeting)}


def test_cancel_meeting_for_lack_of_business_needs_every_view(borough):
    meeting = builders.a_called_meeting(borough, builders.a_steering_group(borough))

    with pytest.raises(RuleBroken, match="Record the view of"):
        cancel_meeting(meeting, reason="Too little.", is_lack_of_business=True, by=borough.chair)
    cancelled = cancel_meeting(
        meeting, reason="Too little.", views=views_of(meeting), is_lack_of_business=True, by=borough.chair
    )

    assert cancelled.status == "cancelled"
    assert cancelled.views.count() == 6
    assert Message.objects.filter(kind="meeting.cancellation").count() == 6


@pytest.mark.parametrize(("minutes_late", "may"), [(0, True), (1, False)])
def test_cancel_meeting_up_to_exactly_24_hours_across_a_clock_change(borough, minutes_late, may):
    panel = builders.a_steering_group(borough)
    start = datetime(2027, 3, 28, 10, tzinfo=clock.LONDON)  # the clocks go forward that morning
    meeting = call_meeting(panel, starts_at=start, venue="x", by=borough.panel_administrator)
    now = datetime.fromtimestamp(start.timestamp() - 24 * 3600 + minutes_late * 60, tz=clock.LONDON)

    with clock.held_at(now):
        if may:
            assert cancel_meeting(meeting, reason="Snow.", by=borough.chair).status == "cancelled"
        else:
            with pytest.raises(RuleBroken, match="less than 24 hours"):
                cancel_meeting(meeting, reason="Snow.", by=borough.chair)
            assert "Not held" in record_not_held(meeting, reason="Snow.", by=borough.chair).breach


def test_a_delegate_is_named_once_and_served(borough):
    meeting = builders.a_called_meeting(borough, builders.a_steering_group(borough))

    name_delegate(meeting, letter="b", holder=borough.head_of_service, delegate=borough.member, by=borough.head_of_service)

    with pytest.raises(RuleBroken, match="already stands"):
        name_delegate(meeting, letter="c", holder=borough.service_manager, delegate=borough.member, by=borough.chair)
    with pytest.raises(RuleBroken, match="Only the seat"):
        name_delegate(meeting, letter="a", holder=borough.chair, delegate=borough.finance, by=borough.fostering)
    assert Meeting.objects.visible_to(borough.member).count() == 1


def test_o3_the_mime_part_says_the_method_of_its_body_once_and_one_uid_lives_on(borough, mailoutbox):
    meeting = builders.a_called_meeting(borough, builders.a_steering_group(borough))
    outbox.sweep()
    cancel_meeting(meeting, reason="Snow.", by=borough.chair)
    outbox.sweep()

    def part_of(sent):
        return next(part for part in sent.message().walk() if part.get_content_type() == "text/calendar")

    asked, called_off = part_of(mailoutbox[0]), part_of(mailoutbox[-1])
    for part, method in ((asked, "REQUEST"), (called_off, "CANCEL")):
        assert part.get_params()[1:] == [("method", method), ("charset", "utf-8")]
        assert f"METHOD:{method}" in part.get_payload(decode=True).decode()
    bodies = [part.get_payload(decode=True).decode() for part in (asked, called_off)]
    assert all(f"UID:{meeting.reference}@throughline" in body for body in bodies)
    assert "SEQUENCE:0" in bodies[0]
    assert "SEQUENCE:1" in bodies[1]
