"""Seats by date at a meeting: two seats, a delegate who is a member, and a change between circulation and meeting."""

from datetime import date, timedelta

import pytest

from core import clock, outbox
from core.models import AuditEvent
from core.roles import Role
from core.rules import RuleBroken
from panels.actions.agenda import circulate_agenda
from panels.actions.attendance import answer_invitation, name_delegate
from panels.actions.live import arrive
from panels.actions.panel import name_standing_delegate, seat_person
from panels.actions.seats import leave_seat, record_authority
from panels.models import AgendaItem, Meeting, Service
from panels.models.room import Room, may_chair, people_served, representatives
from panels.models.seat_record import attendance_of
from referrals.models import Referral
from tests.panels import builders
from tests.referrals import builders as referrals

pytestmark = pytest.mark.django_db
MEETS = date(2026, 12, 24)


@pytest.fixture
def group(borough):
    return builders.a_steering_group(borough)


def room_of(borough, meeting, *present):
    """The room with these people in it, each for their own seat."""
    builders.begin(borough, meeting, present=present)
    return meeting


def change_holder(borough, group, letter, person, on):
    """The seat's holder leaves it, and another takes it that day."""
    held = group.seat_holders.get(letter=letter)
    leave_seat(held, until_on=on, by=borough.panel_administrator)
    return seat_person(group, letter=letter, person=person, from_on=on, by=borough.panel_administrator)


def test_i19_one_person_holding_two_seats_fills_one_limb(borough, group):
    change_holder(borough, group, "c", borough.head_of_service, clock.today())
    meeting = builders.a_called_meeting(borough, group, on=MEETS)
    assert [r.letter for r in representatives(meeting) if r.holder == borough.head_of_service] == ["b", "c"]
    assert [p for _, p in people_served(meeting)].count(borough.head_of_service) == 1

    with clock.held_at(meeting.starts_at):
        room_of(borough, meeting, "chair", "head_of_service", "provider_manager")
        assert Room(meeting).why_not_quorate() == ["Nobody in the room can fill the seat of Service Manager."]
        arrive(meeting, person=borough.fostering, by=borough.panel_administrator)
        assert Room(meeting).why_not_quorate() == []


def test_i20_somebody_with_two_seats_names_a_delegate_for_the_one_they_choose(borough, group, sign_in):
    change_holder(borough, group, "c", borough.head_of_service, clock.today())
    meeting = builders.a_called_meeting(borough, group, on=MEETS)
    page = f"{meeting.get_absolute_url()}/delegates/{borough.head_of_service.reference}"
    client = sign_in(borough.head_of_service)

    assert "Answer this question: Which of their seats?" in client.post(page, {"delegate": borough.member.pk}).content.decode()
    assert client.post(page, {"delegate": borough.member.pk, "letter": "c"}).status_code == 302

    assert meeting.delegations.get().letter == "c"
    with clock.held_at(meeting.starts_at):
        room_of(borough, meeting, "chair", "provider_manager", "head_of_service")
        arrive(meeting, person=borough.member, stands_for=borough.head_of_service, by=borough.panel_administrator)
        assert Room(meeting).why_not_quorate() == []


def test_i20_a_delegate_who_is_also_a_member_counts_once_and_where_they_are_needed(borough, group):
    meeting = builders.a_called_meeting(borough, group, on=MEETS)
    name_delegate(meeting, letter="c", holder=borough.service_manager, delegate=borough.head_of_service, by=borough.service_manager)

    with clock.held_at(meeting.starts_at):
        room_of(borough, meeting, "chair", "provider_manager")
        arrive(meeting, person=borough.head_of_service, stands_for=borough.service_manager, by=borough.panel_administrator)
        assert Room(meeting).why_not_quorate() == ["Nobody in the room can fill the seat of Service Manager."]
        arrive(meeting, person=borough.fostering, by=borough.panel_administrator)
        assert Room(meeting).why_not_quorate() == []  # the member fills their own seat after all


def test_i20_a_seat_its_delegate_sits_in_is_not_also_its_holders(borough, group):
    group.terms.get().limbs.filter(role="Service Manager").update(needed=2)
    meeting = builders.a_called_meeting(borough, group, on=MEETS)
    name_delegate(meeting, letter="c", holder=borough.service_manager, delegate=borough.member, by=borough.service_manager)

    with clock.held_at(meeting.starts_at):
        room_of(borough, meeting, "chair", "head_of_service", "provider_manager", "service_manager")
        arrive(meeting, person=borough.member, stands_for=borough.service_manager, by=borough.panel_administrator)
        assert len(Room(meeting).why_not_quorate()) == 1


def test_i20_a_delegate_named_after_circulation_is_served_and_reads_the_papers(borough):
    meeting, item = builders.a_meeting_with(borough, referrals.a_signed_off_referral(borough))
    circulate_agenda(meeting, by=borough.panel_administrator)
    meeting.refresh_from_db()

    name_delegate(meeting, letter="b", holder=borough.member, delegate=borough.finance, by=borough.member)
    outbox.sweep()

    assert Service.objects.filter(meeting=meeting, person=borough.finance, kind="agenda", letter="b").count() == 1
    assert item.referral.access.filter(person=borough.finance, basis="paper", until_at=None).exists()


def test_i20_a_member_removed_between_circulation_and_meeting_keeps_nothing_and_the_new_one_has_it(borough):
    panel = builders.a_referral_panel(borough)
    meeting, item = builders.a_meeting_with(borough, referrals.a_signed_off_referral(borough), panel)
    circulate_agenda(meeting, by=borough.panel_administrator)
    newcomer = builders.somebody(borough, "New Member")
    assert AgendaItem.objects.visible_to(borough.member).filter(pk=item.pk).exists()
    leaves = meeting.on - timedelta(days=1)

    change_holder(borough, panel, "b", newcomer, leaves)

    assert item.referral.access.current().filter(person=borough.member).exists()
    with clock.held_at(leaves):
        assert not Meeting.objects.visible_to(borough.member).exists()
        assert not Referral.objects.visible_to(borough.member).filter(pk=item.referral_id).exists()
        assert item.referral.access.current().filter(person=newcomer).exists()
    outbox.sweep()
    assert [r.holder for r in representatives(meeting) if r.letter == "b"] == [newcomer]
    assert Service.objects.filter(meeting=meeting, person=newcomer, kind="agenda").count() == 1
    with clock.held_at(meeting.starts_at):
        builders.begin(borough, meeting, present=("chair",))
        arrive(meeting, person=borough.member, by=borough.panel_administrator)
        assert Room(meeting).attendees()[1].may_fill == frozenset()


def test_p3_a_chair_who_leaves_no_longer_chairs_and_one_named_for_a_meeting_does(borough, group):
    kept = builders.a_called_meeting(borough, group, on=date(2026, 12, 17), chair=borough.member)
    before, after = (builders.a_called_meeting(borough, group, on=on) for on in (date(2026, 12, 16), MEETS))
    newcomer = builders.somebody(borough, "New Chair", Role.CHAIR)
    assert (before.chair, after.chair) == (borough.chair, borough.chair)

    held = group.seat_holders.get(letter="a")
    leave_seat(held, until_on=date(2026, 12, 17), by=borough.panel_administrator)
    after.refresh_from_db()
    assert after.chair is None
    seat_person(group, letter="a", person=newcomer, from_on=date(2026, 12, 20), by=borough.panel_administrator)

    for meeting in (kept, before, after):
        meeting.refresh_from_db()
    assert (before.chair, kept.chair, after.chair) == (borough.chair, borough.member, newcomer)
    assert may_chair(after, newcomer)
    assert not may_chair(after, borough.chair)


def test_p3_a_seat_overlaps_nobodys_and_every_change_is_in_the_trail(borough, group):
    with pytest.raises(RuleBroken, match="Chair holds this seat from 1 January 2025"):
        seat_person(group, letter="a", person=borough.member, from_on=clock.today(), by=borough.panel_administrator)
    with pytest.raises(RuleBroken, match="no such seat"):
        seat_person(group, letter="z", person=borough.member, from_on=clock.today(), by=borough.panel_administrator)
    with pytest.raises(RuleBroken, match="their own"):
        name_standing_delegate(group, letter="a", person=borough.chair, from_on=clock.today(), by=borough.panel_administrator)

    change_holder(borough, group, "a", borough.member, clock.today())

    assert list(AuditEvent.objects.filter(verb__in=["seat.left", "seat.taken"]).order_by("-pk").values_list("verb", flat=True)[:2]) == ["seat.taken", "seat.left"]
    with pytest.raises(RuleBroken, match="already"):
        leave_seat(group.seat_holders.get(letter="a", person=borough.chair), until_on=MEETS, by=borough.panel_administrator)


def test_i9_authority_to_decide_is_on_record_by_representative(borough):
    panel = builders.a_referral_panel(borough)
    held = panel.seat_holders.get(letter="b")

    record_authority(held, because="Letter of the trust, 3 March 2026", by=borough.panel_administrator)

    held.refresh_from_db()
    assert held.may_decide_because == "Letter of the trust, 3 March 2026"
    assert AuditEvent.objects.filter(verb="seat.authorised").count() == 1
    with pytest.raises(RuleBroken, match="Say who authorised them"):
        record_authority(held, because=" ", by=borough.panel_administrator)


def test_i32_attendance_is_by_seat_and_date_served(borough):
    panel = builders.a_referral_panel(borough)
    days = [date(2026, 11, 12), date(2026, 11, 19), date(2026, 11, 23)]
    with clock.held_at(date(2026, 11, 2)):
        meetings = [builders.a_called_meeting(borough, panel, on=on) for on in days]
        name_delegate(meetings[1], letter="d", holder=borough.provider_manager, delegate=borough.finance, by=borough.provider_manager)
        answer_invitation(meetings[2], answer="apologies", by=borough.provider_manager)
        newcomer = builders.somebody(borough, "New Member")
        change_holder(borough, panel, "b", newcomer, days[1])
    present = [("chair", "member", "provider_manager"), ("chair",), ("chair",)]
    for meeting, who in zip(meetings, present, strict=True):
        with clock.held_at(meeting.starts_at):
            builders.begin(borough, meeting, present=who)
            if meeting == meetings[1]:
                arrive(meeting, person=borough.finance, stands_for=borough.provider_manager, by=borough.panel_administrator)
                arrive(meeting, person=newcomer, by=borough.panel_administrator)
        Meeting.objects.filter(pk=meeting.pk).update(status="draft minutes")

    rows = {row.held.person.full_name: row.record for row in attendance_of(panel, panel.terms.get())}

    assert (rows["Chair"].meetings, rows["Chair"].in_person) == (3, 100)
    assert (rows["Member"].meetings, rows["Member"].in_person) == (1, 100)
    assert (rows["New Member"].meetings, rows["New Member"].absent, rows["New Member"].in_person) == (2, 1, 50)
    manager = rows["Provider Manager"]
    assert (manager.present, manager.delegate, manager.apologies, manager.covered) == (1, 1, 1, 67)
