"""Ending a stay and the support: as planned, unplanned, stepped down, asked after later."""

from datetime import date, timedelta

import pytest

from core import clock
from core.models import AuditEvent
from core.rules import RuleBroken
from referrals.actions.closing import record_death, release_place
from referrals.actions.ending import (
    end_support,
    finish_ending,
    record_check,
    step_down,
    step_up,
    write_ending,
)
from referrals.actions.missing import record_return
from referrals.actions.outcome import end_referral
from referrals.actions.stay import end_stay
from referrals.actions.stay_changes import change_dates
from referrals.actions.transition import record_resident
from referrals.models import Access, Ending, Referral, SustainedCheck
from referrals.models.ending import OutcomeType
from tests.referrals import journeys, places

pytestmark = pytest.mark.django_db


@pytest.fixture
def stay(borough):
    return places.a_place_given(borough, places.an_outreach(borough))


@pytest.fixture
def later():
    """Ten days on."""
    with clock.held_at(clock.today() + timedelta(days=10)):
        yield


def test_f12_a_stay_cannot_end_as_planned_without_its_four_tasks(borough, stay, later):
    places.an_ending_written(borough, stay, but=("exit",))

    with pytest.raises(RuleBroken, match="Write the exit plan"):
        end_stay(stay, on=clock.today(), by=borough.provider_manager)

    stay.refresh_from_db()
    assert stay.state == "begun"
    assert Referral.objects.get().status == "SUPPORTED"


def test_f12_a_whole_ending_ends_the_stay_and_the_support(borough, stay, later):
    places.a_stay_ended(borough, stay)

    referral, ending = Referral.objects.get(), Ending.objects.get()
    assert referral.status == "ENDED"
    assert ending.is_unplanned is False
    assert ending.finished_by == borough.provider_manager
    assert ending.planned_end_was == stay.planned_end_on
    until = Access.objects.get(basis="placed").until_at
    assert until == clock.now() + timedelta(days=30)


def test_f12_an_emergency_end_frees_the_place_and_leaves_the_exit_plan_to_do(borough, stay, later):
    ended = places.a_stay_ended(borough, stay, unplanned_because="Hospital.")

    ending = Ending.objects.get()
    assert ended.state == "ended"
    assert (ending.is_unplanned, ending.exit_due_on, ending.finished_at) == (True, clock.today(), None)
    assert list(Ending.objects.unfinished()) == [ending]
    assert Referral.objects.get().status == "SUPPORTED"
    assert not SustainedCheck.objects.exists()


def test_f12_an_emergency_end_says_what_happened(borough, stay, later):
    with pytest.raises(RuleBroken, match="Say what happened"):
        places.a_stay_ended(borough, stay, unplanned_because="  ")


def test_f12_a_referral_cannot_be_ended_past_its_exit_plan(borough, stay, later):
    places.a_stay_ended(borough, stay, unplanned_because="Hospital.")

    with pytest.raises(RuleBroken, match="exit plan"):
        end_referral(Referral.objects.get(), reason="Over.", by=borough.panel_administrator)
    with pytest.raises(RuleBroken, match="Write the exit plan"):
        finish_ending(stay, by=borough.provider_manager)

    assert Referral.objects.get().status == "SUPPORTED"


def test_f12_the_support_ends_when_the_late_exit_plan_is_written(borough, stay, later):
    places.a_stay_ended(borough, stay, unplanned_because="Hospital.")
    places.an_ending_written(borough, stay)

    finish_ending(stay, by=borough.provider_manager)

    assert Referral.objects.get().status == "ENDED"
    assert not Ending.objects.unfinished().exists()
    assert SustainedCheck.objects.get(months=3).due_on == date(2027, 3, 4)
    with pytest.raises(RuleBroken, match="finished"):
        finish_ending(stay, by=borough.provider_manager)
    with pytest.raises(RuleBroken, match="finished"):
        write_ending(stay, task="exit", answers={"exit_plan": "Other."}, by=borough.provider_manager)


def test_f12_two_people_write_two_tasks_and_lose_nothing(borough, stay):
    write_ending(stay, task="reason", answers={"why": "goals met"}, by=borough.provider_manager)
    write_ending(stay, task="next", answers={"lives_next": "Nan’s."}, by=borough.social_worker)

    ending = Ending.objects.get()
    assert (ending.why, ending.lives_next) == ("goals met", "Nan’s.")


def test_f12_nothing_is_saved_if_the_audit_fails(borough, stay, later, monkeypatch):
    places.an_ending_written(borough, stay)
    monkeypatch.setattr("core.audit.record", lambda *a, **k: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        end_stay(stay, on=clock.today(), by=borough.provider_manager)

    stay.refresh_from_db()
    assert stay.state == "begun"


def test_e8_a_bed_ends_with_the_home_found_and_outreach_follows(borough):
    places.an_outreach(borough)
    bed = places.a_bed_begun(borough, places.a_hub(borough))
    with clock.held_at(clock.today() + timedelta(days=10)):
        for task in ("reason", "next"):
            write_ending(bed, task=task, answers=places.ENDING[task], by=borough.provider_manager)
        end_stay(bed, on=clock.today(), by=borough.provider_manager)

        assert bed.followed_by.starts_on == clock.today()
        assert Referral.objects.get().status == "SUPPORTED"


def test_e8_expected_planned_and_actual_ends_are_three_dates(borough, stay, sign_in):
    change_dates(stay, planned_end_on=date(2027, 3, 2), reason="Longer.", by=borough.provider_manager)
    with clock.held_at(date(2026, 12, 1)):
        stay.refresh_from_db()
        places.a_stay_ended(borough, stay)

        page = sign_in(borough.provider_manager).get(f"/stays/{stay.reference}/end").content.decode()

    for words in ("16 February 2027", "2 March 2027", "1 December 2026 (91 days sooner than planned)"):
        assert words in page


def test_e17_an_end_that_passes_ends_nothing(borough, stay):
    with clock.held_at(stay.planned_end_on + timedelta(days=60)):
        stay.refresh_from_db()
        assert stay.state == "begun"
        assert Referral.objects.get().status == "SUPPORTED"


def test_f12_step_down_and_up_again(borough, stay):
    referral = step_down(stay.referral, by=borough.provider_manager)
    assert referral.status == "STEP_DOWN"
    with pytest.raises(RuleBroken, match="more support"):
        step_up(referral, reason=" ", by=borough.provider_manager)

    assert step_up(referral, reason="Nights.", by=borough.provider_manager).status == "SUPPORTED"


def test_f25_checks_are_set_when_support_ends_and_recorded_once(borough, stay, later):
    places.a_stay_ended(borough, stay)
    check = SustainedCheck.objects.get(months=3)
    said = {"lives": "With the aunt.", "is_sustained": "yes", "came_back": "no", "by": borough.social_worker}
    with pytest.raises(RuleBroken, match="not before"):
        record_check(check, **said)

    with clock.held_at(check.due_on):
        record_check(check, **said)
        with pytest.raises(RuleBroken, match="has been recorded"):
            record_check(check, **said)

    assert AuditEvent.objects.filter(verb="check.recorded", child_id=stay.child_id).count() == 1
    assert list(SustainedCheck.objects.order_by("months").values_list("months", flat=True)) == [3, 6, 12]


def test_end_support_is_for_those_supported(borough, stay, later):
    places.a_stay_ended(borough, stay)

    with pytest.raises(RuleBroken, match="not being supported"):
        end_support(stay.referral, on=clock.today(), reason="x", by=borough.provider_manager)


def test_f21_an_outcome_is_moved_or_instead_of_and_never_both():
    kinds = {(o.is_moved, o.is_instead) for o in OutcomeType}
    assert (True, True) not in kinds
    assert OutcomeType("from:foster").is_moved
    assert OutcomeType("instead:home").is_instead
    assert not OutcomeType("stayed").is_moved


def test_a_young_parents_baby_is_a_dated_resident_and_takes_no_place(borough, stay):
    baby = record_resident(stay, called="Bo", from_on=clock.today(), by=borough.provider_manager)
    with pytest.raises(RuleBroken, match="after the first"):
        record_resident(stay, row=baby, called="Bo", from_on=clock.today(), until_on=clock.today(), by=borough.practitioner)
    with pytest.raises(RuleBroken, match="in the stay"):
        record_resident(stay, called="Bo", from_on=date(2026, 11, 23), by=borough.provider_manager)

    assert stay.place.stays.count() == 1
    assert stay.residents.get().recorded_by == borough.provider_manager


def test_f20_a_missing_childs_stay_ends_neither_as_planned_nor_at_once(borough, stay, later):
    places.an_ending_written(borough, stay)
    Ending.objects.update(why="child chose")
    episode = journeys.an_episode(stay.child, from_at=clock.now() - timedelta(hours=5))

    for how in ({}, {"unplanned_because": "Not seen for days."}):
        with pytest.raises(RuleBroken, match="the place is held"):
            end_stay(stay, on=clock.today(), by=borough.provider_manager, **how)
    stay.refresh_from_db()
    assert (stay.state, Referral.objects.get().status) == ("begun", "SUPPORTED")

    record_return(episode, until_at=clock.now(), by=borough.social_worker)
    end_stay(stay, on=clock.today(), by=borough.provider_manager)
    assert Referral.objects.get().status == "ENDED"


def test_f20_a_decision_that_moved_a_missing_child_ends_the_stay(borough, stay, later):
    places.an_ending_written(borough, stay)
    Ending.objects.update(why="moved on")
    journeys.an_episode(stay.child, from_at=clock.now() - timedelta(hours=5))

    end_stay(stay, on=clock.today(), by=borough.provider_manager)

    stay.refresh_from_db()
    assert stay.state == "ended"


def test_f20_a_missing_child_who_has_died_gives_back_the_place_when_it_is_released(borough, stay, later):
    journeys.an_episode(stay.child, from_at=clock.now() - timedelta(hours=5))
    record_death(stay.child, died_on=clock.today(), by=borough.team_manager)

    release_place(stay, by=borough.provider_manager)

    stay.refresh_from_db()
    assert stay.state == "ended"
