"""Two people sign, neither of them the author."""

import pytest

from core.models import Message
from core.rules import RuleBroken
from referrals.actions.referral import send_referral
from referrals.actions.sign_off import return_referral, sign_off_referral
from referrals.models import Referral
from referrals.rules.sign_off import CONFIRMATIONS
from tests.referrals import builders

pytestmark = pytest.mark.django_db


def test_sign_off_referral_goes_team_manager_then_service_manager(borough):
    referral = builders.a_sent_referral(borough)

    sign_off_referral(referral, confirmations=CONFIRMATIONS, by=borough.team_manager)
    referral.refresh_from_db()
    assert referral.status == "WITH_SM"
    sign_off_referral(referral, confirmations=CONFIRMATIONS, by=borough.service_manager)
    referral.refresh_from_db()

    assert referral.status == "SENT"
    assert Message.objects.filter(kind="referral.signed", person=borough.social_worker).exists()


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("social_worker", "not a team manager"),
        ("other_team_manager", "not a team manager"),
        ("service_manager", "not a team manager"),
        ("panel_administrator", "not a team manager"),
    ],
)
def test_sign_off_referral_refuses_everybody_else(borough, who, words):
    referral = builders.a_sent_referral(borough)

    with pytest.raises(RuleBroken, match=words):
        sign_off_referral(referral, confirmations=CONFIRMATIONS, by=getattr(borough, who))

    assert Referral.objects.get(pk=referral.pk).status == "WITH_TM"


def test_sign_off_referral_refuses_the_author(borough):
    child = builders.a_child(borough)
    referral = builders.a_draft_referral(borough, child, by=borough.team_manager)
    for name, answers in builders.ANSWERS.items():
        task = referral.tasks.get(name=name)
        task.answers = {**task.answers, **answers}
        task.save()
    referral = send_referral(referral, by=borough.team_manager)

    with pytest.raises(RuleBroken, match="You wrote this referral"):
        sign_off_referral(referral, confirmations=CONFIRMATIONS, by=borough.team_manager)


def test_sign_off_referral_needs_all_four_confirmations(borough):
    referral = builders.a_sent_referral(borough)

    with pytest.raises(RuleBroken) as refusal:
        sign_off_referral(referral, confirmations=["fit_for_purpose"], by=borough.team_manager)

    assert len(refusal.value.reasons) == 3


def test_sign_off_referral_cannot_be_done_twice(borough):
    referral = builders.a_sent_referral(borough)
    sign_off_referral(referral, confirmations=CONFIRMATIONS, by=borough.team_manager)

    with pytest.raises(RuleBroken):
        sign_off_referral(referral, confirmations=CONFIRMATIONS, by=borough.team_manager)


def test_return_referral_says_which_tasks_to_mend(borough):
    referral = builders.a_sent_referral(borough)

    return_referral(referral, comment="Say more about risk.", tasks=["risk"], by=borough.team_manager)

    referral.refresh_from_db()
    assert referral.status == "RETURNED"
    assert referral.tasks.get(name="risk").to_mend == "Say more about risk."
    assert referral.tasks.exclude(to_mend="").count() == 1


def test_a_returned_referral_goes_back_to_the_first_missing_signature(borough):
    referral = builders.a_sent_referral(borough)
    sign_off_referral(referral, confirmations=CONFIRMATIONS, by=borough.team_manager)
    referral.refresh_from_db()
    return_referral(referral, comment="More.", tasks=["risk"], by=borough.service_manager)
    referral.refresh_from_db()

    assert send_referral(referral, by=borough.social_worker).status == "WITH_SM"
    assert referral.sign_offs.count() == 2


@pytest.mark.parametrize(("comment", "tasks"), [("", ["risk"]), ("More.", []), ("More.", ["nonsense"])])
def test_return_referral_needs_a_comment_and_a_task(borough, comment, tasks):
    referral = builders.a_sent_referral(borough)

    with pytest.raises(RuleBroken):
        return_referral(referral, comment=comment, tasks=tasks, by=borough.team_manager)
