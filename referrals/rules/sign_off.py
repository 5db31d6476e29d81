"""Signing off: who may sign a referral, in which order, and what they confirm."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

CONFIRMATIONS = {
    "fit_for_purpose": "It is fit for purpose and within the panel's remit",
    "clear_summary": "It gives a clear summary",
    "clear_ask": "It makes a clear ask",
    "allowances": "Decisions on allowances follow policy",
}

STEP_WORDS = {"TM": "team manager", "SM": "service manager", "STM": "strategic manager"}
STATUS_OF_STEP = {"TM": "WITH_TM", "SM": "WITH_SM", "STM": "WITH_STRATEGIC"}


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


def first_missing(chain: Sequence[str], signed: Collection[str]) -> str | None:
    """Give the first step of a chain whose signature is missing; None when all are there."""
    return next((step for step in chain if step not in signed), None)


def why_not_sign_off(signing: Signing) -> list[str]:
    """SGN-1. Nobody signs off a referral they wrote."""
    reasons = why_not_sign_here(signing)
    if signing.signer == signing.author:
        reasons.append("You wrote this referral, so somebody else signs it off.")
    reasons += why_not_sign_twice(signing)
    return reasons + why_not_confirm(signing.confirmations)


def why_not_sign_here(signing: Signing) -> list[str]:
    """SGN-2. Each step is signed in its turn."""
    reasons = []
    who = STEP_WORDS[signing.step]
    if signing.status != STATUS_OF_STEP[signing.step]:
        reasons.append(f"This referral is not waiting for the {who}.")
    return reasons + why_not_hold(who, signing.holds_role)


def why_not_hold(who: str, holds_role: bool) -> list[str]:
    """SGN-3. A step is signed by somebody who holds its role for the referral's team."""
    return [] if holds_role else [f"You are not a {who} for this referral's team."]


def why_not_sign_twice(signing: Signing) -> list[str]:
    """SGN-4. No two steps are signed by one person."""
    if signing.signer in signing.signed_before:
        return ["You signed another step of this referral, so somebody else signs this one."]
    return []


def why_not_confirm(confirmations: Collection[str]) -> list[str]:
    """SGN-5. A signer makes each of the four confirmations."""
    return [
        f"Confirm this, or return the referral: {words[0].lower()}{words[1:]}."
        for key, words in CONFIRMATIONS.items()
        if key not in confirmations
    ]


def why_not_return(comment: str, tasks: Collection[str], *, status: str) -> list[str]:
    """SGN-6. A referral is returned with a comment and the tasks to mend."""
    reasons = []
    if status not in {*STATUS_OF_STEP.values(), "SENT"}:
        reasons.append("This referral is not waiting to be signed off or in triage.")
    if not comment.strip():
        reasons.append("Say what needs to change.")
    if not tasks:
        reasons.append("Choose at least one task to mend.")
    return reasons
