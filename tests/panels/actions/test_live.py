"""The meeting itself: the room, the quorum for each item, decisions, and who is out."""

from datetime import date

import pytest

from core import clock, outbox
from core.models import AuditEvent, DocumentVersion
from core.rules import RuleBroken
from panels.actions.agenda import circulate_agenda, list_referral, take_off_item
from panels.actions.attendance import name_delegate
from panels.actions.decision import agree_all, agree_decision, record_decision
from panels.actions.interest import declare_interest
from panels.actions.live import StaleNote, arrive, arrive_together, finish_meeting, leave, save_note
from panels.actions.minutes import agree_minutes, check_minutes
from panels.models import AgendaItem, Decision, Meeting, Minutes
from panels.models.room import Room
from referrals.actions.referral import save_task
from referrals.models import Access, Referral
from tests.panels import builders
from tests.referrals import builders as referrals

pytestmark = pytest.mark.django_db

SIX = ("chair", "head_of_service", "service_manager", "fostering", "planning", "provider_manager")


@pytest.fixture
def booked(borough):
    """A panel with one referral on its next agenda."""
    referral = referrals.a_signed_off_referral(borough)
    meeting, item = builders.a_meeting_with(borough, referral)
    return meeting, item, referral


@pytest.fixture
def on_the_day():
    """Hold the clock on the day the builders' meetings are."""
    with clock.held_at(clock.moment(date(2026, 12, 24), clock.TEN)):
        yield


def test_list_referral_refuses_unsigned_referrals(borough):
    referral = referrals.a_sent_referral(borough)
    meeting = builders.a_called_meeting(borough)

    with pytest.raises(RuleBroken, match="not been signed off"):
        list_referral(referral, meeting, by=borough.panel_administrator)


def test_list_referral_books_it_once(borough, booked):
    meeting, item, referral = booked
    referral.refresh_from_db()

    assert referral.status == "BOOKED"
    assert item.number == 3
    with pytest.raises(RuleBroken):
        list_referral(referral, meeting, by=borough.panel_administrator)
    take_off_item(item, reason="Not yet.", by=borough.panel_administrator)
    assert Referral.objects.get(pk=referral.pk).status == "READY"
    assert [i.number for i in meeting.items.standing().order_by("number")] == [1, 2, 3]


def test_circulate_agenda_freezes_the_paper_and_opens_it_to_members(borough, booked):
    meeting, item, referral = booked
    assert not Referral.objects.visible_to(borough.member).exists()

    circulate_agenda(meeting, by=borough.panel_administrator)
    item.refresh_from_db()

    assert item.paper.frozen["child_view"] == "I want to stay with nan."
    assert Referral.objects.visible_to(borough.member).get() == referral
    assert Referral.objects.visible_to(borough.provider_manager).get() == referral
    referral.child.preferred_name = "Changed"
    referral.child.save()
    assert DocumentVersion.objects.get(pk=item.paper_id).frozen["child_called"] == "Zzcanary"


def test_an_edit_after_booking_voids_signatures_and_stops_circulation(borough, booked):
    meeting, _, referral = booked
    task = referral.tasks.get(name="risk")
    save_task(task, answers={"safeguarding": "New."}, version=task.version, by=borough.social_worker)

    with pytest.raises(RuleBroken, match="no longer signed off"):
        circulate_agenda(meeting, by=borough.panel_administrator)


def test_a_recused_member_sees_nothing_of_the_item(borough, booked):
    meeting, item, _referral = booked
    circulate_agenda(meeting, by=borough.panel_administrator)

    declare_interest(meeting, item=item, person=borough.member, nature="A neighbour.", by=borough.member)

    assert not Referral.objects.visible_to(borough.member).exists()
    assert item not in AgendaItem.objects.visible_to(borough.member)
    assert AgendaItem.objects.visible_to(borough.provider_manager).filter(pk=item.pk).exists()
    assert Access.objects.withheld(borough.member).count() == 1


def test_somebody_recused_before_circulation_never_gets_the_paper(borough, booked):
    meeting, item, _ = booked
    declare_interest(meeting, item=item, person=borough.member, nature="x", by=borough.member)

    circulate_agenda(meeting, by=borough.panel_administrator)

    assert not Access.objects.granted(borough.member).exists()


def steering(borough, present=SIX):
    """The steering group in session."""
    panel = builders.a_steering_group(borough)
    meeting = builders.a_called_meeting(borough, panel)
    with clock.held_at(clock.moment(meeting.on, clock.TEN)):
        builders.begin(borough, meeting, present)
    meeting.refresh_from_db()
    return meeting


def test_quorum_needs_four_different_people_in_four_limbs(borough):
    meeting = steering(borough, SIX[:3])
    with clock.held_at(clock.moment(meeting.on, clock.TEN)):
        assert Room(meeting).why_not_quorate() == [
            "Nobody in the room can fill the seat of ART Children's Services Manager."
        ]
        arrive(meeting, person=borough.provider_manager, by=borough.panel_administrator)
        assert Room(meeting).why_not_quorate() == []
        leave(meeting, person=borough.head_of_service, by=borough.panel_administrator)
        assert len(Room(meeting).why_not_quorate()) == 1


def test_a_delegate_fills_the_limb_of_whom_they_stand_for(borough):
    panel = builders.a_steering_group(borough)
    meeting = builders.a_called_meeting(borough, panel)
    name_delegate(meeting, letter="b", holder=borough.head_of_service, delegate=borough.member, by=borough.chair)
    with clock.held_at(clock.moment(meeting.on, clock.TEN)):
        builders.begin(borough, meeting, ("chair", "service_manager", "provider_manager"))
        arrive(meeting, person=borough.member, stands_for=borough.head_of_service, by=borough.panel_administrator)
        light = Room(meeting).light()

    assert light["quorate"]
    assert light["sentence"] == "All 4 seats are filled, 1 of them by a delegate."


def test_everybody_with_a_seat_comes_in_at_once_and_who_is_there_stays(borough):
    meeting, by = steering(borough, ("chair",)), borough.panel_administrator
    seats = [(seat.letter, seat.holder) for seat in Room(meeting).seats]
    with clock.held_at(clock.moment(meeting.on, clock.TEN)):
        came = arrive_together(meeting, people=[*seats, ("", borough.chair)], by=by)
        assert [p.letter for p in came] == [letter for letter, holder in seats if holder != borough.chair]
        assert Room(meeting).why_not_quorate() == []
        assert AuditEvent.objects.filter(verb="person.arrived", person_id=by.pk).count() == len(came) + 1
        assert arrive_together(meeting, people=seats, by=by) == []
        with pytest.raises(RuleBroken, match="Only the administrator or the chair runs the meeting"):
            arrive_together(meeting, people=seats, by=borough.social_worker)


def test_nobody_stands_for_a_seat_unnamed(borough):
    meeting = steering(borough, ("chair",))
    with clock.held_at(clock.moment(meeting.on, clock.TEN)), pytest.raises(RuleBroken, match="not named"):
        arrive(meeting, person=borough.member, stands_for=borough.head_of_service, by=borough.panel_administrator)


def test_a_recusal_breaks_the_quorum_of_that_item_alone(borough):
    meeting = steering(borough, ("chair", "head_of_service", "service_manager", "provider_manager"))
    item, other = meeting.items.order_by("number")[3:5]
    with clock.held_at(clock.moment(meeting.on, clock.TEN)):
        declare_interest(meeting, item=item, person=borough.head_of_service, nature="x", by=borough.head_of_service)
        room = Room(meeting)

        assert len(room.why_not_quorate(item)) == 1
        assert room.why_not_quorate(other) == []
        decision = record_decision(item, outcome="agree", reasons="Yes.", by=borough.panel_administrator)

    assert decision.state == "inquorate"
    assert decision.quorum["quorate"] is False


def test_a_reserved_item_is_taken_without_the_provider(borough):
    meeting = steering(borough)
    item = meeting.items.order_by("number")[3]
    item.is_reserved = True
    item.save()
    with clock.held_at(clock.moment(meeting.on, clock.TEN)):
        assert Room(meeting).why_not_quorate(item) == [
            "Nobody in the room can fill the seat of ART Children's Services Manager."
        ]


def decided(borough, booked, outcome="agree", **more):
    meeting, item, referral = booked
    with clock.held_at(clock.moment(meeting.on, clock.TEN)):
        builders.begin(borough, meeting)
        decision = record_decision(
            item, outcome=outcome, reasons="It helps.", weeks=12, by=borough.panel_administrator, **more
        )
    return meeting, decision, referral


def test_a_decision_is_final_only_when_the_chair_agrees(borough, booked):
    meeting, decision, referral = decided(borough, booked)
    with clock.held_at(clock.moment(meeting.on, clock.TEN)):
        with pytest.raises(RuleBroken, match="Only the chair"):
            agree_decision(decision, by=borough.panel_administrator)
        with pytest.raises(RuleBroken, match="Only the chair"):
            agree_decision(decision, by=borough.member)
        assert Referral.objects.get(pk=referral.pk).status == "BOOKED"

        agree_decision(decision, by=borough.chair)
        assert Referral.objects.get(pk=referral.pk).status == "AGREED"
        with pytest.raises(RuleBroken, match="already agreed"):
            record_decision(decision.item, outcome="defer", reasons="x", by=borough.panel_administrator)


def test_a_recused_chair_agrees_nothing_of_that_item(borough, booked):
    meeting, decision, _ = decided(borough, booked)
    with clock.held_at(clock.moment(meeting.on, clock.TEN)):
        declare_interest(meeting, item=decision.item, person=borough.chair, nature="x", by=borough.chair)

        with pytest.raises(RuleBroken, match="recused"):
            agree_decision(decision, by=borough.chair)
        assert agree_all(meeting, by=borough.chair) == []


@pytest.mark.parametrize(
    ("outcome", "reasons", "conditions", "words"),
    [
        ("agree", " ", "", "Give the reasons"),
        ("conditions", "Yes.", "", "Name the conditions"),
        ("maybe", "Yes.", "", "Choose a decision"),
    ],
)
def test_record_decision_asks_for_what_it_needs(borough, booked, outcome, reasons, conditions, words):
    meeting, item, _ = booked
    with clock.held_at(clock.moment(meeting.on, clock.TEN)):
        builders.begin(borough, meeting)
        with pytest.raises(RuleBroken, match=words):
            record_decision(
                item, outcome=outcome, reasons=reasons, conditions=conditions, by=borough.panel_administrator
            )


def test_finish_meeting_releases_what_was_agreed_and_drafts_minutes(borough, booked):
    meeting, decision, referral = decided(borough, booked)
    referral.refresh_from_db()
    assert referral.status_seen_by(borough.social_worker) == "BOOKED"
    with clock.held_at(clock.moment(meeting.on, clock.TEN)):
        agree_all(meeting, by=borough.chair)
        referral.refresh_from_db()
        assert referral.status_seen_by(borough.social_worker) == "BOOKED"
        assert not Decision.objects.visible_to(borough.social_worker).exists()
        finish_meeting(meeting, by=borough.panel_administrator)

    referral.refresh_from_db()
    assert referral.status_seen_by(borough.social_worker) == "WAITING"
    assert Decision.objects.visible_to(borough.social_worker).get() == decision
    assert Minutes.objects.get().words["items"][2]["decision"] == (
        "The panel agreed to outreach for 12 weeks."
    )


def test_an_item_not_agreed_by_the_chair_is_not_released(borough, booked):
    meeting, decision, referral = decided(borough, booked)
    with clock.held_at(clock.moment(meeting.on, clock.TEN)):
        finish_meeting(meeting, by=borough.panel_administrator)

    decision.refresh_from_db()
    assert decision.released_at is None
    assert Referral.objects.get(pk=referral.pk).status == "BOOKED"


def test_two_minute_takers_never_overwrite_each_other(borough, booked):
    meeting, item, _ = booked
    with clock.held_at(clock.moment(meeting.on, clock.TEN)):
        builders.begin(borough, meeting)
        save_note(item, note="First words.", version=0, by=borough.panel_administrator)

        with pytest.raises(StaleNote) as conflict:
            save_note(item, note="Other words.", version=0, by=borough.chair)

    assert conflict.value.item.note == "First words."


def test_minutes_say_who_left_and_never_why(borough, booked):
    meeting, item, _ = booked
    declare_interest(meeting, item=item, person=borough.member, nature="Secret reason", by=borough.member)
    with clock.held_at(clock.moment(meeting.on, clock.TEN)):
        builders.begin(borough, meeting)
        record_decision(item, outcome="defer", reasons="Later.", by=borough.panel_administrator)
        finish_meeting(meeting, by=borough.panel_administrator)

    words = str(Minutes.objects.get().words)
    assert "Member left" in words
    assert "Secret reason" not in words


def test_minutes_are_agreed_at_a_later_meeting_and_then_locked(borough, booked):
    meeting, _, _ = decided(borough, booked)
    with clock.held_at(clock.moment(meeting.on, clock.TEN)):
        finish_meeting(meeting, by=borough.panel_administrator)
        later = builders.a_called_meeting(borough, meeting.panel)
        minutes = check_minutes(Minutes.objects.get(), by=borough.chair)
        with pytest.raises(RuleBroken, match="later meeting"):
            agree_minutes(minutes, at_meeting=meeting, by=borough.chair)
    with clock.held_at(clock.moment(later.on, clock.TEN)):
        builders.begin(borough, later)
        later.refresh_from_db()
        agree_minutes(minutes, at_meeting=later, by=borough.chair)
        with pytest.raises(RuleBroken, match="locked"):
            check_minutes(minutes, by=borough.chair)

    assert Meeting.objects.get(pk=meeting.pk).status == "minutes agreed"


def test_minutes_are_printed_once_as_a_tagged_pdf(borough, booked):
    meeting, _, _ = decided(borough, booked)
    with clock.held_at(clock.moment(meeting.on, clock.TEN)):
        finish_meeting(meeting, by=borough.panel_administrator)
        check_minutes(Minutes.objects.get(), by=borough.chair)
        outbox.sweep()
        outbox.sweep()

    version = DocumentVersion.objects.get(document__kind="minutes")
    assert version.file.media_type == "application/pdf"
    assert version.frozen["state"] == "checked"


def test_an_action_of_nobody_who_signs_in_is_the_administrators_and_says_whose(borough, booked):
    action = {"what": "Ring the school", "owner_name": "The head teacher", "owner": None, "due_on": date(2026, 12, 30)}

    _, decision, _ = decided(borough, booked, actions=[action])

    kept = decision.item.actions.get()
    assert (kept.owner, kept.owner_name) == (borough.panel_administrator, "The head teacher")
