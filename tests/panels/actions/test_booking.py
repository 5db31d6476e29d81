"""Booking: slots, the line of a full meeting, the order of the agenda, and presenters told when to come."""

from datetime import date, timedelta

import pytest

from core import clock
from core.models import Message
from core.rules import RuleBroken
from panels.actions.agenda import circulate_agenda, list_referral, take_off_item
from panels.actions.agenda_order import arrange_agenda, move_item
from panels.actions.booking import (
    take_late_referral,
    tell_late_authors,
    tell_running_late,
    wait_for_slot,
)
from panels.actions.live import take_item
from panels.actions.meeting import cancel_meeting
from panels.actions.presenters import set_presenters
from panels.models import WaitingSlot
from panels.models.booking import next_slots
from referrals.actions.referral import save_task
from referrals.models import ChildLink, Referral
from tests.panels import builders
from tests.panels.actions.test_meeting import views_of
from tests.referrals import builders as referrals

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel(borough):
    """The referral panel, hearing two referrals at a meeting."""
    panel = builders.a_referral_panel(borough)
    panel.slots = 2
    panel.save()
    return panel


def listed(borough, meeting, **facts):
    """One more signed-off referral on an agenda."""
    return list_referral(referrals.a_signed_off_referral(borough, **facts), meeting, by=borough.panel_administrator)


def titles(meeting):
    """The agenda's referrals by key, in order."""
    return [item.referral_id for item in meeting.items.standing().filter(referral__isnull=False).in_order()]


def acting(person):
    """The person in the first role they hold."""
    person.acting = person.current_roles[0]
    return person


def test_c3_the_next_three_meetings_with_a_slot_are_offered_with_those_that_are_full(borough, panel):
    first = builders.a_called_meeting(borough, panel)
    for weeks in (2, 4, 6, 8):
        builders.a_called_meeting(borough, panel, on=first.on + timedelta(weeks=weeks))
    listed(borough, first)
    listed(borough, first)
    ready = referrals.a_signed_off_referral(borough)

    found = next_slots(acting(borough.panel_administrator), ready)

    assert [(slots.left, slots.is_full) for slots in found] == [(0, True), (2, False), (2, False), (2, False)]
    assert found[0].papers_by == date(2026, 12, 21)
    assert all(slots.meeting.chair == borough.chair for slots in found)


def test_c3_a_meeting_whose_papers_are_due_or_out_is_not_offered(borough, panel):
    meeting = builders.a_called_meeting(borough, panel)
    ready = referrals.a_signed_off_referral(borough)
    who = acting(borough.panel_administrator)

    with clock.held_at(date(2026, 12, 21)):
        assert len(next_slots(who, ready)) == 1
    with clock.held_at(date(2026, 12, 22)):
        assert next_slots(who, ready) == []
    circulate_agenda(meeting, by=who)
    assert next_slots(who, ready) == []


def test_c3_a_full_meeting_takes_no_more_and_a_slot_that_comes_free_goes_to_whoever_waited_longest(borough, panel):
    meeting = builders.a_called_meeting(borough, panel)
    first, _ = listed(borough, meeting), listed(borough, meeting)
    waits, later = referrals.a_signed_off_referral(borough), referrals.a_signed_off_referral(borough)
    with pytest.raises(RuleBroken, match="All 2 slots"):
        list_referral(waits, meeting, by=borough.panel_administrator)
    wait_for_slot(waits, meeting, by=borough.panel_administrator)
    wait_for_slot(later, meeting, by=borough.panel_administrator)
    with pytest.raises(RuleBroken, match="already waits"):
        wait_for_slot(waits, meeting, by=borough.panel_administrator)

    take_off_item(first, reason="", by=borough.panel_administrator)

    assert waits.pk in titles(meeting)
    assert later.pk not in titles(meeting)
    assert Referral.objects.get(pk=waits.pk).status == "BOOKED"
    assert WaitingSlot.objects.get(settled_at=None).referral == later


def test_c3_nobody_waits_for_a_meeting_that_has_room(borough, panel):
    meeting = builders.a_called_meeting(borough, panel)

    with pytest.raises(RuleBroken, match="still has a slot"):
        wait_for_slot(referrals.a_signed_off_referral(borough), meeting, by=borough.panel_administrator)


def test_c3_slots_and_minutes_are_those_of_the_terms_where_they_say(borough, panel):
    meeting = builders.a_called_meeting(borough, panel)
    meeting.terms.thresholds = {"slots": 1, "slot minutes": 25}
    meeting.terms.save()

    assert listed(borough, meeting).minutes == 25
    with pytest.raises(RuleBroken, match="All 1 slots"):
        listed(borough, meeting)


def test_c4_the_agenda_is_ordered_by_priority_and_keeps_brothers_and_sisters_together(borough):
    meeting = builders.a_called_meeting(borough)
    standard = listed(borough, meeting)
    standard.presenter = borough.other_social_worker
    standard.save()
    urgent = listed(borough, meeting, band="urgent")
    sister = referrals.a_signed_off_referral(borough)
    ChildLink.objects.create(child=sister.child, other=standard.referral.child, relation="sibling", recorded_by=borough.social_worker)
    high = list_referral(
        referrals.a_signed_off_referral(borough, band="high"), meeting, presenter=borough.team_manager, by=borough.panel_administrator
    )

    list_referral(sister, meeting, presenter=borough.service_manager, by=borough.panel_administrator)

    assert titles(meeting) == [urgent.referral_id, high.referral_id, standard.referral_id, sister.pk]
    kinds = [item.kind for item in meeting.items.standing().in_order()]
    assert kinds[:2] == ["last minutes", "interests"]
    assert kinds[-1] == "other"


def test_c4_one_presenters_items_follow_each_other(borough):
    meeting = builders.a_called_meeting(borough)
    mine, other = listed(borough, meeting), None
    other = list_referral(
        referrals.a_signed_off_referral(borough), meeting, presenter=borough.other_social_worker, by=borough.panel_administrator
    )

    again = listed(borough, meeting)

    assert titles(meeting) == [mine.referral_id, again.referral_id, other.referral_id]


def test_c4_numbers_typed_are_kept_and_first_second_and_last_stay(borough):
    meeting = builders.a_called_meeting(borough)
    one, two, three = (listed(borough, meeting, band=band) for band in ("urgent", "high", "standard"))
    minutes = meeting.items.get(kind="last minutes")

    arrange_agenda(
        meeting, numbers={one.pk: 5, minutes.pk: 4, three.pk: 3}, minutes={two.pk: 20}, by=borough.panel_administrator
    )

    assert titles(meeting) == [three.referral_id, two.referral_id, one.referral_id]
    assert [item.kind for item in meeting.items.standing().in_order()][:2] == ["last minutes", "interests"]
    two.refresh_from_db()
    assert two.minutes == 20
    with pytest.raises(RuleBroken, match="from 1 to 240"):
        arrange_agenda(meeting, numbers={}, minutes={two.pk: 0}, by=borough.panel_administrator)


def test_c16_declarations_stay_second_and_cannot_be_moved_or_taken_off(borough):
    meeting, item = builders.a_meeting_with(borough, referrals.a_signed_off_referral(borough))
    interests = meeting.items.get(kind="interests")

    assert interests.number == 2
    with pytest.raises(RuleBroken, match="on every agenda"):
        take_off_item(interests, reason="x", by=borough.panel_administrator)
    with pytest.raises(RuleBroken, match="keep their places"):
        move_item(interests, to=4, by=borough.panel_administrator)
    with pytest.raises(RuleBroken, match="keep their places"):
        move_item(item, to=2, by=borough.panel_administrator)


def test_presenters_hear_when_to_come_by_the_reference_alone(borough):
    meeting, item = builders.a_meeting_with(borough, referrals.a_signed_off_referral(borough))
    set_presenters(item, presenter=borough.social_worker, presenting_manager=borough.team_manager, by=borough.panel_administrator)

    circulate_agenda(meeting, by=borough.panel_administrator)

    told = Message.objects.filter(kind="meeting.presenter")
    assert {message.person for message in told} == {borough.social_worker, borough.team_manager}
    assert "Come between 10:05am and 10:15am on 24 December 2026" in told.first().body
    assert all("Zzcanary" not in f"{message.subject}{message.body}" for message in told)


def test_a_late_meeting_tells_only_those_not_yet_heard(borough):
    meeting = builders.a_called_meeting(borough)
    heard = listed(borough, meeting)
    waits = list_referral(
        referrals.a_signed_off_referral(borough), meeting, presenter=borough.other_social_worker, by=borough.panel_administrator
    )
    circulate_agenda(meeting, by=borough.panel_administrator)
    with pytest.raises(RuleBroken):
        tell_running_late(meeting, minutes=15, by=borough.panel_administrator)

    with clock.held_at(meeting.starts_at):
        builders.begin(borough, meeting)
        take_item(heard, by=borough.panel_administrator)
        told = tell_running_late(meeting, minutes=15, by=borough.panel_administrator)

    assert told == 1
    message = Message.objects.get(kind="meeting.late")
    assert message.person == borough.other_social_worker
    assert message.subject == "ART Referral Panel is running 15 minutes late"
    assert waits.referral.reference in message.body


def test_each_late_author_hears_which_task_is_missing_and_no_answer(borough):
    meeting, item = builders.a_meeting_with(borough, referrals.a_signed_off_referral(borough))
    task = item.referral.tasks.get(name="risk")
    save_task(task, answers={"safeguarding": ""}, version=task.version, by=borough.social_worker)

    assert tell_late_authors(meeting, by=borough.panel_administrator) == 1

    message = Message.objects.get(kind="meeting.paper_late")
    assert message.person == borough.social_worker
    assert "Risk and safety" in message.body
    assert "a signature (with team manager)" in message.body
    assert "Zzcanary" not in f"{message.subject}{message.body}"


def test_nobody_is_told_of_papers_that_are_in(borough):
    meeting, _ = builders.a_meeting_with(borough, referrals.a_signed_off_referral(borough))

    assert tell_late_authors(meeting, by=borough.panel_administrator) == 0
    assert not Message.objects.filter(kind="meeting.paper_late").exists()


def test_m2_nothing_more_leaves_for_a_cancelled_meeting(borough):
    meeting, _ = builders.a_meeting_with(borough, referrals.a_signed_off_referral(borough))
    circulate_agenda(meeting, by=borough.panel_administrator)

    cancel_meeting(meeting, reason="Snow.", views=views_of(meeting), by=borough.chair)

    queued = Message.objects.filter(state="queued", kind__startswith="meeting.")
    assert set(queued.values_list("kind", flat=True)) == {"meeting.cancellation"}
    assert Message.objects.filter(kind="meeting.presenter").get().state == "stopped"
    for deed in (tell_late_authors, lambda m, by: tell_running_late(m, minutes=15, by=by), circulate_agenda):
        with pytest.raises(RuleBroken):
            deed(meeting, by=borough.panel_administrator)
    assert not queued.exclude(kind="meeting.cancellation").exists()


def test_the_chair_takes_a_late_referral_after_papers_went_out_and_no_number_changes(borough):
    meeting, first = builders.a_meeting_with(borough, referrals.a_signed_off_referral(borough))
    circulate_agenda(meeting, by=borough.panel_administrator)
    numbers = {item.pk: item.number for item in meeting.items.standing()}
    late = referrals.a_signed_off_referral(borough)
    with pytest.raises(RuleBroken, match="have gone out"):
        list_referral(late, meeting, by=borough.panel_administrator)
    row = wait_for_slot(late, meeting, by=borough.panel_administrator)
    for who in ("panel_administrator", "member"):
        with pytest.raises(RuleBroken, match="Only the chair"):
            take_late_referral(row, by=acting(getattr(borough, who)))

    item = take_late_referral(row, by=acting(borough.chair))

    assert {i.pk: i.number for i in meeting.items.standing() if i.pk != item.pk} == numbers
    assert item.number == max(numbers.values()) + 1
    item.refresh_from_db()
    assert item.paper.frozen["reference"] == late.reference
    assert Referral.objects.visible_to(acting(borough.member)).filter(pk=late.pk).exists()
    assert Message.objects.filter(kind="meeting.supplement").count() == 3
    assert first.number in numbers.values()


def test_taking_an_item_off_after_papers_went_out_leaves_the_numbers(borough):
    meeting = builders.a_called_meeting(borough)
    one, two = listed(borough, meeting), listed(borough, meeting)
    circulate_agenda(meeting, by=borough.panel_administrator)

    take_off_item(one, reason="Withdrawn.", by=borough.panel_administrator)

    two.refresh_from_db()
    assert two.number == 4
    with pytest.raises(RuleBroken, match="keep their numbers"):
        move_item(two, to=3, by=borough.panel_administrator)
