"""What must be so before a quarter is paid: accepted evidence, a decision, an invoice, and three people."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from contracts.rules.shares import difference
from core.dates import day_in_words
from core.rules import FieldReason

# Where a payment has got to, and where it may go next.
NEXT = {
    "raised": {"decided", "nothing"},
    "decided": {"invoiced"},
    "invoiced": {"invoiced", "approved"},
    "approved": {"cleared"},
    "cleared": {"paid", "part paid", "failed"},
    "part paid": {"paid", "part paid", "failed"},
    "failed": {"paid", "part paid", "failed"},
    "paid": set(),
    "nothing": set(),
}
PAUSED = "It is paused for a dispute under clause 59. It goes on when the dispute is settled."
SECOND = "The invoice, the commissioner’s approval and finance’s approval are given by three different people, and you gave another of them."


def why_not_raise(*, ended: bool, raised: bool, evidence: str) -> list[str]:
    """PAY-1. A quarter's payment is raised once, after the quarter has ended, on a return that was accepted."""
    reasons = []
    if not ended:
        reasons.append("The quarter has not ended. It is paid in arrears.")
    if raised:
        reasons.append("A payment for this quarter was raised before.")
    if not evidence:
        reasons.append("There is no accepted return to pay on.")
    return reasons


def why_not_decide(state: str, *, achieved: str, withheld: Decimal | None, because: str, due: Decimal, unconfirmed: Collection[str], paused: bool = False) -> list[str]:  # fmt: skip
    """PAY-2. A commissioner decides once what was achieved, from confirmed budgets; what is withheld has an amount and a reason."""
    if paused or state != "raised":
        return [PAUSED if paused else "What was achieved was decided before."]
    reasons = [f"The budget of {name} is indicative. It is confirmed before a quarter is paid from it." for name in unconfirmed]
    if not due and not unconfirmed:
        reasons.append("No budget covers this quarter. Enter one first.")
    if achieved not in {"all", "part", "none"}:
        reasons.append(FieldReason("achieved", "Select what was achieved. No quarter is paid by itself."))
    if achieved == "part" and not is_part(withheld, due):
        reasons.append(FieldReason("withheld", f"Enter how much is withheld: more than nothing, and less than £{due:,.2f}."))
    if achieved in {"part", "none"} and not because.strip():
        reasons.append(FieldReason("because", "Say what was not achieved. The provider reads it."))
    return reasons


def why_not_invoice(state: str, *, number: str, amount: Decimal | None, on: date | None, today: date, mine: bool, paused: bool = False) -> list[str]:  # fmt: skip
    """PAY-3. An invoice says its number, amount and day, and is recorded by somebody who gives no other step, before it is approved."""
    if paused:
        return [PAUSED]
    if state not in {"decided", "invoiced"}:
        return ["An invoice is recorded after what was achieved is decided, and before it is approved."]
    reasons = [SECOND] if mine else []
    if not number.strip():
        reasons.append(FieldReason("number", "Enter the invoice’s number."))
    if amount is None or amount <= 0:
        reasons.append(FieldReason("amount", "Enter the invoice’s amount, more than nothing."))
    if on is None or on > today:
        reasons.append(FieldReason("on", "Enter the day of the invoice, today or before."))
    return reasons


def why_not_approve_payment(state: str, *, invoice: Decimal | None, due: Decimal, mine: bool, paused: bool = False) -> list[str]:
    """PAY-4. A commissioner approves an invoice once, when it matches what is due to the penny."""
    if paused:
        return [PAUSED]
    if state != "invoiced" or invoice is None:
        return ["It was approved before." if state not in {"raised", "decided"} else "There is no invoice to approve yet."]
    reasons = [SECOND] if mine else []
    if invoice != due:
        reasons.append(f"The invoice is {difference(invoice, due)}. It is approved when it matches.")
    return reasons


def why_not_clear(state: str, *, mine: bool, paused: bool = False) -> list[str]:
    """PAY-5. Finance approves once, after the commissioner."""
    if paused:
        return [PAUSED]
    if state != "approved":
        return ["Finance approves after the commissioner." if state in {"raised", "decided", "invoiced"} else "Finance approved it before."]
    return [SECOND] if mine else []


def why_not_pay(state: str, *, outcome: str, amount: Decimal | None, left: Decimal, on: date | None, today: date, because: str, paused: bool = False) -> list[str]:  # fmt: skip
    """PAY-6. What the bank did is written down after finance's approval, and never more is paid than is left to pay."""
    if paused or state not in {"cleared", "part paid", "failed"}:
        return [PAUSED] if paused else ["It was paid before." if state == "paid" else "Nothing is paid before finance has approved it."]
    reasons = []
    if outcome not in {"paid", "part", "failed"}:
        reasons.append(FieldReason("outcome", "Select what the bank did."))
    if outcome == "part" and not is_part(amount, left):
        reasons.append(FieldReason("amount", f"Enter the part that was paid: more than nothing, and less than £{left:,.2f}."))
    if on is None or on > today:
        reasons.append(FieldReason("on", "Enter the day, today or before."))
    if outcome == "failed" and not because.strip():
        reasons.append(FieldReason("because", "Say why it failed."))
    return reasons


def why_not_pause(state: str, *, paused: bool, because: str) -> list[str]:
    """PAY-7. A payment that is not yet paid may be paused for a dispute (clause 59), with a reason, until it is settled."""
    if paused:
        return [PAUSED]
    reasons = []
    if state in {"paid", "nothing"}:
        reasons.append("There is nothing left to pause.")
    if not because.strip():
        reasons.append(FieldReason("because", "Say what is disputed. The provider reads it."))
    return reasons


def why_not_resume(*, paused: bool, because: str) -> list[str]:
    """PAY-8. A paused payment goes on when somebody says how the dispute was settled."""
    if not paused:
        return ["It is not paused."]
    return [] if because.strip() else [FieldReason("because", "Say how it was settled.")]


def why_not_correct(*, settled: bool, amount: Decimal | None, because: str, open_to_take: Decimal) -> list[str]:
    """PAY-9. A decided quarter is corrected by a dated adjustment with a reason; what is taken back comes from payments not yet approved."""
    reasons = [] if settled else ["What was achieved is not decided yet: decide it, and nothing needs correcting."]
    if amount is None or amount == 0:
        reasons.append(FieldReason("amount", "Enter an amount: with a minus sign where too much was due."))
    elif amount < 0 and -amount > open_to_take:
        reasons.append(FieldReason("amount", f"£{-amount:,.2f} is more than can be taken from payments not yet approved, which is £{open_to_take:,.2f}."))
    if not because.strip():
        reasons.append(FieldReason("because", "Say what is corrected, and why."))
    return reasons


def why_not_name_officer(*, may_read: bool) -> list[str]:
    """PAY-10. Invoices go by email to a named person who may read the contract's payments."""
    return [] if may_read else [FieldReason("person", "Choose a commissioner or a contract and payments officer of this council.")]


def is_part(amount: Decimal | None, whole: Decimal) -> bool:
    """True when an amount is more than nothing and less than the whole."""
    return amount is not None and 0 < amount < whole


def steps_of(raised_by, decided_by, invoiced_by, approved_by, cleared_by) -> dict[str, set]:
    """Who gave which of the three steps: keys of people, those who are missing left out."""
    given = {"invoice": {invoiced_by}, "commissioner": {raised_by, decided_by, approved_by}, "finance": {cleared_by}}
    return {step: people - {None} for step, people in given.items()}


def gave_another(person, step: str, given: dict[str, set]) -> bool:
    """True when this person gave one of the other steps, in whatever role."""
    return any(person in people for name, people in given.items() if name != step)


def due_words(day: date) -> str:
    """Say by when what was held back is decided."""
    return f"by {day_in_words(day)}"
