"""Brothers and sisters share a panel's slot, each with an ask, a paper and a decision of their own."""

from datetime import date

import pytest

from core import clock
from core.rules import RuleBroken
from panels.actions.agenda import circulate_agenda, list_referral, take_off_item
from panels.actions.decision import agree_all, record_decision
from panels.actions.slots import share_slot, split_slot
from panels.models import AgendaItem, Decision
from referrals.actions.closing import record_adoption
from referrals.actions.restriction import restrict_child
from referrals.actions.transition import link_children
from referrals.models import Referral
from tests.panels import builders
from tests.referrals import builders as referrals

pytestmark = pytest.mark.django_db


@pytest.fixture
def siblings(borough):
    """Two linked children, each with a referral that is ready."""
    children = [referrals.a_child(borough, full_name=f"Zz{name} Siblingname") for name in ("elder", "younger")]
    pair = [referrals.a_signed_off_referral(borough, child=child) for child in children]
    link_children(pair[0].child, other=pair[1].child, relation="sibling", by=borough.social_worker)
    return pair


def listed(borough, meeting, *rows):
    return [list_referral(row, meeting, by=borough.panel_administrator) for row in rows]


def left(meeting):
    return meeting.panel.slots - meeting.items.slots_taken()


def test_linked_referrals_take_one_slot_and_stand_one_after_the_other(borough, siblings):
    meeting = builders.a_called_meeting(borough)
    before = left(meeting)

    first, other, second = listed(borough, meeting, siblings[0], referrals.a_signed_off_referral(borough), siblings[1])

    assert left(meeting) == before - 2
    assert second.shares_slot_with == first
    numbers = {item.pk: item.number for item in meeting.items.standing()}
    assert numbers[second.pk] == numbers[first.pk] + 1 < numbers[other.pk]
    assert sorted(numbers.values()) == list(range(1, len(numbers) + 1))


def test_children_who_are_not_linked_take_two_slots(borough):
    meeting = builders.a_called_meeting(borough)
    before = left(meeting)
    listed(borough, meeting, *[referrals.a_signed_off_referral(borough) for _ in range(2)])

    assert left(meeting) == before - 2


def test_the_last_slot_takes_a_brother_or_sister_and_nobody_else(borough, siblings):
    panel = builders.a_referral_panel(borough)
    panel.slots = 1
    panel.save()
    meeting = builders.a_called_meeting(borough, panel)
    listed(borough, meeting, siblings[0])

    with pytest.raises(RuleBroken, match="All 1 slots"):
        listed(borough, meeting, referrals.a_signed_off_referral(borough))
    (second,) = listed(borough, meeting, siblings[1])
    with pytest.raises(RuleBroken, match="All 1 slots"):
        split_slot(second, by=borough.panel_administrator)


def test_a_slot_is_split_and_shared_again(borough, siblings):
    meeting = builders.a_called_meeting(borough)
    first, second = listed(borough, meeting, *siblings)

    split_slot(first, by=borough.panel_administrator)
    assert left(meeting) == meeting.panel.slots - 2
    with pytest.raises(RuleBroken, match="slot of its own"):
        split_slot(first, by=borough.panel_administrator)
    share_slot(second, by=borough.panel_administrator)

    assert left(meeting) == meeting.panel.slots - 1
    with pytest.raises(RuleBroken, match="shares a slot already"):
        share_slot(second, by=borough.panel_administrator)


def test_taking_off_the_first_leaves_the_slot_to_the_other(borough, siblings):
    meeting = builders.a_called_meeting(borough)
    first, second = listed(borough, meeting, *siblings)

    take_off_item(first, reason="Not today.", by=borough.panel_administrator)

    second.refresh_from_db()
    assert second.shares_slot_with is None
    assert left(meeting) == meeting.panel.slots - 1
    assert Referral.objects.get(pk=siblings[1].pk).status == "BOOKED"


def test_the_papers_are_two_and_neither_carries_the_other_child(borough, siblings):
    meeting = builders.a_called_meeting(borough)
    items = listed(borough, meeting, *siblings)
    circulate_agenda(meeting, by=borough.panel_administrator)

    for item, own, other in zip(items, siblings, reversed(siblings), strict=True):
        item.refresh_from_db()
        paper = str(item.paper.frozen)
        assert own.reference in paper
        for words in (other.reference, other.child.reference, other.child.full_name):
            assert words not in paper


def test_decisions_are_separate(borough, siblings):
    meeting = builders.a_called_meeting(borough)
    first, second = listed(borough, meeting, *siblings)
    circulate_agenda(meeting, by=borough.panel_administrator)
    with clock.held_at(clock.moment(date(2026, 12, 24), clock.TEN)):
        meeting = builders.begin(borough, meeting)
        for item, outcome in ((first, "agree"), (second, "defer")):
            item.refresh_from_db()
            record_decision(item, outcome=outcome, reasons="Because.", by=borough.panel_administrator)
        agree_all(meeting, by=borough.chair)

    assert set(Decision.objects.values_list("item__referral", "outcome")) == {
        (siblings[0].pk, "agree"), (siblings[1].pk, "defer"),
    }  # fmt: skip


def test_an_issued_agenda_keeps_its_numbers(borough, siblings):
    meeting = builders.a_called_meeting(borough)
    other = referrals.a_signed_off_referral(borough)
    listed(borough, meeting, siblings[0], other)
    circulate_agenda(meeting, by=borough.panel_administrator)
    meeting.refresh_from_db()
    issued = dict(meeting.items.standing().filter(kind="referral").values_list("pk", "number"))

    late = list_referral(siblings[1], meeting, accepted_late_by=borough.chair, by=borough.panel_administrator)

    assert late.shares_slot_with is not None
    assert {pk: n for pk, n in meeting.items.standing().values_list("pk", "number") if pk in issued} == issued
    with pytest.raises(RuleBroken, match="until the papers are out"):
        split_slot(late, by=borough.panel_administrator)


def test_a_record_kept_from_the_administrator_is_never_shown_by_a_shared_slot(borough, siblings, sign_in):
    meeting = builders.a_called_meeting(borough)
    listed(borough, meeting, siblings[0])
    restrict_child(siblings[0].child, ground="high risk", because="Kept.", people=[borough.governance], by=borough.governance)

    (second,) = listed(borough, meeting, siblings[1])

    assert second.shares_slot_with is None
    page = sign_in(borough.panel_administrator).get(f"{meeting.get_absolute_url()}/agenda").content.decode()
    assert "shares the slot" not in page
    assert "Share a slot" not in page


def test_a_record_sealed_after_an_adoption_is_linked_to_nobody(borough, siblings):
    Referral.objects.filter(pk=siblings[0].pk).update(status="READY")
    meeting = builders.a_called_meeting(borough)
    record_adoption(siblings[1].child, ordered_on=clock.today(), named=[borough.panel_administrator], by=borough.team_manager)
    (item,) = listed(borough, meeting, siblings[0])

    with pytest.raises(RuleBroken, match="No linked child"):
        share_slot(item, by=borough.panel_administrator)


def test_booking_one_offers_the_linked_ones_and_books_them_into_the_same_slot(borough, siblings, sign_in):
    meeting = builders.a_called_meeting(borough)
    unlinked = referrals.a_signed_off_referral(borough)
    client = sign_in(borough.panel_administrator)
    at = f"{siblings[0].get_absolute_url()}/book"

    page = client.get(at).content.decode()
    assert siblings[1].reference in page
    assert unlinked.reference not in page
    client.post(at, {"meeting": meeting.reference, "beside": [siblings[1].reference]})

    assert meeting.items.slots_taken() == 1
    agenda = client.get(f"{meeting.get_absolute_url()}/agenda").content.decode()
    assert "shares the slot of item" in agenda
    first, second = AgendaItem.objects.filter(kind="referral").order_by("number")
    client.post(f"{meeting.get_absolute_url()}/agenda", {"deed": f"split {second.pk}"})
    assert meeting.items.slots_taken() == 2
    client.post(f"{meeting.get_absolute_url()}/agenda", {"deed": f"share {first.pk}"})
    assert meeting.items.slots_taken() == 1


def test_booking_only_one_books_only_one_and_a_stranger_is_not_taken(borough, siblings, sign_in):
    meeting = builders.a_called_meeting(borough)
    unlinked = referrals.a_signed_off_referral(borough)
    client = sign_in(borough.panel_administrator)
    at = f"{siblings[0].get_absolute_url()}/book"

    refused = client.post(at, {"meeting": meeting.reference, "beside": [unlinked.reference]})
    assert refused.status_code == 200
    assert not AgendaItem.objects.filter(kind="referral").exists()
    client.post(at, {"meeting": meeting.reference})

    assert [item.referral for item in AgendaItem.objects.filter(kind="referral")] == [siblings[0]]


def test_items_of_one_slot_have_one_time(borough, siblings, sign_in):
    meeting = builders.a_called_meeting(borough)
    listed(borough, meeting, *siblings)

    client = sign_in(borough.panel_administrator)
    page = client.get(meeting.get_absolute_url()).content.decode()

    rows = page.split('<li class="rows__row">')
    times = {words: row.split("<strong>")[2].split("</strong>")[0] for row in rows for words in (siblings[0].reference, siblings[1].reference) if words in row}
    assert len(times) == 2
    assert len(set(times.values())) == 1
