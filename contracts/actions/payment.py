"""A payment, from an accepted return to the bank: decided, invoiced, approved by two, paid."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from contracts.actions.books import (
    gave_other_step,
    lock_books,
    lock_payment,
    move_pounds,
    tell_readers,
)
from contracts.choices import Account, Achieved, PaymentState
from contracts.models import Contract, Payment
from contracts.models.books import left_by_budget, of_payment, sum_of
from contracts.rules.payment import (
    why_not_approve_payment,
    why_not_clear,
    why_not_decide,
    why_not_invoice,
    why_not_pay,
    why_not_raise,
)
from contracts.rules.quarters import Quarter, quarter_from
from contracts.rules.shares import taken_from
from core import audit, clock
from core.dates import day_in_words
from core.models import User
from core.roles import Role
from core.rules import refuse_if

NOUGHT = Decimal(0)


@transaction.atomic
def raise_payment(contract: Contract, quarter: Quarter, *, evidence_reference: str, evidence_sha256: str, proposal: str = "", by: User) -> Payment:  # fmt: skip
    """Raise a quarter's payment on a return that was accepted, known by its reference and hash.

    `proposal` is what the Performance Management Framework proposes, in words, or that none is entered;
    nothing is due before a commissioner has decided what was achieved.
    """
    lock_books(contract)
    raised = Payment.objects.filter(contract=contract, period=quarter.slug).exists()

    refuse_if(why_not_raise(ended=quarter.ends_on <= clock.today(), raised=raised, evidence=evidence_sha256))

    payment = Payment.objects.create(
        contract=contract, period=quarter.slug, starts_on=quarter.starts_on, ends_on=quarter.ends_on,
        evidence_reference=evidence_reference, evidence_sha256=evidence_sha256, proposal=proposal, raised_by=by,
    )  # fmt: skip

    audit.record(
        "payment.raised", on=payment, by=by, authority=contract.authority, sentence=f"Raised a payment for {quarter}."
    )
    return payment


@transaction.atomic
def decide_achievement(payment: Payment, *, achieved: str, withheld: Decimal | None = None, because: str = "", by: User) -> Payment:
    """A commissioner decides what was achieved; from then on the quarter's share of each confirmed budget is due.

    Of the share 5% (or what the budget says) is held back, what was not achieved is withheld, and the rest is to pay.
    """
    payment = lock_payment(payment)
    owed = sum_of(payment.contract, quarter_from(payment.period))

    refuse_if(
        why_not_decide(
            payment.state, achieved=achieved, withheld=withheld, because=because, due=owed.due,
            unconfirmed=owed.unconfirmed, paused=payment.is_paused,
        )
    )  # fmt: skip

    less = {Achieved.ALL: NOUGHT, Achieved.PART: withheld, Achieved.NONE: owed.due}[Achieved(achieved)]
    for line, kept in zip(owed.lines, taken_from(less, [line.share.due for line in owed.lines]), strict=True):
        move_pounds(payment, line.budget, Account.DUE, Account.RETAINED, line.share.retained, by=by)
        move_pounds(payment, line.budget, Account.DUE, Account.WITHHELD, kept, by=by, why=because)
        move_pounds(payment, line.budget, Account.DUE, Account.TO_PAY, line.share.due - kept, by=by)
    payment.state = PaymentState.NOTHING if less == owed.due else PaymentState.DECIDED
    payment.achieved, payment.because = achieved, because.strip()
    payment.decided_by, payment.decided_at = by, clock.now()
    payment.save()
    tell_readers(payment, Role.PROVIDER_MANAGER, "payment.decided", f"{payment.reference}: what is paid is decided", "What is due, and what is withheld and why, stands on its page.")

    audit.record(
        "payment.decided", on=payment, by=by, authority=payment.contract.authority,
        sentence=f"Decided that {Achieved(achieved).label.lower()} was achieved: £{owed.due - less:,.2f} to pay, £{owed.retained:,.2f} held back, £{less:,.2f} withheld.",
    )  # fmt: skip
    return payment


@transaction.atomic
def record_invoice(payment: Payment, *, number: str, amount: Decimal | None, on: date | None, by: User) -> Payment:
    """Record the invoice for a payment; until it is approved, a later one takes its place."""
    payment = lock_payment(payment)

    refuse_if(
        why_not_invoice(
            payment.state, number=number, amount=amount, on=on, today=clock.today(), mine=gave_other_step(payment, "invoice", by),
            paused=payment.is_paused,
        )
    )  # fmt: skip

    payment.state = PaymentState.INVOICED
    payment.invoice_number, payment.invoice_amount, payment.invoice_on = number.strip(), amount, on
    payment.invoiced_by, payment.invoiced_at = by, clock.now()
    payment.save()
    tell_readers(payment, Role.COMMISSIONER, f"payment.invoiced:{clock.now().isoformat()}", f"{payment.reference}: an invoice has come", "It waits for your approval.")

    audit.record(
        "payment.invoiced", on=payment, by=by, authority=payment.contract.authority,
        sentence=f"Recorded an invoice of £{amount:,.2f}.",
    )  # fmt: skip
    return payment


@transaction.atomic
def approve_payment(payment: Payment, *, by: User) -> Payment:
    """A commissioner approves an invoice that matches what is due; finance is second."""
    payment = lock_payment(payment)
    due = of_payment(payment).to_pay

    refuse_if(
        why_not_approve_payment(
            payment.state, invoice=payment.invoice_amount, due=due, mine=gave_other_step(payment, "commissioner", by), paused=payment.is_paused
        )
    )

    payment.state = PaymentState.APPROVED
    payment.approved_by, payment.approved_at = by, clock.now()
    payment.save()
    tell_readers(payment, Role.FINANCE, "payment.to_clear", f"{payment.reference}: a payment waits for finance", "A commissioner has approved it. It is paid when finance has, too.")

    audit.record(
        "payment.approved", on=payment, by=by, authority=payment.contract.authority,
        sentence=f"Approved £{due:,.2f} for the commissioner.",
    )  # fmt: skip
    return payment


@transaction.atomic
def clear_payment(payment: Payment, *, by: User) -> Payment:
    """Finance approves what the commissioner approved; the provider is told."""
    payment = lock_payment(payment)

    refuse_if(why_not_clear(payment.state, mine=gave_other_step(payment, "finance", by), paused=payment.is_paused))

    payment.state = PaymentState.CLEARED
    payment.cleared_by, payment.cleared_at = by, clock.now()
    payment.save()
    tell_readers(payment, Role.PROVIDER_MANAGER, "payment.approved", f"{payment.reference}: your payment is approved", "Both the commissioner and finance have approved it.")

    audit.record(
        "payment.cleared", on=payment, by=by, authority=payment.contract.authority, sentence="Approved a payment for finance."
    )
    return payment


@transaction.atomic
def record_outcome(payment: Payment, *, outcome: str, amount: Decimal | None = None, on: date | None, because: str = "", by: User) -> Payment:
    """Write down what the bank did: paid what was left, paid a part of it, or failed."""
    payment = lock_payment(payment)
    left = left_by_budget(payment)
    whole = sum(left.values(), NOUGHT)

    refuse_if(
        why_not_pay(
            payment.state, outcome=outcome, amount=amount, left=whole, on=on, today=clock.today(), because=because,
            paused=payment.is_paused,
        )
    )  # fmt: skip

    paid = {"paid": whole, "part": amount, "failed": NOUGHT}[outcome]
    for budget, part in zip(left, taken_from(paid, list(left.values())), strict=True):
        move_pounds(payment, budget, Account.TO_PAY, Account.PAID, part, by=by, why=f"Paid on {day_in_words(on)}")
    payment.state = {"paid": PaymentState.PAID, "part": PaymentState.PART_PAID, "failed": PaymentState.FAILED}[outcome]
    payment.failed_because = because.strip() if outcome == "failed" else ""
    payment.save()

    audit.record(
        "payment.failed" if outcome == "failed" else "payment.paid", on=payment, by=by, authority=payment.contract.authority,
        sentence="A payment failed." if outcome == "failed" else f"Paid £{paid:,.2f}.",
    )  # fmt: skip
    return payment
