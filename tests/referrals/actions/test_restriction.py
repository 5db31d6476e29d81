"""Records kept to named people: everywhere, for everybody else, until two people lift it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core import clock
from core.models import AuditEvent, Message
from core.rules import RuleBroken
from referrals.actions import restriction as deeds
from referrals.actions.access import withhold_access
from referrals.models import Access, Child, Referral, Restriction, Stay
from tests import people
from tests.referrals import builders

pytestmark = pytest.mark.django_db
WHY = "The child is missing and the police are asking."


def restricted(borough, *people, child=None):
    child = child or builders.a_child(borough, case_number="L-77")
    return deeds.restrict_child(
        child, ground="risk", because="A relative would harm her.", people=people or [borough.social_worker],
        by=borough.team_manager,
    )  # fmt: skip


def sees(person, child):
    return Child.objects.visible_to(person).filter(pk=child.pk).exists()


def test_k8_a_restricted_record_is_absent_for_all_but_the_named(borough):
    referral = builders.a_waiting_referral(borough)
    child = referral.child
    restricted(borough, borough.social_worker, child=child)

    for name, person in borough.people.items():
        named = name == "social_worker"
        assert sees(person, child) == named, name
        assert Referral.objects.visible_to(person).filter(pk=referral.pk).exists() == named, name
        assert not Stay.objects.visible_to(person).filter(child=child).exists(), name
        if name != "social_worker":
            assert not Referral.objects.counted_for(person).filter(pk=referral.pk).exists(), name


def test_k8_the_person_who_restricts_keeps_no_sight_they_were_not_given(borough):
    child = restricted(borough, borough.social_worker).child

    assert not sees(borough.team_manager, child)


def test_k8_the_database_refuses_a_second_standing_restriction(borough):
    first = restricted(borough)

    with pytest.raises(RuleBroken):
        restricted(borough, child=first.child)
    with pytest.raises(IntegrityError), transaction.atomic():
        Restriction.objects.create(child=first.child, ground="risk", because="x", set_by=borough.chair, review_on=clock.today())


def test_k8_nobody_is_named_from_whom_the_record_is_kept(borough):
    referral = builders.a_draft_referral(borough)
    withhold_access(referral, person=borough.chair, because="A relative.", depth="record", by=borough.panel_administrator)

    with pytest.raises(RuleBroken, match="kept from Chair"):
        restricted(borough, borough.chair, child=referral.child)


def test_k8_lifting_takes_two_people_and_ends_every_name(borough):
    restriction = restricted(borough, borough.social_worker, borough.team_manager)
    child = restriction.child
    with pytest.raises(RuleBroken, match="Nobody has asked"):
        deeds.agree_to_lift(restriction, by=borough.governance)
    deeds.ask_to_lift(restriction, because="The trial is over.", by=borough.team_manager)
    with pytest.raises(RuleBroken, match="Somebody else"):
        deeds.agree_to_lift(restriction, by=borough.team_manager)
    assert not sees(borough.head_of_service, child)

    deeds.agree_to_lift(restriction, by=borough.governance)

    assert sees(borough.head_of_service, child)
    assert not Access.objects.current().filter(child=child, basis="named").exists()
    assert list(AuditEvent.objects.filter(child_id=child.pk, verb__startswith="restriction").values_list("verb", flat=True).order_by("pk")) == [
        "restriction.lift_asked", "restriction.lifted",
    ]  # fmt: skip


def test_k8_the_database_refuses_a_lifting_by_one_person(borough):
    restriction = restricted(borough)
    deeds.ask_to_lift(restriction, because="Over.", by=borough.team_manager)

    with pytest.raises(IntegrityError), transaction.atomic():
        Restriction.objects.filter(pk=restriction.pk).update(lifted_at=clock.now(), lifted_by=borough.team_manager)


def test_k8_a_review_keeps_it_for_90_days_and_forgets_the_asking(borough):
    restriction = restricted(borough)
    deeds.ask_to_lift(restriction, because="Over.", by=borough.team_manager)

    kept = deeds.review_restriction(restriction, by=borough.governance)

    assert kept.review_on == clock.today() + timedelta(days=90)
    assert kept.lift_asked_by is None


def test_k8_taking_a_name_off_shuts_the_record_at_once(borough):
    restriction = restricted(borough, borough.social_worker, borough.head_of_service)

    deeds.unname_person(restriction, person=borough.head_of_service, by=borough.governance)

    assert not sees(borough.head_of_service, restriction.child)
    with pytest.raises(RuleBroken, match="at least one"):
        deeds.unname_person(restriction, person=borough.social_worker, by=borough.governance)


def test_k8_breaking_the_glass_opens_one_record_for_an_hour_and_tells_governance(borough):
    referral = builders.a_sent_referral(borough)
    draft = builders.a_draft_referral(borough, referral.child)
    child = restricted(borough, child=referral.child).child
    other = restricted(borough).child
    someone = borough.other_social_worker

    opened = deeds.break_glass(child.reference.lower(), because=WHY, by=someone)

    assert (sees(someone, child), sees(someone, other)) == (True, False)
    assert list(Referral.objects.visible_to(someone)) == [referral] != [draft]
    told = Message.objects.filter(kind="record.restricted", person=borough.governance, link__endswith="/access")
    assert [child.reference in m.subject and WHY not in m.body for m in told] == [True]
    assert Message.objects.filter(kind="record.opened", person=borough.other_team_manager).count() == 1
    assert AuditEvent.objects.filter(verb="child.opened_in_an_emergency", child_id=child.pk, person_id=someone.pk).exists()
    with clock.held_at(opened.until_at):
        assert not sees(someone, child)
    with clock.held_at(opened.until_at - timedelta(seconds=1)):
        assert sees(someone, child)


@pytest.mark.parametrize("number", ["L-77", "l-77", " L-77 "])
def test_k8_a_council_number_opens_it_too(borough, number):
    child = restricted(borough).child

    assert deeds.break_glass(number, because=WHY, by=borough.other_social_worker).child == child


@pytest.mark.parametrize("number", ["", "L-78", "Zzcanary Childname", "\x00", "%", "' or 1=1 --", "😀"])
def test_k8_nothing_else_opens_anything(borough, number):
    restricted(borough)

    with pytest.raises(RuleBroken, match="Nothing was opened"):
        deeds.break_glass(number, because=WHY, by=borough.other_social_worker)


def test_k8_withheld_wins_over_a_broken_glass(borough):
    restriction = restricted(borough)
    Access.objects.create(child=restriction.child, person=borough.other_social_worker, basis="paper", withheld_because="A relative.")

    with pytest.raises(RuleBroken, match="Nothing was opened"):
        deeds.break_glass("L-77", because=WHY, by=borough.other_social_worker)
    Access.objects.create(child=restriction.child, person=borough.other_social_worker, basis="named", because="Mistake.")
    assert not sees(borough.other_social_worker, restriction.child)


def test_k8_a_record_of_another_council_is_not_there(borough):
    restricted(borough)
    from_elsewhere = people.a_borough("elsewhere").social_worker

    with pytest.raises(RuleBroken, match="Nothing was opened"):
        deeds.break_glass("L-77", because=WHY, by=from_elsewhere)
