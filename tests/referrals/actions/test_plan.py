"""Support plans, sessions, and what homes need."""

from datetime import date, timedelta

import pytest

from contracts.actions.contract import activate_contract, add_contract, add_lot, set_price
from core import clock
from core.actions.authority import add_organisation
from core.actions.person import add_person, give_role
from core.roles import Role
from core.rules import RuleBroken
from referrals.actions.access import give_access
from referrals.actions.plan import add_plan_action, finish_plan_action, review_plan, write_plan
from referrals.actions.sessions import assess_home, record_session
from referrals.models import Child, HomeAssessment, ProvisionTerms, Session, SupportPlan
from tests.referrals import builders, places

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


def a_plan(borough, stay, **facts):
    """A plan of a child in a place."""
    whole = {
        "goal": "move to family", "outcomes": "Calm evenings.", "review_on": TODAY + timedelta(weeks=6),
        "envisaged_end_on": None, **facts,
    }  # fmt: skip
    return write_plan(stay.child, referral=stay.referral, by=borough.practitioner, **whole)


@pytest.fixture
def stay(borough):
    return places.a_place_given(borough, places.an_outreach(borough))


def test_f15_a_plan_is_one_a_referral_and_is_changed_in_place(borough, stay):
    first = a_plan(borough, stay)
    second = a_plan(borough, stay, outcomes="School.", child_agrees="agrees", envisaged_end_on=TODAY + timedelta(weeks=9))

    assert first.pk == second.pk
    assert SupportPlan.objects.get().outcomes == "School."
    assert second.started_by == borough.practitioner


def test_f15_an_action_has_owner_day_and_what_came_of_it(borough, stay):
    facts = {"what": "Ring.", "known_by": "Rung.", "lessens": "Moves.", "owner_name": "Nan", "due_on": TODAY}
    action = add_plan_action(a_plan(borough, stay), by=borough.practitioner, **facts)
    second = add_plan_action(action.plan, by=borough.practitioner, **facts)
    assert (action.number, second.number) == (1, 2)

    finish_plan_action(action, done_on=TODAY, came_of_it="It helped.", by=borough.social_worker)
    with pytest.raises(RuleBroken, match="is done"):
        finish_plan_action(action, done_on=TODAY, came_of_it="Again.", by=borough.social_worker)


def test_e17_a_review_moves_both_dates_and_a_passed_end_closes_nothing(borough, stay):
    plan = a_plan(borough, stay, envisaged_end_on=TODAY + timedelta(days=1))
    with clock.held_at(TODAY + timedelta(days=30)):
        stay.referral.refresh_from_db()
        assert stay.referral.status == "SUPPORTED"
        plan.refresh_from_db()
        assert any("goes on until you end it" in words for words in plan.warnings)

        review = review_plan(
            plan, held_on=clock.today(), who="All.", seen="Calmer.", next_review_on=clock.today() + timedelta(weeks=4),
            envisaged_end_on=clock.today() + timedelta(weeks=8), by=borough.practitioner,
        )  # fmt: skip

    plan.refresh_from_db()
    assert review.was_due_on == TODAY + timedelta(weeks=6)
    assert (plan.review_on, plan.envisaged_end_on) == (review.next_review_on, review.envisaged_end_on)


def test_f15_a_plan_of_a_child_who_has_died_is_not_written(borough, stay):
    stay.child.died_on = TODAY
    stay.child.save()

    with pytest.raises(RuleBroken, match="closed by a manager"):
        a_plan(borough, stay)


def a_session(borough, stay, **facts):
    whole = {
        "kind": "consultation", "held_on": TODAY, "given_at": "foster home", "led_by": "A psychologist",
        "about": "Evenings.", "came": ["Carer"], "did_not_come": ["School"], **facts,
    }  # fmt: skip
    return record_session(stay.child, referral=stay.referral, by=borough.practitioner, **whole)


def test_e24_a_session_keeps_who_came_and_who_did_not(borough, stay):
    session = a_session(borough, stay)

    rows = list(session.attendance.order_by("pk").values_list("name", "came"))
    assert rows == [("Carer", True), ("School", False)]


def test_f16_the_contract_flag_reaches_the_places_and_refuses_direct_work(borough):
    outreach = places.an_outreach(borough)
    contract = add_contract(
        slug="no-direct", authority=borough.authority, name="No direct", provider=borough.provider, starts_on=TODAY,
        no_direct_work=True, by=None,
    )  # fmt: skip
    lot = add_lot(contract, kind="core", name="Core", starts_on=TODAY, by=None)
    set_price(lot, provision=outreach, label="Place", weekly_rate=660, basis="child week", places=12, from_on=TODAY, by=None)
    activate_contract(contract, by=None)
    stay = places.a_place_given(borough, outreach)
    assert ProvisionTerms.objects.on(TODAY).get().no_direct_work

    with pytest.raises(RuleBroken, match="no direct work"):
        a_session(borough, stay, kind="direct")
    a_session(borough, stay, kind="assessment")
    a_session(borough, stay)

    assert set(Session.objects.values_list("kind", flat=True)) == {"assessment", "consultation"}


def test_f16_without_the_flag_direct_work_is_recorded(borough, stay):
    assert a_session(borough, stay, kind="direct").kind == "direct"


def test_f17_a_home_is_assessed_anew_and_what_was_written_before_is_kept(borough):
    home = places.a_hub(borough).homes.get()
    facts = {
        "children_say": "Loud.", "carers_say": "Rushed.", "families_say": "", "professionals_say": "Calmer.",
        "needs": "Quiet.", "support": "Talks.", "review_on": TODAY + timedelta(days=1), "by": borough.provider_manager,
    }  # fmt: skip
    with pytest.raises(RuleBroken, match="families"):
        assess_home(home, **facts)

    assess_home(home, families_why_not="None could be reached.", **facts)
    assess_home(home, **{**facts, "families_say": "Ring us."})

    assert HomeAssessment.objects.filter(home=home).count() == 2


def test_f17_homes_are_read_by_few(borough):
    home = places.a_hub(borough).homes.get()
    assess_home(
        home, children_say="a", carers_say="a", families_say="a", professionals_say="a", needs="a", support="a",
        review_on=TODAY + timedelta(days=1), by=borough.provider_manager,
    )  # fmt: skip

    seen = {name for name, person in borough.people.items() if HomeAssessment.objects.visible_to(person).exists()}

    assert seen == {"provider_manager", "practitioner", "service_manager", "strategic_manager", "head_of_service"}


def test_k6_a_second_provider_of_the_child_does_not_see_the_first_ones_plan(borough, stay):
    a_plan(borough, stay)
    second = add_organisation(slug="second", name="Otherhands", kind="provider", authority=None, by=None)
    theirs = add_person(full_name="Their Manager", email="their@second.example", organisation=second, by=None)
    give_role(theirs, Role.PROVIDER_MANAGER, organisation=second, authority=borough.authority, from_on=TODAY, by=None)
    other = builders.a_waiting_referral(borough, child=stay.child, service="hub")
    give_access(other, organisation=second, roles=[Role.PROVIDER_MANAGER], basis="placed", by=borough.chair)

    assert stay.child in Child.objects.visible_to(theirs)
    assert not SupportPlan.objects.visible_to(theirs).exists()
    assert SupportPlan.objects.visible_to(borough.provider_manager).exists()


def test_a_child_of_another_team_has_no_plan_for_a_stranger(borough):
    child = builders.a_child(borough)

    assert not SupportPlan.objects.visible_to(borough.other_social_worker).filter(child=child).exists()
