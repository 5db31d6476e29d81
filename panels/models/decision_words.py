"""The words of a decision as the rules have them: each outcome, the field a reason is beside, and who decides in law."""

from core.rules import FieldReason
from panels.choices import DecisionKind, Outcome
from panels.models.commitment import AGREES
from panels.rules.makers import who_decides

# Which field a reason belongs to, by how it begins.
FIELDS = {
    "Choose a decision": "outcome", "Give the reasons": "reasons", "Name the conditions": "conditions",
    "Choose the panel": "sent_to", "Name the budget": "budget", "The end is": "ends_on", "That reason": "reason",
    "Say what it costs": "amount", "The national rate": "rate_because", "Review it by": "review_on", "Say what was tried": "tried_first",
}  # fmt: skip
# What is said of money where nothing was agreed.
NO_MONEY = {"amount": None, "budget": "", "weekly_cost": None, "rate_because": "", "starts_on": None, "ends_on": None}
RULE_WORDS = {
    Outcome.AGREE: "AGREED",
    Outcome.CONDITIONS: "CONDITIONS",
    Outcome.PART: "PART",
    Outcome.DEFER: "DEFERRED",
    Outcome.NOT_AGREED: "DECLINED",
    Outcome.REDIRECT: "REDIRECTED",
}


def beside(reason: str) -> str:
    """A reason beside the field of the decision that answers it, where one does."""
    return next((FieldReason(field, reason) for start, field in FIELDS.items() if reason.startswith(start)), reason)


def agreed_facts(outcome: str, facts: dict) -> dict:
    """The facts of a decision as they are kept: no money, and no days of it, where nothing was agreed; and no review of a refusal."""
    if outcome in AGREES:
        return facts
    return {**facts, **NO_MONEY, **({"review_on": None} if outcome == Outcome.NOT_AGREED else {})}


def awaiting_of(outcome: str, facts: dict, meeting) -> str:
    """Who decides in law what the panel would agree to, where that is beyond the chair."""
    if outcome not in AGREES:
        return ""
    kind = facts.get("kind") or DecisionKind.RESOURCE
    return who_decides(kind, facts.get("amount"), meeting.terms.thresholds)[:120]
