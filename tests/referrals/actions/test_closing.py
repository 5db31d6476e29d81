"""Death, adoption, another council; telling the child; moving on."""

from datetime import date, timedelta

import pytest

from core import clock, outbox, post
from core.models import Message, OutboxJob
from core.rules import RuleBroken
from panels.actions.agenda import list_referral
from panels.models import AgendaItem
from referrals.actions.closing import hand_to_council, record_adoption, record_death, release_place
from referrals.actions.telling import tell_child
from referrals.actions.transition import (
    link_children,
    plan_handover,
    record_disengagement,
    record_homeless_offer,
    record_onward,
)
from referrals.models import (
    Access,
    Child,
    ChildClosing,
    CouncilHeld,
    Referral,
    Stay,
    SustainedCheck,
    Telling,
)
from referrals.models.board import board, shown_provisions
from referrals.models.holdings import decided_past_18, waiting_in_order
from tests import people
from tests.panels import builders as panels
from tests.referrals import builders, places

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def died(borough, child, **facts):
    return record_death(child, **{"died_on": TODAY, "by": borough.team_manager, **facts})


def test_j16_after_a_death_no_message_about_the_child_leaves(borough):
    stay = places.a_place_given(borough, places.an_outreach(borough))
    assert Message.objects.filter(state="queued").exists()
    post.send("other", key="other", to=borough.chair, subject="Other", body="Other.", link="/")
    other = Message.objects.get(key="other")

    died(borough, stay.child)
    outbox.sweep()

    about = Message.objects.exclude(pk=other.pk)
    assert set(about.values_list("state", flat=True)) == {"stopped"}
    other.refresh_from_db()
    assert other.state == "sent"


def test_j16_after_a_death_offers_waiting_and_tellings_stop_in_one_transaction(borough):
    places.an_outreach(borough)
    hub = places.a_hub(borough)
    offer = places.a_bed_offered(borough, hub)
    child = offer.child
    waits = builders.a_waiting_referral(borough, child=child)
    draft = builders.a_draft_referral(borough, child)

    died(borough, child)

    assert set(Stay.objects.values_list("state", flat=True)) == {"released"}
    waits.refresh_from_db()
    draft.refresh_from_db()
    assert (waits.status, draft.status) == ("ENDED", "WITHDRAWN")
    assert waiting_in_order(hub) == []
    assert not Telling.objects.filter(told_at=None, stopped_because="").exists()
    assert not OutboxJob.objects.filter(kind="stay.lapse", state="waiting").exists()


def test_j16_a_death_is_nothing_at_all_if_any_part_of_it_fails(borough, monkeypatch):
    stay = places.a_place_given(borough, places.an_outreach(borough))
    monkeypatch.setattr("core.audit.record", lambda *a, **k: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        died(borough, stay.child)

    assert Child.objects.get().died_on is None
    assert Referral.objects.get().status == "SUPPORTED"
    assert Message.objects.filter(state="queued").exists()


def test_j16_a_booked_item_comes_off_the_agenda(borough):
    panel = panels.a_referral_panel(borough)
    meeting = panels.a_called_meeting(borough, panel, on=date(2027, 1, 14))
    referral = builders.a_signed_off_referral(borough)
    list_referral(referral, meeting, by=borough.panel_administrator)

    died(borough, referral.child)

    assert AgendaItem.objects.get(referral=referral).state == "taken off"
    assert list(meeting.items.standing().order_by("number").values_list("number", flat=True)) == list(
        range(1, meeting.items.standing().count() + 1)
    )


def test_j16_the_place_is_closed_by_manager_until_released(borough):
    outreach = places.an_outreach(borough, places=1)
    stay = places.a_place_given(borough, outreach)
    with clock.held_at(TODAY + timedelta(days=5)):
        died(borough, stay.child, died_on=TODAY + timedelta(days=3))

        drawn = board(shown_provisions(type(outreach).objects.filter(pk=outreach.pk)), user=borough.provider_manager)
        words = [bar.words for group in drawn.groups for row in group.rows for bar in row.bars]
        assert "Closed by manager" in words
        assert not any(stay.referral.reference in word for word in words)
        waits = builders.a_waiting_referral(borough)
        with pytest.raises(RuleBroken):
            places.a_place_given(borough, outreach, referral=waits)

        release_place(stay, by=borough.provider_manager)
        stay.refresh_from_db()
        assert (stay.state, stay.ended_on) == ("ended", TODAY + timedelta(days=4))
        assert places.a_place_given(borough, outreach, referral=waits).place == stay.place
        with pytest.raises(RuleBroken, match="not closed"):
            release_place(stay, by=borough.provider_manager)


def test_j16_a_death_is_entered_by_a_manager_once(borough):
    child = builders.a_child(borough)

    for person in (borough.social_worker, borough.provider_manager, borough.practitioner, borough.governance):
        with pytest.raises(RuleBroken, match="A manager enters this"):
            died(borough, child, by=person)
    closing = died(borough, child, hold_because="Inquest.")
    with pytest.raises(RuleBroken, match="closed already"):
        died(borough, child)

    child.refresh_from_db()
    assert child.hold_because == "Inquest."
    assert closing.keep_until_on == date(2041, 11, 24)


def test_j16_checks_after_the_end_stop_with_a_death(borough):
    stay = places.a_place_given(borough, places.an_outreach(borough))
    with clock.held_at(TODAY + timedelta(days=1)):
        places.a_stay_ended(borough, stay)
        died(borough, stay.child)

    assert not SustainedCheck.objects.filter(stopped_because="").exists()


def test_j16_after_an_adoption_only_named_people_find_the_record(borough):
    child = builders.a_child(borough)
    referral = builders.a_sent_referral(borough, child=child)

    with pytest.raises(RuleBroken, match="Choose who"):
        record_adoption(child, ordered_on=TODAY, named=[], by=borough.head_of_service)
    closing = record_adoption(child, ordered_on=TODAY, named=[borough.governance], by=borough.head_of_service)

    seen = {name for name, person in borough.people.items() if Child.objects.visible_to(person).filter(pk=child.pk)}
    assert seen == {"governance"}
    assert not Referral.objects.visible_to(borough.social_worker).filter(pk=referral.pk)
    assert closing.keep_until_on == date(2126, 11, 24)
    referral.refresh_from_db()
    assert referral.status == "WITHDRAWN"


def test_j16_a_sealed_record_is_never_linked(borough):
    child, other = builders.a_child(borough), builders.a_child(borough)
    record_adoption(child, ordered_on=TODAY, named=[borough.governance], by=borough.team_manager)

    for pair in ((child, other), (other, child)):
        with pytest.raises(RuleBroken, match="can be linked"):
            link_children(Child.objects.get(pk=pair[0].pk), other=Child.objects.get(pk=pair[1].pk), relation="sibling", by=borough.governance)
    assert not {"new_name", "adopted_as"} & {f.name for f in (*Child._meta.fields, *ChildClosing._meta.fields)}


def test_j16_an_adoption_waits_for_the_end_of_the_stay(borough):
    stay = places.a_place_given(borough, places.an_outreach(borough))

    with pytest.raises(RuleBroken, match="end the stay first"):
        record_adoption(stay.child, ordered_on=TODAY, named=[borough.governance], by=borough.team_manager)

    assert not Access.objects.filter(basis="named").exists()


def test_another_councils_responsibility_is_dated_per_child(borough):
    child = builders.a_child(borough, case_number="LCS1")
    elsewhere = people.a_borough("elsewhere")

    hand_to_council(child, council=elsewhere.authority, from_on=TODAY, because="The family moved.", by=borough.head_of_service)

    rows = CouncilHeld.objects.order_by("pk").values_list("authority", "from_on", "until_on", "case_number")
    assert list(rows) == [(borough.authority.pk, None, TODAY, "LCS1"), (elsewhere.authority.pk, TODAY, None, "")]
    assert not Child.objects.visible_to(borough.head_of_service).filter(pk=child.pk)
    assert Child.objects.visible_to(elsewhere.head_of_service).filter(pk=child.pk)


def test_j15_a_released_decision_is_to_be_told_by_a_named_person_by_a_day(borough):
    referral = builders.a_waiting_referral(borough)

    telling = Telling.objects.get()
    assert telling.teller == borough.social_worker
    assert telling.due_on == date(2026, 12, 1)
    assert telling.words == "The panel said yes to help from the team, where you live for 12 weeks."
    tell_child(
        telling, words="They said yes.", teller=borough.team_manager, due_on=TODAY, told_on=TODAY, child_said="OK.",
        by=borough.team_manager,
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="has been told"):
        tell_child(telling, words="Again.", teller=borough.team_manager, due_on=TODAY, by=borough.team_manager)
    telling.refresh_from_db()
    assert (telling.told_by, telling.told_on, telling.referral) == (borough.team_manager, TODAY, referral)


def test_f13_support_not_taken_up_is_shared_with_the_referrer_once(borough):
    stay = places.a_place_given(borough, places.an_outreach(borough))
    facts = {"noticed_on": TODAY, "noticed": "No answer.", "tried": "Rang.", "by": borough.practitioner}

    row = record_disengagement(stay.child, referral=stay.referral, **facts)
    record_disengagement(
        stay.child, referral=stay.referral, row=row, next_steps="Visit.", agreed_with="Nan", agreed_on=TODAY, **facts
    )

    message = Message.objects.get(kind="support.not_taken_up")
    assert message.person == borough.social_worker
    assert stay.child.full_name not in message.subject + message.body
    assert stay.child.disengagements.get().next_steps == "Visit."


def test_f14_support_after_18_goes_on_by_a_decision_with_fresh_agreement(borough):
    child = builders.a_child(borough, born_on=date(2008, 12, 1))
    outreach = places.an_outreach(borough)
    referral = builders.a_waiting_referral(borough, child=child)
    with pytest.raises(RuleBroken, match="needs a decision"):
        places.a_place_given(borough, outreach, referral=referral)

    plan_handover(
        child, identified_on=TODAY, needs="Nights.", after_18_decision="Head of service", after_18_decided_on=TODAY,
        after_18_agreed_on=TODAY, by=borough.social_worker,
    )  # fmt: skip

    assert decided_past_18(child)
    assert places.a_place_given(borough, outreach, referral=referral).state == "begun"


def test_f18_an_onward_referral_has_an_outcome_with_its_day(borough):
    child = builders.a_child(borough)
    row = record_onward(child, to="Young carers", why="Cares.", referred_on=TODAY, by=borough.social_worker)

    record_onward(
        child, row=row, to="Young carers", why="Cares.", referred_on=TODAY, outcome="accepted", outcome_on=TODAY,
        by=borough.practitioner,
    )  # fmt: skip

    kept = child.onward.get()
    assert (kept.outcome, kept.outcome_on, kept.recorded_by) == ("accepted", TODAY, borough.social_worker)


def test_f24_the_choice_of_a_homeless_young_person_is_kept_in_their_words(borough):
    child = builders.a_child(borough, born_on=date(2010, 1, 1))

    record_homeless_offer(
        child, came_on=TODAY, offered_on=TODAY, explained="Both choices, with an advocate.", choice="other help",
        chose_on=TODAY, own_words="I want to stay with my aunt.", by=borough.social_worker,
    )  # fmt: skip

    assert child.homeless_offers.get().own_words == "I want to stay with my aunt."
