"""The year as the terms have it: how often, how far ahead, cancelled in time, and what reached whom."""

from datetime import date, datetime, time, timedelta

import pytest

from core import clock, outbox
from core.rules import RuleBroken
from panels.actions.agenda import circulate_agenda, list_referral
from panels.actions.meeting import agree_year, call_meeting, cancel_meeting, record_not_held
from panels.actions.service import record_bounce, record_service
from panels.models import Service
from panels.models.room import representatives
from panels.models.served import why_breached
from panels.models.year_counts import counts_of, year_in_words
from tests.panels import builders
from tests.referrals import builders as referrals

pytestmark = pytest.mark.django_db


@pytest.fixture
def group(borough):
    return builders.a_steering_group(borough)


def days_of(year, number):
    """So many Thursdays of a year, one a month."""
    return [clock.moment(date(year, month, 10), clock.TEN) for month in range(1, number + 1)]


def agree(borough, group, number, year=2027):
    return agree_year(group, moments=days_of(year, number), venue="Room 1", by=borough.panel_administrator)


def views_of(meeting):
    return {seat.holder.pk: "Fine." for seat in representatives(meeting)}


def test_i14_i11_a_years_dates_are_agreed_ahead_and_a_thirteenth_refuses_them_all(borough, group):
    with pytest.raises(RuleBroken, match="no more than 12"):
        agree_year(
            group, moments=[*days_of(2027, 12), clock.moment(date(2027, 12, 20), clock.TEN)], venue="x",
            by=borough.panel_administrator,
        )  # fmt: skip
    assert group.meetings.count() == 0

    agree(borough, group, 12)

    assert counts_of(group, 2027) == (12, 0, 0)


def test_i12_i11_an_extra_meeting_needs_the_groups_agreement_and_is_counted_apart(borough, group):
    agree(borough, group, 12)
    extra = {
        "starts_at": clock.moment(date(2027, 12, 20), clock.TEN), "venue": "x", "kind": "developmental",
        "by": borough.panel_administrator,
    }  # fmt: skip

    with pytest.raises(RuleBroken, match="Enter the day on which the group agreed"):
        call_meeting(group, **extra)
    meeting = call_meeting(group, agreed_on=clock.today(), agreed_how="Item 8 of the last meeting", **extra)

    assert meeting.group_agreement.how == "Item 8 of the last meeting"
    assert counts_of(group, 2027) == (12, 1, 0)
    assert meeting.breach == ""


def test_i10_a_cancellation_that_leaves_fewer_than_six_says_why_to_the_group(borough, group):
    meetings = agree(borough, group, 6)

    with pytest.raises(RuleBroken, match="leaves 5 meetings in the year"):
        cancel_meeting(meetings[0], reason=" ", by=borough.chair)
    cancel_meeting(meetings[0], reason="The building is shut.", by=borough.chair)

    row = year_in_words(group, 2027, group.terms.get())
    assert (row["counted"], row["short"], row["gone"]) == (5, True, 1)
    assert "The building is shut." in row["because"][0]


def test_i13_each_view_or_the_day_they_did_not_answer_by_comes_first(borough, group):
    meeting = agree(borough, group, 7)[0]
    views = {**views_of(meeting), borough.fostering.pk: clock.today()}

    with pytest.raises(RuleBroken, match="may still answer until 24 November 2026") as refusal:
        cancel_meeting(meeting, reason="Too little.", views=views, is_lack_of_business=True, by=borough.chair)
    assert refusal.value.reasons[0].field == f"silent_{borough.fostering.pk}"
    views[borough.fostering.pk] = clock.today() - timedelta(days=1)
    cancel_meeting(meeting, reason="Too little.", views=views, is_lack_of_business=True, by=borough.chair)

    silent = meeting.views.get(person=borough.fostering)
    assert (silent.view, silent.did_not_answer_by) == ("", date(2026, 11, 23))
    with pytest.raises(RuleBroken, match="has been held, cancelled or closed"):
        cancel_meeting(meeting, reason="Again.", by=borough.chair)


def test_i16_an_emergency_says_why_and_a_thirteenth_is_outside_the_terms(borough, group):
    agree(borough, group, 12)
    with clock.held_at(date(2027, 12, 20)):
        called = {"starts_at": clock.moment(date(2027, 12, 21), clock.TEN), "venue": "x", "kind": "emergency", "by": borough.panel_administrator}
        with pytest.raises(RuleBroken, match="Say why"):
            call_meeting(group, **called)
        meeting = call_meeting(group, reason="A home closes tonight.", **called)

    assert meeting.breach == "This is meeting 13 of 2027; the terms allow 12."
    assert counts_of(group, 2027)[0] == 13


def test_i15_the_clocks_going_forward_between_notice_and_meeting_change_no_day(borough, group):
    with clock.held_at(datetime(2027, 3, 16, 23, 59, tzinfo=clock.LONDON)):
        meeting = call_meeting(group, starts_at=clock.moment(date(2027, 4, 8), clock.TEN), venue="x", by=borough.panel_administrator)
    assert meeting.last_day_for_notice == date(2027, 3, 16)

    with clock.held_at(datetime(2027, 3, 17, 0, 1, tzinfo=clock.LONDON)), pytest.raises(RuleBroken, match="16 March 2027"):
        call_meeting(group, starts_at=clock.moment(date(2027, 4, 8), time(14)), venue="x", by=borough.panel_administrator)


def test_i18_a_cancellation_is_in_time_when_the_last_representative_has_it(borough, group):
    meeting = agree(borough, group, 7)[0]
    with clock.held_at(meeting.starts_at - timedelta(hours=25)):
        meeting = cancel_meeting(meeting, reason="Snow.", by=borough.chair)
        assert why_breached(meeting) == []
        outbox.sweep()
    with clock.held_at(meeting.starts_at):
        assert Service.objects.filter(meeting=meeting, kind="cancellation").count() == 6
        assert why_breached(meeting) == []


def test_i18_a_late_bounce_does_not_revive_the_meeting_and_shows_as_a_breach(borough, group):
    meeting = agree(borough, group, 7)[0]
    with clock.held_at(meeting.starts_at - timedelta(hours=30)):
        meeting = cancel_meeting(meeting, reason="Snow.", by=borough.chair)
        outbox.sweep()
    with clock.held_at(meeting.starts_at - timedelta(hours=20)):
        record_bounce(
            meeting, person=borough.fostering, kind="cancellation", came_back_at=clock.now(), how="Mailbox full",
            by=borough.panel_administrator,
        )  # fmt: skip
        meeting.refresh_from_db()
        assert meeting.status == "cancelled"
        assert why_breached(meeting) == [
            "The cancellation came back from Fostering Manager, and the 24 hours before the start have begun."
        ]
        record_service(
            meeting, person=borough.fostering, kind="cancellation", served_at=meeting.starts_at - timedelta(hours=26),
            how="By telephone", by=borough.panel_administrator,
        )  # fmt: skip
        assert why_breached(meeting) == []
        with pytest.raises(RuleBroken, match="must not be to come"):
            record_service(
                meeting, person=borough.fostering, kind="cancellation", served_at=meeting.starts_at, how="x",
                by=borough.panel_administrator,
            )  # fmt: skip


def test_i18_inside_24_hours_it_is_not_held_with_a_reason_and_a_breach(borough, group):
    meeting = agree(borough, group, 7)[0]
    with clock.held_at(meeting.starts_at - timedelta(hours=23)):
        with pytest.raises(RuleBroken, match="record it as not held"):
            cancel_meeting(meeting, reason="Snow.", by=borough.chair)
        assert "not cancelled in time" in record_not_held(meeting, reason="Snow.", by=borough.chair).breach


def test_i17_i22_the_agenda_goes_to_every_representative_with_the_terms_on_it(borough, group):
    meeting = builders.a_called_meeting(borough, group)

    circulate_agenda(meeting, by=borough.panel_administrator)
    outbox.sweep()

    assert sorted(Service.objects.filter(meeting=meeting, kind="agenda").values_list("letter", flat=True)) == list("abcdef")
    assert meeting.items.filter(number=3, title="Terms of reference and standing agenda").exists()


def test_c1_c2_a_body_is_data_and_one_bodys_rules_are_not_anothers(borough, group):
    panel = builders.a_referral_panel(borough)
    soon = clock.today() + timedelta(days=3)

    assert builders.a_called_meeting(borough, panel, on=soon).last_day_for_notice is None
    with pytest.raises(RuleBroken, match="14 clear Working Days"):
        builders.a_called_meeting(borough, group, on=soon)


def test_c24_the_chair_turns_by_meeting_and_a_cancelled_one_uses_no_turn(borough):
    panel = builders.a_tripartite_group(borough)
    moments = [clock.moment(date(2027, month, 14), clock.TEN) for month in (1, 2, 3, 4)]
    first, second, third, fourth = agree_year(panel, moments=moments, venue="x", by=borough.panel_administrator)

    def chairs():
        return [str(m.chair) for m in panel.meetings.exclude(status="cancelled").order_by("starts_at")]

    assert chairs() == ["Health Manager", "Head Of Service", "Education Manager", "Health Manager"]
    cancel_meeting(second, reason="Snow.", by=borough.head_of_service)
    assert chairs() == ["Health Manager", "Head Of Service", "Education Manager"]
    third.refresh_from_db()
    assert third.chair == borough.head_of_service

    builders.a_called_meeting(borough, panel, on=date(2027, 1, 7))
    fourth.refresh_from_db()
    assert chairs() == ["Health Manager", "Head Of Service", "Education Manager", "Health Manager"]
    assert first.starts_at < third.starts_at < fourth.starts_at


def test_c24_the_next_agency_takes_the_chair_when_the_one_whose_turn_it_is_is_away(borough):
    panel = builders.a_tripartite_group(borough)
    meeting = builders.a_called_meeting(borough, panel, on=date(2026, 12, 10))
    with clock.held_at(meeting.starts_at):
        builders.begin(borough, meeting, present=("education",))
        room = builders.room(meeting)
        assert not room.chair_is_here()
        builders.come(borough, meeting, "head_of_service")
        assert builders.room(meeting).chair_is_here()
        builders.come(borough, meeting, "health")
        assert meeting.chair == borough.health


def test_c26_papers_are_presented_without_front_line_workers(borough):
    for panel, presenter in ((builders.a_tripartite_group(borough), None), (builders.a_referral_panel(borough), borough.social_worker)):
        meeting = builders.a_called_meeting(borough, panel, on=date(2026, 12, 10))
        item = list_referral(referrals.a_signed_off_referral(borough), meeting, by=borough.panel_administrator)
        assert item.presenter == presenter
