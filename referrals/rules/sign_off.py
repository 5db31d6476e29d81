"""Signing off: who may sign a referral, in which order, what they confirm, and what asks them again."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from core.rules import FieldReason

CONFIRMATIONS = {
    "fit_for_purpose": "The referral is fit for purpose and within the panel’s remit",
    "clear_summary": "It has a clear summary",
    "clear_ask": "It says clearly what the panel is asked to agree",
    "allowances": "Any allowance follows our policy and the law, or there is none",
}
NO_ALLOWANCE = "no"

STEP_WORDS = {"TM": "team manager", "SM": "service manager", "STM": "strategic manager"}
STATUS_OF_STEP = {"TM": "WITH_TM", "SM": "WITH_SM", "STM": "WITH_STRATEGIC"}
FIRST_TWO = ("TM", "SM")
# What each step answers for, by the referral's tasks: a change elsewhere asks it nothing. The team
# manager answers for the whole; every step for the ask and the need it rests on.
PARTS = {
    "TM": frozenset({"child", "views", "request", "needs", "risk", "support", "documents", "consent"}),
    "SM": frozenset({"views", "request", "needs", "risk", "consent"}),
    "STM": frozenset({"request", "needs"}),
}


@dataclass(frozen=True)
class Signing:
    """What a signer brings to one step; people are told apart by their key."""

    step: str
    signer: str | int
    author: str | int
    status: str
    holds_role: bool
    signed_before: frozenset[str | int] = frozenset()  # signers of the other steps that stand
    confirmations: frozenset[str] = frozenset()
    needed: frozenset[str] = frozenset(CONFIRMATIONS)
    covers: str | int | None = None  # whom the signer stands in for
    steps_signed: frozenset[str] = frozenset()  # the other steps that stand


def chain_of(steps: Iterable[str]) -> tuple[str, ...]:
    """Take the steps a contract names; give the chain: the two managers first, each step once."""
    further = [step for step in dict.fromkeys(steps) if step in STEP_WORDS and step not in FIRST_TWO]
    return (*FIRST_TWO, *further)


def first_missing(chain: Sequence[str], signed: Collection[str]) -> str | None:
    """Give the first step of a chain whose signature is missing; None when all are there."""
    return next((step for step in chain if step not in signed), None)


def confirmations_needed(allowance: str) -> frozenset[str]:
    """Take what a referral says of carers' allowances; give the confirmations that apply (003:76-79)."""
    left_out = {"allowances"} if allowance == NO_ALLOWANCE else set()
    return frozenset(CONFIRMATIONS) - left_out


def asked_again(task: str, steps: Iterable[str]) -> list[str]:
    """Give those of the signed steps that answer for a task, and so sign again when it is changed."""
    return [step for step in steps if task in PARTS.get(step, ())]


def why_not_sign_off(signing: Signing) -> list[str]:
    """SGN-1. Nobody signs off a referral they wrote."""
    reasons = why_not_sign_here(signing)
    if signing.signer == signing.author:
        reasons.append(FieldReason("deed", "You wrote this referral, so somebody else signs it off."))
    reasons += why_not_sign_twice(signing) + why_not_stand_in(signing)
    return reasons + why_not_confirm(signing.confirmations, signing.needed)


def why_not_sign_here(signing: Signing) -> list[str]:
    """SGN-2. Each step is signed in its turn."""
    reasons = []
    who = STEP_WORDS[signing.step]
    if signing.status != STATUS_OF_STEP[signing.step]:
        reasons.append(FieldReason("deed", f"This referral is not waiting for the {who}."))
    return reasons + why_not_hold(who, signing.holds_role)


def why_not_hold(who: str, holds_role: bool) -> list[str]:
    """SGN-3. A step is signed by somebody who holds its role for the referral's team, or covers for them."""
    return [] if holds_role else [FieldReason("deed", f"You are not a {who} for this referral's team.")]


def why_not_sign_twice(signing: Signing) -> list[str]:
    """SGN-4. No two steps are signed by one person."""
    if signing.signer in signing.signed_before:
        words = "You signed another step of this referral, so somebody else signs this one."
        return [FieldReason("deed", words)]
    return []


def why_not_stand_in(signing: Signing) -> list[str]:
    """SGN-7. Cover signs only for somebody who could have signed the step themselves."""
    if signing.covers is None:
        return []
    if signing.covers == signing.author:
        return [FieldReason("deed", "You stand in for whoever wrote this referral, so somebody else signs it off.")]
    if signing.covers in signing.signed_before:
        return [FieldReason("deed", "Whoever you stand in for signed another step, so somebody else signs this one.")]
    return []


def why_not_confirm(confirmations: Collection[str], needed: Collection[str] = frozenset(CONFIRMATIONS)) -> list[str]:
    """SGN-5. A signer makes each of the confirmations that apply."""
    return [
        FieldReason("confirmations", f"Confirm this, or return the referral: {words[0].lower()}{words[1:]}.")
        for key, words in CONFIRMATIONS.items()
        if key in needed and key not in confirmations
    ]


def why_not_return(comment: str, tasks: Collection[str], *, status: str) -> list[str]:
    """SGN-6. A referral is returned with a comment and the tasks to mend."""
    reasons = _why_not_send_back(comment, status, "Say what needs to change.")
    if not tasks:
        reasons.append(FieldReason("tasks", "Choose at least one task to mend."))
    return reasons


def why_not_oppose(comment: str, *, status: str) -> list[str]:
    """SGN-9. Whoever does not support a referral says why."""
    return _why_not_send_back(comment, status, "Say why you do not support it.")


def _why_not_send_back(comment: str, status: str, ask: str) -> list[str]:
    reasons = []
    if status not in {*STATUS_OF_STEP.values(), "SENT"}:
        reasons.append(FieldReason("deed", "This referral is not waiting to be signed off or in triage."))
    if not comment.strip():
        reasons.append(FieldReason("comment", ask))
    return reasons


def why_not_sign_unread(read: int | None, now: int) -> list[str]:
    """SGN-8. What is signed is what was read: a change since the page was opened is read first."""
    if read is None or read == now:
        return []
    return [FieldReason("deed", "This referral was changed while you read it. Read what changed, and decide again.")]
