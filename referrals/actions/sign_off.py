"""Signing off: agreed in turn by people who did not write it, or returned with what to mend."""

import hashlib
import json

from django.db import transaction

from core import audit, clock, post
from core.models import User
from core.rules import FieldReason, refuse_if
from referrals.actions.signing import WAITS_FOR, tell_signers, void_signatures
from referrals.choices import ReferralStatus, SignOffOutcome
from referrals.models import Referral, ReferralSnapshot, SignOff
from referrals.rules.sign_off import Signing, why_not_return, why_not_sign_off


@transaction.atomic
def sign_off_referral(referral: Referral, *, confirmations, comment: str = "", by: User) -> SignOff:
    """Sign the step the referral waits for; the last signature sends it to triage.

    Locks the referral, so that two people cannot sign one step.
    """
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)

    refuse_if(why_not_sign_off(_signing(referral, confirmations, by)))

    signature = _sign(referral, SignOffOutcome.AGREED, comment, by, confirmations=list(confirmations))
    referral.move_to(referral.next_signing_status(), by=by, reason=comment)
    tell_signers(referral)
    if referral.status == ReferralStatus.SENT:
        _tell_author(referral, "signed", "is signed off and has gone to triage")

    audit.record(
        "referral.signed_off", on=referral, by=by,
        sentence=f"{referral.reference} signed off by the {signature.get_step_display().lower()}.",
    )  # fmt: skip
    return signature


def _signing(referral: Referral, confirmations, by: User) -> Signing:
    """Gather what the rule asks about a signer."""
    step = WAITS_FOR.get(ReferralStatus(referral.status)) or _own_step(referral, by)
    held = [h for h in by.current_roles if h.role == step and h.authority_id == referral.authority_id]
    holds = any(step == "STM" or referral.team_id in h.team_ids for h in held)
    others = referral.sign_offs.standing().exclude(step=step).values_list("person_id", flat=True)
    return Signing(
        step=step, signer=by.pk, author=referral.author_id, status=referral.status,
        holds_role=holds, signed_before=frozenset(others), confirmations=frozenset(confirmations),
    )  # fmt: skip


def _own_step(referral: Referral, by: User) -> str:
    """The step somebody would sign if it were their turn: their own role, or the first."""
    roles = {held.role for held in by.current_roles}
    return next((step for step in referral.chain() if step in roles), referral.chain()[0])


def _sign(referral, outcome, comment, by, *, confirmations=(), tasks=()) -> SignOff:
    """Write one signature on the referral as it stands now."""
    step = WAITS_FOR.get(ReferralStatus(referral.status), "SM")
    return SignOff.objects.create(
        referral=referral, snapshot=_snapshot(referral, by), step=step, person=by, outcome=outcome,
        confirmations=list(confirmations), comment=comment, tasks_to_mend=list(tasks),
        signed_at=clock.now(),
    )  # fmt: skip


def _snapshot(referral: Referral, by: User) -> ReferralSnapshot:
    """The sending that is being signed; a new one where the words have changed since."""
    answers = referral.answers()
    last = referral.snapshots.order_by("-number").first()
    if last and last.answers == answers:
        return last
    text = json.dumps(answers, sort_keys=True, ensure_ascii=False)
    return ReferralSnapshot.objects.create(
        referral=referral, number=last.number + 1 if last else 1, answers=answers,
        sha256=hashlib.sha256(text.encode()).hexdigest(), sent_at=clock.now(), sent_by=by,
    )  # fmt: skip


@transaction.atomic
def return_referral(referral: Referral, *, comment: str, tasks, by: User) -> SignOff:
    """Send a referral back to its writer with the tasks to mend; its signatures no longer stand."""
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    named = [task for task in referral.tasks.all() if task.name in set(tasks)]

    reasons = why_not_return(comment, [task.name for task in named], status=referral.status)
    signing = _signing(referral, (), by)
    if referral.status in WAITS_FOR and not signing.holds_role:
        reasons.append("Only whoever signs this step may return it.")
    refuse_if([FieldReason("comment", r) if "change" in r else r for r in reasons])

    returned = _sign(referral, SignOffOutcome.RETURNED, comment, by, tasks=[t.name for t in named])
    referral.tasks.filter(pk__in=[task.pk for task in named]).update(to_mend=comment)
    referral.move_to(ReferralStatus.RETURNED, by=by, reason=comment)
    void_signatures(referral, because="It was returned.", by=by)
    _tell_author(referral, "returned", "was returned to you, with what to mend")

    audit.record(
        "referral.returned", on=referral, by=by,
        sentence=f"{referral.reference} returned with {len(named)} tasks to mend.",
    )  # fmt: skip
    return returned


def _tell_author(referral: Referral, key: str, what: str) -> None:
    """Write to the social worker, by reference only."""
    moment = referral.status_since.isoformat()
    post.send(
        f"referral.{key}", key=f"{key}:{referral.reference}:{moment}", to=referral.author,
        subject=f"{referral.reference} {what.split(',')[0]}", body=f"Referral {referral.reference} {what}.",
        link=referral.get_absolute_url(), about=referral,
    )  # fmt: skip
