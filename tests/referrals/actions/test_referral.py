"""Referrals are started, kept as typed, sent, and taken back."""

import pytest
from django.db import transaction

from core import audit
from core.models import AuditEvent, Message
from core.rules import RuleBroken
from referrals.actions.referral import (
    StaleVersion,
    save_task,
    send_referral,
    start_referral,
    withdraw_referral,
)
from referrals.actions.sign_off import sign_off_referral
from referrals.models import Referral
from referrals.rules.sign_off import CONFIRMATIONS
from tests.referrals import builders

pytestmark = pytest.mark.django_db


def test_start_referral_makes_eight_tasks_and_asks_nothing_twice(borough):
    child = builders.a_child(borough)

    referral = start_referral(child, by=borough.social_worker)

    assert referral.tasks.count() == 8
    answers = referral.answers()
    assert answers["child"]["full_name"] == "Zzcanary Childname"
    assert (answers["child"]["people_1_name"], answers["child"]["people_1_responsibility"]) == ("Nan Childname", "yes")
    assert answers["request"]["referrer_name"] == "Social Worker"


def test_save_task_keeps_what_is_not_valid(borough):
    task = builders.a_draft_referral(borough).tasks.get(name="child")

    saved = save_task(
        task, answers={"born_on": "the 31st of Nevermber", "address": "  two\n spaces "}, version=0,
        by=borough.social_worker,
    )  # fmt: skip

    assert saved.answers == {"born_on": "the 31st of Nevermber", "address": "  two\n spaces "}
    assert saved.version == 1


def test_save_task_never_overwrites_somebody_else(borough):
    task = builders.a_draft_referral(borough).tasks.get(name="needs")
    save_task(task, answers={"story": "first"}, version=0, by=borough.team_manager)

    with pytest.raises(StaleVersion) as conflict:
        save_task(task, answers={"story": "second"}, version=0, by=borough.social_worker)

    assert conflict.value.task.answers == {"story": "first"}


def test_save_task_leaves_one_audit_row_a_sitting(borough):
    task = builders.a_draft_referral(borough).tasks.get(name="needs")

    for version in range(4):
        save_task(task, answers={"story": f"{version}"}, version=version, by=borough.social_worker)

    assert AuditEvent.objects.filter(verb="referral.edited").count() == 1


def test_send_referral_says_every_gap_at_once(borough):
    referral = builders.a_draft_referral(borough)

    with pytest.raises(RuleBroken) as refusal:
        send_referral(referral, by=borough.social_worker)

    assert "Choose the service you are asking for." in refusal.value.reasons
    assert "Enter the child's address." in refusal.value.reasons
    assert len(refusal.value.reasons) >= 8


def test_send_referral_freezes_it_and_tells_the_team_manager(borough):
    referral = builders.a_sent_referral(borough)

    assert referral.status == "WITH_TM"
    snapshot = referral.snapshots.get()
    assert snapshot.answers["views"]["child_view"] == "I want to stay with nan."
    message = Message.objects.get(kind="referral.to_sign")
    assert message.person == borough.team_manager
    assert "Childname" not in message.subject + message.body + message.link


def test_send_referral_twice_is_refused(borough):
    referral = builders.a_sent_referral(borough)

    with pytest.raises(RuleBroken):
        send_referral(referral, by=borough.social_worker)


def test_editing_after_sign_off_voids_the_signatures_and_keeps_them(borough):
    referral = builders.a_signed_off_referral(borough)
    task = referral.tasks.get(name="risk")

    save_task(task, answers={"safeguarding": "New."}, version=task.version, by=borough.social_worker)

    referral.refresh_from_db()
    assert referral.status == "WITH_TM"
    assert referral.sign_offs.standing().count() == 0
    assert referral.sign_offs.count() == 2
    assert {s.voided_by for s in referral.sign_offs.all()} == {borough.social_worker}
    save_task(
        referral.tasks.get(name="risk"), answers={"safeguarding": "New again."},
        version=task.version + 1, by=borough.social_worker,
    )  # fmt: skip


def test_nobody_edits_while_the_service_manager_has_it(borough):
    referral = builders.a_sent_referral(borough)
    sign_off_referral(referral, confirmations=CONFIRMATIONS, by=borough.team_manager)
    task = referral.tasks.get(name="risk")

    with pytest.raises(RuleBroken):
        save_task(task, answers={"safeguarding": "x"}, version=task.version, by=borough.social_worker)


def test_withdraw_referral_needs_a_reason(borough):
    referral = builders.a_sent_referral(borough)

    with pytest.raises(RuleBroken, match="Say why"):
        withdraw_referral(referral, reason=" ", by=borough.social_worker)

    assert withdraw_referral(referral, reason="Moved away.", by=borough.social_worker).status == "WITHDRAWN"


def test_send_referral_saves_nothing_if_the_audit_fails(borough, monkeypatch):
    referral = builders.a_filled_referral(borough)

    def broken(*args, **kwargs):
        raise RuntimeError("no room in the trail")

    monkeypatch.setattr(audit, "record", broken)
    with pytest.raises(RuntimeError), transaction.atomic():
        send_referral(referral, by=borough.social_worker)

    assert Referral.objects.get(pk=referral.pk).status == "DRAFT"
    assert referral.snapshots.count() == 0
    assert not Message.objects.exists()
