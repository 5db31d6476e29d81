"""Signing off: agreed in turn by people who did not write it, or returned with what to mend."""

import hashlib
import json

from django.db import transaction

from core import audit, clock, post
from core.models import User
from core.roles import Permission
from core.rules import FieldReason, refuse_if
from referrals.actions.signing import WAITS_FOR, tell_signers, void_signatures
from referrals.choices import ReferralStatus, SignOffOutcome
from referrals.models import Referral, ReferralSnapshot, SignOff
from referrals.rules.sign_off import (
    STATUS_OF_STEP,
    STEP_WORDS,
    Signing,
    why_not_hold,
    why_not_oppose,
    why_not_return,
    why_not_sign_off,
    why_not_sign_unread,
)


@transaction.atomic
def sign_off_referral(referral: Referral, *, confirmations, comment: str = "", read: int | None = None,
                      by: User) -> SignOff:  # fmt: skip
    """Sign the step the referral waits for, as oneself or as cover; the last signature sends it to triage.

    `read` is the referral's version() as it was when the signer's page was opened. Locks the
    referral, so that two people cannot sign one step.
    """
    rows = Referral.objects.select_for_update(of=("self",)).select_related("author").prefetch_related("tasks")
    referral = rows.get(pk=referral.pk)
    signing = _signing(referral, confirmations, by)

    refuse_if(why_not_sign_off(signing) + why_not_sign_unread(read, referral.version()))

    signature = _sign(referral, SignOffOutcome.AGREED, comment, signing, by)
    _pass_on(referral, comment, by, signed=signing.steps_signed | {signing.step})
    tell_signers(referral)
    if referral.status == ReferralStatus.SENT:
        _tell_author(referral, "signed", "is signed off and has gone to triage")

    cover = ", as cover" if signature.covers_id else ""
    audit.record(
        "referral.signed_off", on=referral, by=by,
        sentence=f"{referral.reference} signed off by the {signature.get_step_display().lower()}{cover}.",
    )  # fmt: skip
    return signature


def _pass_on(referral: Referral, comment: str, by: User, *, signed: frozenset[str]) -> None:
    """Move on to the first missing signature, past the steps whose own still stands."""
    goal, chain = referral.next_signing_status(signed), referral.chain()
    later = [STATUS_OF_STEP[step] for step in chain[chain.index(WAITS_FOR[referral.status]) + 1 :]]
    for status in [*later, ReferralStatus.SENT]:
        is_goal = status == goal
        referral.move_to(status, by=by, reason=comment if is_goal else "That signature still stands.")
        if is_goal:
            return


def _signing(referral: Referral, confirmations, by: User) -> Signing:
    """Gather what the rule asks about a signer."""
    step = WAITS_FOR.get(ReferralStatus(referral.status)) or _own_step(referral, by)
    signed_as = referral.signed_as(by)
    others = list(referral.sign_offs.standing().exclude(step=step).values_list("step", "person_id", "covers_id"))
    return Signing(
        step=step, signer=by.pk, author=referral.author_id, status=referral.status,
        holds_role=signed_as is not None, covers=signed_as.away_id if signed_as else None,
        signed_before=frozenset(key for _, *keys in others for key in keys if key), steps_signed=frozenset(row[0] for row in others),
        confirmations=frozenset(confirmations), needed=referral.confirmations(),
    )  # fmt: skip


def _own_step(referral: Referral, by: User) -> str:
    """The step somebody would sign if it were their turn: their own role, or the first."""
    roles = {held.role for held in by.current_roles}
    return next((step for step in referral.chain() if step in roles), referral.chain()[0])


def _sign(referral, outcome, comment, signing, by, *, tasks=()) -> SignOff:
    """Write one signature on the referral as it stands now."""
    return SignOff.objects.create(
        referral=referral, snapshot=_snapshot(referral, by), step=signing.step, person=by, outcome=outcome,
        covers_id=signing.covers, confirmations=sorted(signing.confirmations & signing.needed), comment=comment,
        tasks_to_mend=list(tasks), signed_at=clock.now(),
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
    """Send a referral back to its writer with the tasks to mend.

    Signatures before it stand until what they answer for is changed, so that only those are asked
    again.
    """
    referral = Referral.objects.select_for_update(of=("self",)).prefetch_related("tasks").get(pk=referral.pk)
    named = [task for task in referral.tasks.all() if task.name in set(tasks)]
    signing = _signing(referral, (), by)

    reasons = why_not_return(comment, [task.name for task in named], status=referral.status)
    refuse_if(reasons + _why_not_send_back(referral, signing, by))

    returned = _sign(referral, SignOffOutcome.RETURNED, comment, signing, by, tasks=[t.name for t in named])
    referral.tasks.filter(pk__in=[task.pk for task in named]).update(to_mend=comment)
    from_triage = referral.status == ReferralStatus.SENT
    referral.move_to(ReferralStatus.RETURNED, by=by, reason=comment)
    if from_triage:
        void_signatures(referral, because="It was returned from triage.", by=by)
    _tell_author(referral, "returned", "was returned to you, with what to mend")

    audit.record(
        "referral.returned", on=referral, by=by,
        sentence=f"{referral.reference} returned with {len(named)} tasks to mend.",
    )  # fmt: skip
    return returned


@transaction.atomic
def oppose_referral(referral: Referral, *, comment: str, by: User) -> SignOff:
    """Do not support a referral: it goes back to its writer with why, and no signature on it stands."""
    referral = Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    signing = _signing(referral, (), by)

    reasons = why_not_oppose(comment, status=referral.status)
    refuse_if(reasons + _why_not_send_back(referral, signing, by))

    opposed = _sign(referral, SignOffOutcome.NOT_SUPPORTED, comment, signing, by)
    referral.move_to(ReferralStatus.RETURNED, by=by, reason=comment)
    void_signatures(referral, because="It was not supported.", by=by)
    _tell_author(referral, "opposed", "was not supported, and its page says why")

    audit.record(
        "referral.opposed", on=referral, by=by,
        sentence=f"{referral.reference} was not supported by the {opposed.get_step_display().lower()}.",
    )  # fmt: skip
    return opposed


def _why_not_send_back(referral: Referral, signing: Signing, by: User) -> list[str]:
    """Only whoever signs the step sends a referral back from it; from triage, whoever triages."""
    if referral.status in WAITS_FOR:
        reasons = why_not_hold(STEP_WORDS[signing.step], signing.holds_role)
        if signing.author in {signing.signer, signing.covers}:
            reasons.append(FieldReason("deed", "You wrote this referral, so somebody else answers it."))
        return reasons
    may = referral.status != ReferralStatus.SENT or by.can(Permission.TRIAGE_REFERRALS)
    return [] if may else [FieldReason("deed", "Only whoever triages may return it now.")]


def _tell_author(referral: Referral, key: str, what: str) -> None:
    """Write to the social worker, by reference only."""
    moment = referral.status_since.isoformat()
    post.send(
        f"referral.{key}", key=f"{key}:{referral.reference}:{moment}", to=referral.author,
        subject=f"{referral.reference} {what.split(',')[0]}", body=f"Referral {referral.reference} {what}.",
        link=referral.get_absolute_url(), about=referral,
    )  # fmt: skip
