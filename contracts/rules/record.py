"""What is written down of a contract: clauses, former names, who controls data, capital decisions."""

from datetime import date
from decimal import Decimal

from core.rules import FieldReason


def why_not_add_clause(heading: str, text: str) -> list[str]:
    """CON-17. A clause has a heading and its words, which are our own."""
    reasons = []
    if not heading.strip():
        reasons.append(FieldReason("heading", "Give the clause a heading."))
    if not text.strip():
        reasons.append(FieldReason("text", "Say in your own words what it asks."))
    return reasons


def why_not_add_name(name: str, *, from_on: date | None, until_on: date | None) -> list[str]:
    """CON-18. A former name has its words, and its days are in order."""
    reasons = []
    if not name.strip():
        reasons.append(FieldReason("name", "Write the name."))
    if from_on and until_on and until_on <= from_on:
        reasons.append(FieldReason("until_on", "A name ends after it began."))
    return reasons


def why_not_add_data_role(what: str, *, has_controller: bool, are_parties: bool, are_two: bool) -> list[str]:
    """CON-19. Data under a contract has a controller who is a party to it, and a processor who is another."""
    reasons = []
    if not what.strip():
        reasons.append(FieldReason("what", "Say which data."))
    if not has_controller:
        reasons.append(FieldReason("controller", "Choose who decides about it."))
    elif not are_parties:
        reasons.append(FieldReason("controller", "Controller and processor are parties to this contract."))
    elif not are_two:
        reasons.append(FieldReason("processor", "The processor is another than the controller."))
    return reasons


def why_not_add_capital(what: str, body: str, *, amount: Decimal | None) -> list[str]:
    """CON-20. A capital decision says what, how much above nothing, and who decided."""
    reasons = []
    if not what.strip():
        reasons.append(FieldReason("what", "Say what was decided."))
    if amount is None or amount <= 0:
        reasons.append(FieldReason("amount", "An amount is above £0."))
    if not body.strip():
        reasons.append(FieldReason("body", "Say who decided."))
    return reasons
