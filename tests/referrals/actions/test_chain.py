"""The chain of signatures: cover, editing after signing, not supporting, and two at once."""

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from core import clock
from core.actions.person import add_person, give_role
from core.models import Message
from core.roles import Role
from core.rules import RuleBroken
from referrals.actions.cover import add_cover, end_cover
from referrals.actions.referral import save_task, send_referral
from referrals.actions.sign_off import oppose_referral, return_referral, sign_off_referral
from referrals.models import Cover, Referral, SignOff
from referrals.rules.sign_off import CONFIRMATIONS
from tests.people import SINCE
from tests.referrals import builders, places

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
WEEK = timedelta(days=6)


def fresh(person):
    """The same person, with nothing remembered."""
    return type(person).objects.get(pk=person.pk)


def sign(referral, *people):
    for person in people:
        sign_off_referral(referral, confirmations=CONFIRMATIONS, by=fresh(person))
    referral.refresh_from_db()
    return referral


def edit(referral, name, by, **answers):
    task = referral.tasks.get(name=name)
    save_task(task, answers={**task.answers, **answers}, version=task.version, by=by)
    referral.refresh_from_db()
    return referral


def test_b1_team_manager_then_service_manager_then_triage(borough):
    referral = sign(builders.a_sent_referral(borough), borough.team_manager, borough.service_manager)

    assert list(referral.moves.order_by("pk").values_list("now", flat=True)) == ["WITH_TM", "WITH_SM", "SENT"]


def test_b6_a_contract_may_add_the_strategic_manager(borough):
    outreach = places.an_outreach(borough)
    outreach.terms.update(sign_off_chain=["TM", "SM", "STM"])
    referral = sign(builders.a_sent_referral(borough), borough.team_manager, borough.service_manager)
    assert referral.status == "WITH_STRATEGIC"

    assert sign(referral, borough.strategic_manager).status == "SENT"


def test_b2_the_database_itself_refuses_the_author_and_one_person_twice(borough):
    referral = sign(builders.a_sent_referral(borough), borough.team_manager)
    signed = referral.sign_offs.get()
    facts = {"referral": referral, "snapshot": signed.snapshot, "step": "SM", "outcome": "agreed"}

    for wrong in (
        {"person": borough.social_worker},
        {"person": borough.service_manager, "covers": borough.social_worker},
        {"person": borough.team_manager},
        {"person": borough.service_manager, "covers": borough.service_manager},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            SignOff.objects.create(**facts, **wrong)
    assert referral.sign_offs.count() == 1


def test_b3_and_b4_the_checklist_is_made_by_each_signer_and_kept(borough):
    referral = builders.a_sent_referral(borough)
    with pytest.raises(RuleBroken) as refusal:
        sign_off_referral(referral, confirmations=["fit_for_purpose"], by=borough.team_manager)
    assert {reason.field for reason in refusal.value.reasons} == {"confirmations"}

    sign(referral, borough.team_manager)

    assert set(referral.sign_offs.get().confirmations) == set(CONFIRMATIONS)


def test_b5_where_no_allowance_is_asked_for_three_confirmations_are_enough(borough):
    referral = builders.a_filled_referral(borough)
    edit(referral, "request", borough.social_worker, allowance="no")
    referral = send_referral(referral, by=borough.social_worker)

    sign_off_referral(referral, confirmations=["fit_for_purpose", "clear_summary", "clear_ask"], by=borough.team_manager)

    assert Referral.objects.get(pk=referral.pk).status == "WITH_SM"


def test_b7_editing_the_ask_after_signing_voids_both_and_keeps_them(borough):
    referral = builders.a_signed_off_referral(borough)

    edit(referral, "request", borough.social_worker, ask="Agree 16 weeks")

    assert referral.status == "WITH_TM"
    assert referral.sign_offs.standing().count() == 0
    assert referral.sign_offs.filter(voided_because="What you are asking for was changed.").count() == 2


def test_b7_editing_a_part_asks_only_those_who_answer_for_it(borough):
    referral = builders.a_signed_off_referral(borough)

    edit(referral, "support", borough.social_worker, previous_interventions="Early help twice.")

    assert referral.status == "WITH_TM"
    assert list(referral.sign_offs.standing().values_list("step", flat=True)) == ["SM"]
    assert sign(referral, borough.team_manager).status == "SENT"


def test_a_referral_returned_by_the_second_signer_asks_the_first_again_only_after_an_edit(borough):
    referral = sign(builders.a_sent_referral(borough), borough.team_manager)
    return_referral(referral, comment="Say more.", tasks=["risk"], by=borough.service_manager)
    referral.refresh_from_db()
    assert referral.sign_offs.standing().count() == 1
    edit(referral, "risk", borough.social_worker, safeguarding="A plan is in place.")

    assert send_referral(referral, by=borough.social_worker).status == "WITH_TM"


def test_not_supporting_sends_it_back_with_why_and_no_signature_stands(borough):
    referral = sign(builders.a_sent_referral(borough), borough.team_manager)
    with pytest.raises(RuleBroken, match="Say why"):
        oppose_referral(referral, comment=" ", by=borough.service_manager)

    oppose_referral(referral, comment="Early help should go first.", by=borough.service_manager)

    referral.refresh_from_db()
    assert (referral.status, referral.sign_offs.standing().count()) == ("RETURNED", 0)
    assert referral.moves.latest("pk").reason == "Early help should go first."
    assert Message.objects.filter(kind="referral.opposed", person=borough.social_worker).exists()


@pytest.mark.parametrize("who", ["social_worker", "panel_administrator", "other_team_manager", "service_manager"])
def test_nobody_else_returns_or_opposes_what_waits_for_a_signer(borough, who):
    referral = builders.a_sent_referral(borough)

    for deed, more in ((return_referral, {"tasks": ["risk"]}), (oppose_referral, {})):
        with pytest.raises(RuleBroken):
            deed(referral, comment="No.", by=getattr(borough, who), **more)


def test_what_changed_since_the_page_was_opened_is_not_signed(borough):
    referral = builders.a_sent_referral(borough)
    read = referral.version()
    edit(referral, "risk", borough.social_worker, safeguarding="Something new.")

    with pytest.raises(RuleBroken, match="changed while you read"):
        sign_off_referral(referral, confirmations=CONFIRMATIONS, read=read, by=borough.team_manager)
    sign_off_referral(referral, confirmations=CONFIRMATIONS, read=referral.version(), by=borough.team_manager)


def covered(borough, acts=None, **days):
    days = {"from_on": TODAY, "last_on": TODAY + WEEK, **days}
    return add_cover(acts=acts or borough.other_team_manager, by=fresh(borough.team_manager), **days)


def test_cover_signs_in_the_place_of_the_one_away_and_says_so(borough):
    referral = builders.a_sent_referral(borough)
    acting = borough.other_team_manager
    assert not Referral.objects.visible_to(fresh(acting)).filter(pk=referral.pk).exists()

    covered(borough)

    assert list(Referral.objects.to_sign(fresh(acting))) == [referral]
    sign(referral, acting)
    signature = referral.sign_offs.get()
    assert (referral.status, signature.covers) == ("WITH_SM", borough.team_manager)
    assert signature.signed_by == "Other Team Manager, as cover for Team Manager"
    assert referral.paper_facts()["signed"][0]["by"] == signature.signed_by
    assert not Referral.objects.visible_to(fresh(acting)).filter(pk=referral.pk).exists()


@pytest.mark.parametrize(("first", "last"), [(1, 6), (-6, -1)])
def test_cover_reaches_nothing_outside_its_days(borough, first, last):
    referral = builders.a_sent_referral(borough)
    with clock.held_at(TODAY - WEEK):
        covered(borough, from_on=TODAY + timedelta(days=first), last_on=TODAY + timedelta(days=last))

    assert list(Referral.objects.to_sign(fresh(borough.other_team_manager))) == []
    with pytest.raises(RuleBroken, match="not a team manager"):
        sign(referral, borough.other_team_manager)


def test_cover_that_was_ended_reaches_nothing(borough):
    referral = builders.a_sent_referral(borough)
    with pytest.raises(RuleBroken):
        end_cover(covered(borough), by=borough.other_team_manager)
    end_cover(Cover.objects.get(), by=borough.team_manager)

    assert list(Referral.objects.to_sign(fresh(borough.other_team_manager))) == []
    assert referral.sign_offs.count() == 0


def test_cover_never_signs_for_the_author_nor_a_second_step(borough):
    mine = builders.a_filled_referral(borough)
    Referral.objects.filter(pk=mine.pk).update(author=borough.team_manager)
    mine = send_referral(Referral.objects.get(pk=mine.pk), by=borough.team_manager)
    theirs = builders.a_sent_referral(borough)
    covered(borough, acts=borough.service_manager)

    assert list(Referral.objects.to_sign(fresh(borough.service_manager))) == [theirs]
    with pytest.raises(RuleBroken, match="whoever wrote"):
        sign(mine, borough.service_manager)
    sign(theirs, borough.service_manager)
    assert list(Referral.objects.to_sign(fresh(borough.service_manager))) == []
    with pytest.raises(RuleBroken, match="signed another step"):
        sign(theirs, borough.service_manager)


def test_cover_does_not_open_a_restricted_childs_referral(borough):
    referral = builders.a_sent_referral(borough)
    referral.child.is_restricted, referral.child.restricted_because = True, "Named people only"
    referral.child.save()
    covered(borough)

    assert not Referral.objects.visible_to(fresh(borough.other_team_manager)).exists()


def test_overlapping_cover_is_warned_of_and_added_only_knowingly(borough):
    covered(borough)

    with pytest.raises(RuleBroken, match="already acts") as refusal:
        covered(borough, acts=borough.service_manager)
    assert refusal.value.reasons[0].field == "knowingly"
    assert covered(borough, acts=borough.service_manager, knowingly=True).pk
    assert covered(borough, from_on=TODAY + WEEK * 2, last_on=TODAY + WEEK * 3).pk


def test_whoever_acts_is_told_of_the_cover_and_of_each_referral(borough):
    covered(borough)
    builders.a_sent_referral(borough)

    kinds = Message.objects.filter(person=borough.other_team_manager).values_list("kind", flat=True)
    assert sorted(kinds) == ["cover.added", "referral.to_sign"]
    assert "Zzcanary" not in " ".join(Message.objects.values_list("body", flat=True))


@pytest.mark.django_db(transaction=True)
def test_g05_two_managers_signing_at_once_make_one_signature(borough):
    second = add_person(full_name="Second Manager", email="second@x.example", organisation=borough.council, by=None)
    give_role(second, Role.TEAM_MANAGER, organisation=borough.council, authority=borough.authority,
              teams=[borough.team], from_on=SINCE, by=None)  # fmt: skip
    referral, outcomes, gate = builders.a_sent_referral(borough), [], threading.Barrier(2)

    def press(person):
        try:
            with clock.held_at(TODAY):
                gate.wait()
                sign_off_referral(referral, confirmations=CONFIRMATIONS, by=fresh(person))
            outcomes.append("signed")
        except RuleBroken:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=press, args=(person,)) for person in (borough.team_manager, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["refused", "signed"]
    assert referral.sign_offs.count() == 1
