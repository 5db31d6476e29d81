"""What a decision carries, who makes it, its number, and what becomes of it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from core import clock
from core.models import AuditEvent
from core.rules import RuleBroken
from kpis.measures.to_do.things import things_for
from panels.actions.act import act_between_meetings, send_papers_for_act, settle_act
from panels.actions.agenda import add_item, list_referral
from panels.actions.attendance import name_delegate
from panels.actions.business import adjourn_item, clear_room, take_next
from panels.actions.decision import agree_all, agree_decision, record_decision, settle_decision
from panels.actions.entries import check_entry, enter_on_case_system
from panels.actions.follow_up import hold_back, release_now
from panels.actions.interest import declare_interest
from panels.actions.live import arrive, finish_meeting, leave, record_with_note, save_note
from panels.actions.reasons import add_reason, retire_reason
from panels.models import AgendaItem, Decision, DecisionReason, Recusal
from panels.models.business import following
from panels.models.commitment import agreeing_of
from panels.models.minute_words import compose_sentence
from panels.models.stale import StaleNote
from panels.rules.commitment import commitment_words
from referrals.actions.outcome import present_again
from referrals.actions.transition import link_children
from referrals.models import Referral
from tests.panels import builders
from tests.referrals import builders as referrals

pytestmark = pytest.mark.django_db


@pytest.fixture
def sitting(borough):
    """A referral panel in session with one referral before it; the clock stands on its day."""
    meeting, item = builders.a_meeting_with(borough, referrals.a_signed_off_referral(borough))
    with clock.held_at(clock.moment(meeting.on, clock.TEN)):
        builders.begin(borough, meeting)
        yield meeting, item


def agreed(borough, item, **facts):
    """Recorded by the administrator and agreed by the chair."""
    facts = {"outcome": "agree", "reasons": "It helps.", **facts}
    return agree_decision(record_decision(item, by=borough.panel_administrator, **facts), by=borough.chair)


def test_d4_c29_a_decision_keeps_money_dates_and_how_it_meets_the_plan(borough, sitting):
    _, item = sitting
    facts = {
        "amount": Decimal("7920.00"), "budget": "Outreach", "starts_on": date(2027, 1, 4), "ends_on": date(2027, 3, 29),
        "review_on": date(2027, 3, 1), "resource": "Outreach", "short_term": "Stays at Nan's.", "long_term": "Lives with family.",
    }  # fmt: skip

    kept = Decision.objects.get(pk=agreed(borough, item, **facts).pk)

    assert {name: getattr(kept, name) for name in facts} == facts


def test_d4_money_without_a_budget_is_refused_beside_its_field(borough, sitting):
    with pytest.raises(RuleBroken) as refusal:
        record_decision(sitting[1], outcome="agree", reasons="Yes.", amount=Decimal(5), by=borough.panel_administrator)

    assert [(r.field, str(r)) for r in refusal.value.reasons] == [("budget", "Name the budget that the amount comes from.")]


def test_d2_beyond_the_chairs_limit_it_awaits_who_decides_in_law(borough, sitting):
    meeting, item = sitting
    meeting.terms.thresholds = {"chair limit": 5000}
    meeting.terms.save()

    decision = agreed(borough, item, amount=Decimal(5001), budget="Outreach")

    assert (decision.state, decision.awaiting) == ("awaiting", "Decision-maker under the scheme of delegation")
    assert (decision.number, Referral.objects.get().status) == ("", "RECOMMENDED")
    settle_decision(decision, outcome="agree", decided_by="A Director, 29 December", by=borough.panel_administrator)
    decision.refresh_from_db()
    assert (decision.state, decision.number) == ("agreed", "2026/1")
    assert Referral.objects.get().status == "AGREED"


@pytest.mark.parametrize(
    ("kind", "who"),
    [("out of area", "Nominated officer"), ("at a distance", "Director of children’s services"), ("permanence", "Agency decision-maker")],
)
def test_d2_some_decisions_are_never_the_chairs(borough, sitting, kind, who):
    assert agreed(borough, sitting[1], kind=kind, tried_first="Family support.").awaiting == who


def test_c19_what_was_agreed_before_counts_towards_the_limit(borough, sitting):
    meeting, item = sitting
    facts = {"kind": "section 17", "amount": Decimal(300), "budget": "Section 17"}
    agreed(borough, item, **facts)
    second = referrals.a_signed_off_referral(borough, child=item.referral.child)
    again = AgendaItem.objects.create(meeting=meeting, number=20, referral=second, kind="referral", title="Again")
    with pytest.raises(RuleBroken, match="Say what it costs"):
        record_decision(
            add_item(meeting, kind="report", title="Another", by=borough.panel_administrator), outcome="agree", reasons="Yes.",
            kind="section 17", by=borough.panel_administrator,
        )  # fmt: skip

    meeting.terms.thresholds = {"section 17": 500}
    asked = agreeing_of(again, {**facts, "amount": Decimal(201)}).commitment

    assert asked.before == Decimal(300)
    assert commitment_words(asked).startswith("£501 in all with £300 committed before: more than £500")


def test_c21_a_placement_away_is_refused_beside_its_field(borough, sitting):
    with pytest.raises(RuleBroken) as refusal:
        record_decision(sitting[1], outcome="agree", reasons="Yes.", kind="at a distance", by=borough.panel_administrator)

    assert [(r.field, str(r)) for r in refusal.value.reasons] == [("tried_first", "Say what was tried first.")]


def test_d10_numbers_have_no_gaps_and_standing_items_use_none(borough, sitting):
    meeting, item = sitting
    add_item(meeting, kind="report", title="A report", by=borough.panel_administrator)
    other = meeting.items.get(kind="report")

    record_decision(other, outcome="agree", reasons="Fine.", by=borough.panel_administrator)
    first = agreed(borough, item)
    agree_all(meeting, by=borough.chair)

    assert first.number == "2026/1"
    assert [d.number for d in Decision.objects.order_by("serial")] == ["2026/1", "2026/2"]


def test_d10_a_number_taken_in_a_deed_that_fails_is_given_again(borough, sitting):
    decision = record_decision(sitting[1], outcome="agree", reasons="Yes.", by=borough.panel_administrator)
    with pytest.raises(RuleBroken):
        agree_decision(decision, by=borough.member)

    assert agree_decision(decision, by=borough.chair).number == "2026/1"


def test_c23_sending_on_names_the_panel_and_the_referral_goes_again(borough, sitting):
    _, item = sitting
    tripartite = builders.a_steering_group(borough)
    with pytest.raises(RuleBroken, match="Choose the panel"):
        record_decision(item, outcome="redirect", reasons="Joint funding.", by=borough.panel_administrator)

    decision = agreed(borough, item, outcome="redirect", sent_to=tripartite)

    assert Referral.objects.get().status == "REDIRECTED"
    assert decision.sent_to == tripartite
    referral = present_again(Referral.objects.get(), reason="To the other panel.", by=borough.panel_administrator)
    assert referral.status == "READY"


def test_d11_a_declined_item_is_presented_again_with_a_reason(borough, sitting):
    agreed(borough, sitting[1], outcome="not agreed")
    referral = Referral.objects.get()
    assert referral.status == "DECLINED"

    with pytest.raises(RuleBroken, match="Say why"):
        present_again(referral, reason=" ", by=borough.panel_administrator)
    assert present_again(referral, reason="The carers changed.", by=borough.panel_administrator).status == "READY"
    assert Decision.objects.get().outcome == "not agreed"


def test_d9_held_back_it_is_told_only_when_released(borough, sitting):
    meeting, item = sitting
    decision = hold_back(agreed(borough, item), because="The family first.", by=borough.chair)
    with pytest.raises(RuleBroken, match="Only the administrator or the chair"):
        release_now(decision, by=borough.member)
    finish_meeting(meeting, by=borough.panel_administrator)
    assert not Decision.objects.visible_to(borough.social_worker).exists()

    release_now(decision, by=borough.chair)

    assert Decision.objects.visible_to(borough.social_worker).get() == decision
    with pytest.raises(RuleBroken, match="has been released"):
        hold_back(decision, because="Again.", by=borough.chair)


def test_d9_an_urgent_decision_is_released_while_the_panel_sits(borough, sitting):
    decision = agreed(borough, sitting[1])

    release_now(decision, by=borough.panel_administrator)

    assert Decision.objects.visible_to(borough.social_worker).exists()


def test_d1_reasons_are_said_otherwise_or_retired_and_never_lost(borough, sitting):
    meeting, item = sitting
    old = add_reason(meeting.panel, outcome="agree", words="It is near home", by=borough.panel_administrator)
    decision = agreed(borough, item, reason=old)
    new = add_reason(meeting.panel, outcome="agree", words="It keeps them near home", replaces=old, by=borough.panel_administrator)
    old.refresh_from_db()

    assert (new.version, new.replaces, bool(old.retired_at)) == (2, old, True)
    assert Decision.objects.get(pk=decision.pk).reason.words == "It is near home"
    retire_reason(new, by=borough.panel_administrator)
    assert not DecisionReason.objects.in_use().exists()
    assert DecisionReason.objects.count() == 2
    with pytest.raises(RuleBroken, match="retired before"):
        retire_reason(new, by=borough.panel_administrator)


def test_d1_a_reason_of_another_decision_is_refused(borough, sitting):
    meeting, item = sitting
    reason = add_reason(meeting.panel, outcome="not agreed", words="It is met already", by=borough.panel_administrator)

    with pytest.raises(RuleBroken, match="belongs to “Not agreed”"):
        record_decision(item, outcome="agree", reasons="Yes.", reason=reason, by=borough.panel_administrator)


def test_d8_an_inquorate_recommendation_waits_for_the_next_quorate_meeting(borough):
    panel = builders.a_steering_group(borough)
    referral = referrals.a_signed_off_referral(borough)
    meeting, item = builders.a_meeting_with(borough, referral, panel)
    with clock.held_at(clock.moment(meeting.on, clock.TEN)):
        builders.begin(borough, meeting, ("chair", "head_of_service", "service_manager"))
        decision = agreed(borough, item)

    assert (decision.state, decision.number) == ("inquorate", "")
    assert decision.quorum["quorate"] is False
    assert Referral.objects.get(pk=referral.pk).status == "READY"


def test_take_next_comes_before_the_agendas_order(borough, sitting):
    meeting, _ = sitting
    add_item(meeting, kind="report", title="Late in the day", by=borough.panel_administrator)
    last = meeting.items.get(kind="report")

    meeting = take_next(last, by=borough.chair)

    assert following(meeting, meeting.items.get(number=1), borough.panel_administrator) == last


def test_an_item_is_adjourned_to_a_later_meeting_and_heard_there(borough, sitting):
    meeting, item = sitting
    later = builders.a_called_meeting(borough, meeting.panel, on=date(2027, 2, 4))
    with pytest.raises(RuleBroken, match="Say why"):
        adjourn_item(item, to=later, reason="", by=borough.panel_administrator)

    adjourn_item(item, to=later, reason="The worker is ill.", by=borough.panel_administrator)

    item.refresh_from_db()
    assert (item.state, item.note) == ("adjourned", "Adjourned: The worker is ill.")
    assert later.items.get(kind="referral").referral == item.referral
    assert Referral.objects.get().status == "BOOKED"
    with pytest.raises(RuleBroken, match="adjourned"):
        adjourn_item(item, to=None, reason="Again.", by=borough.panel_administrator)


def test_brothers_and_sisters_are_split_one_adjourned_and_one_decided(borough):
    children = [referrals.a_child(borough) for _ in range(2)]
    pair = [referrals.a_signed_off_referral(borough, child=child) for child in children]
    link_children(pair[0].child, other=pair[1].child, relation="sibling", by=borough.social_worker)
    meeting = builders.a_called_meeting(borough)
    elder, younger = (list_referral(row, meeting, by=borough.panel_administrator) for row in pair)
    assert younger.shares_slot_with == elder
    with clock.held_at(clock.moment(meeting.on, clock.TEN)):
        builders.begin(borough, meeting)

        adjourn_item(elder, to=None, reason="The elder was not asked.", by=borough.panel_administrator)
        agreed(borough, younger)

    statuses = [Referral.objects.get(pk=row.pk).status for row in pair]
    assert statuses == ["READY", "AGREED"]
    younger.refresh_from_db()
    assert younger.shares_slot_with is None


def test_c8_o1_j13_an_entry_is_made_once_and_checked_by_somebody_else(borough, sitting):
    meeting, item = sitting
    decision = agreed(borough, item)
    with pytest.raises(RuleBroken, match="Only a released"):
        enter_on_case_system(decision, by=borough.panel_administrator)
    finish_meeting(meeting, by=borough.panel_administrator)

    enter_on_case_system(decision, by=borough.panel_administrator)

    with pytest.raises(RuleBroken, match="Somebody else"):
        check_entry(decision, by=borough.panel_administrator)
    checked = check_entry(decision, by=borough.chair)
    assert (checked.on_case_system_by, checked.entry_checked_by) == (borough.panel_administrator, borough.chair)


# --- the chair between meetings -------------------------------------------------------------------


@pytest.fixture
def papers_out(borough):
    """A panel whose members have a paper on which the chair may act, and the meeting that is to come."""
    panel = builders.a_referral_panel(borough)
    meeting = builders.a_called_meeting(borough, panel)
    referral = referrals.a_signed_off_referral(borough)
    return meeting, send_papers_for_act(referral, panel, by=borough.panel_administrator)


def acted(borough, item):
    return act_between_meetings(item, outcome="agree", reasons="It cannot wait.", weeks=6, by=borough.chair)


def test_c27_papers_go_to_every_member_not_recused_and_then_the_chair_acts(borough, papers_out):
    _, item = papers_out
    assert item.number == 3
    assert Referral.objects.visible_to(borough.member).exists()
    with pytest.raises(RuleBroken, match="Only the chair"):
        act_between_meetings(item, outcome="agree", reasons="Yes.", by=borough.panel_administrator)

    decision = acted(borough, item)

    assert (decision.state, decision.number) == ("released", "2026/1")
    assert decision.sentence.startswith("The chair agreed to")
    assert Referral.objects.get().status == "WAITING"
    with pytest.raises(RuleBroken, match="already acted"):
        acted(borough, item)


def test_c27_without_a_meeting_to_ratify_it_no_papers_go(borough):
    panel = builders.a_referral_panel(borough)

    with pytest.raises(RuleBroken, match="Call the next meeting first"):
        send_papers_for_act(referrals.a_signed_off_referral(borough), panel, by=borough.panel_administrator)


def test_c27_a_recused_chair_does_not_act(borough, papers_out):
    meeting, item = papers_out
    declare_interest(meeting, item=item, person=borough.chair, nature="x", by=borough.chair)

    with pytest.raises(RuleBroken, match="recused"):
        acted(borough, item)


def test_j14_an_act_is_first_business_and_nothing_is_decided_before_it(borough, papers_out):
    meeting, item = papers_out
    acted(borough, item)
    other = add_item(meeting, kind="report", title="A report", by=borough.panel_administrator)
    with clock.held_at(clock.moment(meeting.on, clock.TEN)):
        builders.begin(borough, meeting)
        interests = meeting.items.get(kind="interests")
        assert following(meeting, interests, borough.panel_administrator) == item
        with pytest.raises(RuleBroken, match="Item 3 comes first"):
            record_decision(other, outcome="agree", reasons="Yes.", by=borough.panel_administrator)
        with pytest.raises(RuleBroken, match="before the meeting ends"):
            finish_meeting(meeting, by=borough.panel_administrator)

        settle_act(item, settled_as="ratified", by=borough.panel_administrator)

        assert following(meeting, item, borough.panel_administrator) == other
        record_decision(other, outcome="agree", reasons="Yes.", by=borough.panel_administrator)


def test_j13_j14_an_act_that_is_varied_is_entered_again(borough, papers_out):
    meeting, item = papers_out
    decision = acted(borough, item)
    enter_on_case_system(decision, by=borough.panel_administrator)
    check_entry(decision, by=borough.chair)
    with clock.held_at(clock.moment(meeting.on, clock.TEN)):
        builders.begin(borough, meeting)
        settle_act(item, settled_as="varied", words="For four weeks.", by=borough.panel_administrator)
        finish_meeting(meeting, by=borough.panel_administrator)

    decision.refresh_from_db()
    assert (decision.on_case_system_at, decision.entry_checked_at) == (None, None)
    assert decision.entry_reopened_because == f"Varied at {meeting}."
    said = next(i for i in meeting.minutes.words["items"] if i["key"] == item.pk)
    assert said["settled"] == "The panel varied the chair’s act: For four weeks. What was done before this day stands."


def test_j14_an_act_that_is_ended_has_its_day_and_past_care_stands(borough, papers_out):
    meeting, item = papers_out
    decision = acted(borough, item)
    with clock.held_at(clock.moment(meeting.on, clock.TEN)):
        builders.begin(borough, meeting)
        with pytest.raises(RuleBroken, match="Give the day"):
            settle_act(item, settled_as="ended", by=borough.panel_administrator)
        settle_act(item, settled_as="ended", ends_on=date(2027, 1, 8), by=borough.panel_administrator)

    decision.refresh_from_db()
    assert (decision.settled_as, decision.ends_on, decision.state) == ("ended", date(2027, 1, 8), "released")
    assert Referral.objects.get().status == "WAITING"
    assert item.actions.get().due_on == date(2027, 1, 8)


def test_c27_what_the_chair_did_not_act_on_is_decided_like_any_other_item(borough, papers_out):
    meeting, item = papers_out
    with clock.held_at(clock.moment(meeting.on, clock.TEN)):
        builders.begin(borough, meeting)
        agreed(borough, item)
        finish_meeting(meeting, by=borough.panel_administrator)

    item.refresh_from_db()
    assert (item.kind, item.title) == ("referral", f"Referral {item.referral.reference}")
    assert Referral.objects.get().status == "WAITING"


def test_c27_an_act_left_by_a_cancelled_meeting_is_the_next_ones_business(borough, papers_out):
    meeting, item = papers_out
    acted(borough, item)
    meeting.refresh_from_db()
    meeting.status = "not held"
    meeting.save()
    later = builders.a_called_meeting(borough, meeting.panel, on=date(2027, 1, 14))
    with clock.held_at(clock.moment(later.on, clock.TEN)):
        builders.begin(borough, later)

        item.refresh_from_db()
        assert item.meeting == later
        settle_act(item, settled_as="ratified", by=borough.panel_administrator)


# --- hard cases -------------------------------------------------------------------------------------


def test_d8_who_leaves_before_an_item_and_returns_counts_only_while_here(borough):
    panel = builders.a_steering_group(borough)
    meeting = builders.a_called_meeting(borough, panel)
    four = ("chair", "head_of_service", "service_manager", "provider_manager")
    moment = clock.moment(meeting.on, clock.TEN)
    fourth, fifth = meeting.items.order_by("number")[3:5]

    with clock.held_at(moment):
        builders.begin(borough, meeting, four)
    with clock.held_at(moment.replace(minute=20)):
        leave(meeting, person=borough.head_of_service, by=borough.panel_administrator)
        without = record_decision(fourth, outcome="agree", reasons="Yes.", by=borough.panel_administrator)
    with clock.held_at(moment.replace(minute=40)):
        arrive(meeting, person=borough.head_of_service, by=borough.panel_administrator)
        again = record_decision(fifth, outcome="agree", reasons="Yes.", by=borough.panel_administrator)
        finish_meeting(meeting, by=borough.panel_administrator)

    assert (without.state, again.state) == ("inquorate", "recommended")
    row = next(r for r in meeting.minutes.words["attendance"] if r["person"] == "Head Of Service")
    assert row["times"] == "10:00 to 10:20; 10:40 to 10:40"


def test_d7_a_chair_with_an_interest_is_stood_for_by_a_named_deputy(borough, sitting):
    meeting, item = sitting
    deputy = builders.somebody(borough, "Deputy")
    name_delegate(meeting, letter="a", holder=borough.chair, delegate=deputy, by=borough.chair)
    declare_interest(meeting, item=item, person=borough.chair, nature="x", by=borough.chair)

    with pytest.raises(RuleBroken, match="recused"):
        record_decision(item, outcome="agree", reasons="Yes.", by=borough.chair)
    recorded = record_decision(item, outcome="agree", reasons="Yes.", by=borough.panel_administrator)
    assert recorded.state == "inquorate"
    arrive(meeting, person=deputy, stands_for=borough.chair, by=borough.panel_administrator)
    recorded = record_decision(item, outcome="agree", reasons="Yes.", by=borough.panel_administrator)
    assert recorded.state == "recommended"
    with pytest.raises(RuleBroken, match="recused"):
        agree_decision(recorded, by=borough.chair)

    assert agree_decision(recorded, by=deputy).agreed_by == deputy


def test_two_administrators_recording_one_item_never_overwrite_each_other(borough, sitting):
    _, item = sitting
    other = builders.somebody(borough, "Second Administrator", role="PA")
    opened = item.note_version
    record_with_note(
        item, note="From the first.", version=opened, outcome="agree", reasons="Mine.", by=borough.panel_administrator
    )

    with pytest.raises(StaleNote) as stale:
        record_with_note(item, note="From the second.", version=opened, outcome="defer", reasons="Theirs.", by=other)

    assert stale.value.item.note == "From the first."
    assert Decision.objects.get().reasons == "Mine."


def test_a_note_half_typed_and_a_decision_half_typed_are_kept_together(borough, sitting):
    _, item = sitting
    save_note(item, note="One.", draft={"reasons": "Half"}, version=0, by=borough.panel_administrator)
    item.refresh_from_db()
    assert (item.note, item.draft, item.note_version) == ("One.", {"reasons": "Half"}, 1)

    record_decision(item, outcome="agree", reasons="Whole.", by=borough.panel_administrator)

    item.refresh_from_db()
    assert (item.note, item.draft) == ("One.", {})


def test_every_wording_of_a_note_is_kept_in_the_history(borough, sitting):
    _, item = sitting
    for version, words in enumerate(["First.", "Second.", "Third."]):
        save_note(item, note=words, version=version, by=borough.panel_administrator)

    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM panels_agendaitemevent WHERE pgh_obj_id = %s ORDER BY pgh_id", [item.pk])
        kept = [row[0] for row in cursor.fetchall()]
    assert {"First.", "Second."} <= set(kept)


def test_g08_a_late_declaration_voids_the_part_taken_and_is_in_the_trail(borough, sitting):
    meeting, item = sitting
    decision = agreed(borough, item)

    declare_interest(meeting, item=item, person=borough.chair, nature="Remembered late", by=borough.chair)

    decision.refresh_from_db()
    assert decision.agreed_at is None
    assert decision.quorum["voided"] == ["Chair"]
    assert decision.quorum["quorate"] is False
    assert Recusal.objects.get(item=item).person == borough.chair
    said = AuditEvent.objects.get(verb="part.voided").sentence
    assert "Chair’s part in item 3" in said
    assert "Remembered" not in said


def test_g08_a_late_declaration_of_somebody_who_filled_no_seat_leaves_the_quorum(borough):
    panel = builders.a_steering_group(borough)
    meeting = builders.a_called_meeting(borough, panel)
    with clock.held_at(clock.moment(meeting.on, clock.TEN)):
        builders.begin(borough, meeting, ("chair", "head_of_service", "service_manager", "fostering", "provider_manager"))
        item = meeting.items.order_by("number")[3]
        decision = agreed(borough, item)
        declare_interest(meeting, item=item, person=borough.people["fostering"], nature="x", by=borough.people["fostering"])

    decision.refresh_from_db()
    assert decision.quorum["quorate"]
    assert decision.agreed_at is not None
    assert decision.quorum["voided"] == ["Fostering Manager"]


def test_the_room_is_cleared_for_sixty_seconds(borough, sitting):
    meeting, item = sitting

    meeting = clear_room(item, by=borough.panel_administrator)

    assert (meeting.clearing_until - clock.now()).total_seconds() == 60
    assert AgendaItem.objects.get(pk=item.pk).state == "to come"


@pytest.mark.parametrize(("outcome", "more"), [("defer", {}), ("redirect", {"sent_to": True})])
def test_d11_what_was_put_off_or_sent_on_stays_on_the_administrators_to_do_until_it_is_presented_again(borough, sitting, outcome, more):
    meeting, item = sitting
    facts = {"sent_to": builders.a_steering_group(borough)} if more else {}
    decision = agreed(borough, item, outcome=outcome, **facts)
    finish_meeting(meeting, by=borough.panel_administrator)

    def asked():
        return [t.url for t in things_for(borough.panel_administrator) if t.label.startswith("Present ")]

    assert asked() == [f"{decision.get_absolute_url()}/present-again"]
    present_again(Referral.objects.get(), reason="More is known.", by=borough.panel_administrator)
    assert asked() == []


def test_e4_the_weeks_of_outreach_after_a_bed_go_from_the_decision_to_the_referral_and_into_the_minutes(borough, sitting):
    Referral.objects.update(wants="hub")
    decision = agreed(borough, sitting[1], outcome="agree", weeks=8, outreach_weeks=20)

    referral = Referral.objects.get()
    assert (referral.agreed_weeks, referral.outreach_weeks) == (8, 20)
    assert "Outreach follows the bed for 20 weeks." in decision.sentence


def test_c5_the_minutes_say_in_one_sentence_what_was_agreed_with_conditions(borough, sitting):
    _, item = sitting

    words = compose_sentence(item, "conditions", weeks=6, conditions="School agrees.")

    assert words == "The panel agreed to outreach for 6 weeks, with conditions. Conditions: School agrees."
