"""Decisions: what a panel may record about an item, and who makes it final."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

AGREED, CONDITIONS, PART = "AGREED", "CONDITIONS", "PART"
DEFERRED, DECLINED, REDIRECTED = "DEFERRED", "DECLINED", "REDIRECTED"
OUTCOMES = {
    AGREED: "Agree",
    CONDITIONS: "Agree with conditions",
    PART: "Agree in part",
    DEFERRED: "Defer",
    DECLINED: "Not agreed",
    REDIRECTED: "Send to another panel",
}


@dataclass(frozen=True)
class Deciding:
    """What is to be recorded about one item, and how the room stood."""

    outcome: str
    reasons: str
    meeting_is_in_progress: bool
    conditions: str = ""
    not_quorate_because: Sequence[str] = ()  # what why_not_quorate said of this item
    as_recommendation: bool = False
    recused_taking_part: Sequence[str] = ()  # names of recused people who would decide
    sent_to: str = ""  # the body it is sent to
    amount: Decimal | None = None
    budget: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    reason_outcome: str = ""  # which answer the reason chosen from the list belongs to


@dataclass(frozen=True)
class ChairAgreement:
    """Who would make a decision final, and how it stands."""

    signs_in_as_chair: bool  # the chair, named deputy or delegate, by their own sign-in
    is_recused: bool
    is_agreed_already: bool = False


def why_not_decide(deciding: Deciding) -> list[str]:
    """DEC-1. Only a quorate panel decides; otherwise what it agrees is a recommendation."""
    reasons: list[str] = []
    if deciding.not_quorate_because and not deciding.as_recommendation:
        reasons += deciding.not_quorate_because
        reasons.append("Record this as a recommendation for the next quorate meeting.")
    reasons += why_not_take_part(deciding.recused_taking_part)
    reasons += why_not_record(deciding.outcome, deciding.reasons, deciding.conditions)
    reasons += why_not_commit(deciding)
    reasons += why_not_give_reason(deciding.outcome, deciding.reason_outcome)
    return reasons + why_not_decide_now(deciding.meeting_is_in_progress)


def why_not_take_part(recused: Sequence[str]) -> list[str]:
    """DEC-2. A recused member takes no part in the item."""
    return [f"{name} is recused from this item and takes no part in it." for name in recused]


def why_not_record(outcome: str, reasons: str, conditions: str) -> list[str]:
    """DEC-3. A decision is one of the panel's own words, and gives its reasons."""
    missing = []
    if outcome not in OUTCOMES:
        missing.append("Choose a decision.")
    if not reasons.strip():
        missing.append("Give the reasons for the decision.")
    return missing + why_not_agree_conditions(outcome, conditions)


def why_not_agree_conditions(outcome: str, conditions: str) -> list[str]:
    """DEC-4. Agreeing with conditions names them."""
    if outcome != CONDITIONS or conditions.strip():
        return []
    return ["Name the conditions."]


def why_not_send_on(outcome: str, sent_to: str) -> list[str]:
    """DEC-9. Sending to another panel names the panel."""
    return ["Choose the panel it is sent to."] if outcome == REDIRECTED and not sent_to else []


def why_not_commit(deciding: Deciding) -> list[str]:
    """DEC-10. An amount agreed names its budget, and what is agreed ends after it starts."""
    reasons = []
    if deciding.amount and deciding.outcome in {AGREED, CONDITIONS, PART} and not deciding.budget.strip():
        reasons.append("Name the budget that the amount comes from.")
    if deciding.starts_on and deciding.ends_on and deciding.ends_on <= deciding.starts_on:
        reasons.append("The end is after the start.")
    return reasons


def why_not_give_reason(outcome: str, reason_outcome: str) -> list[str]:
    """DEC-11. A reason from the panel's list belongs to the decision it is given for."""
    if not reason_outcome or reason_outcome == outcome:
        return []
    return [f"That reason belongs to “{OUTCOMES.get(reason_outcome, reason_outcome)}”."]


def why_not_hold_back(because: str, is_released: bool) -> list[str]:
    """DEC-12. A decision is held back before it is released, with a reason."""
    if is_released:
        return ["This decision has been released."]
    return [] if because.strip() else ["Say why it is held back."]


def why_not_decide_now(meeting_is_in_progress: bool) -> list[str]:
    """DEC-5. A panel decides while its meeting is in progress."""
    return [] if meeting_is_in_progress else ["This meeting is not in progress."]


def why_not_agree_decision(agreement: ChairAgreement) -> list[str]:
    """DEC-6. A decision is made final by the chair, or a named deputy, at their own sign-in."""
    reasons = []
    if not agreement.signs_in_as_chair:
        reasons.append("Only the chair, or somebody named to act as chair, agrees a decision.")
    reasons += why_not_chair_item(agreement.is_recused)
    return reasons + why_not_agree_again(agreement.is_agreed_already)


def why_not_chair_item(is_recused: bool) -> list[str]:
    """DEC-7. A chair who is recused from an item does not agree its decision."""
    return ["You are recused from this item."] if is_recused else []


def why_not_agree_again(is_agreed_already: bool) -> list[str]:
    """DEC-8. A decision once agreed does not change; a later one replaces it."""
    return ["The chair has already agreed this decision."] if is_agreed_already else []
