"""What changes a payment's course: a dispute, a correction by a dated adjustment, and who gets its invoices."""

from decimal import Decimal

from django.db import transaction

from contracts.actions.books import lock_books, lock_payment, move_pounds
from contracts.choices import Account, Achieved, PaymentKind, PaymentState
from contracts.models import Budget, Contract, InvoiceOfficer, Payment
from contracts.models.books import left_by_budget
from contracts.rules.payment import (
    why_not_correct,
    why_not_name_officer,
    why_not_pause,
    why_not_resume,
)
from contracts.rules.shares import taken_from
from core import audit, clock
from core.models import User
from core.references import new_reference
from core.rules import refuse_if

NOUGHT = Decimal(0)
# States in which nobody has approved what is to be paid.
BEFORE_APPROVAL = [PaymentState.DECIDED, PaymentState.INVOICED]


@transaction.atomic
def pause_payment(payment: Payment, *, because: str, by: User) -> Payment:
    """Pause a payment for a dispute under clause 59; no step of it is given until it goes on."""
    payment = lock_payment(payment)

    refuse_if(why_not_pause(payment.state, paused=payment.is_paused, because=because))

    payment.paused_by, payment.paused_at, payment.paused_because = by, clock.now(), because.strip()
    payment.save()

    audit.record(
        "payment.paused", on=payment, by=by, authority=payment.contract.authority, sentence="Paused a payment for a dispute."
    )
    return payment


@transaction.atomic
def resume_payment(payment: Payment, *, because: str, by: User) -> Payment:
    """The dispute is settled, and the payment goes on from where it stood."""
    payment = lock_payment(payment)

    refuse_if(why_not_resume(paused=payment.is_paused, because=because))

    payment.paused_because = f"{payment.paused_because}\n\nSettled: {because.strip()}"
    payment.paused_by = payment.paused_at = None
    payment.save()

    audit.record(
        "payment.resumed", on=payment, by=by, authority=payment.contract.authority, sentence="A paused payment goes on."
    )
    return payment


@transaction.atomic
def correct_payment(payment: Payment, *, amount: Decimal | None, because: str, by: User) -> Payment:
    """Correct a quarter that was decided by a dated adjustment: the quarter itself is not edited.

    More was due: the difference is a payment of its own, with the same three steps. Less was due: it is
    withheld from payments of the contract that nobody has approved yet, the oldest first.
    """
    payment = lock_payment(payment)
    open_payments = list(
        Payment.objects.filter(contract=payment.contract, state__in=BEFORE_APPROVAL, paused_at=None).order_by("starts_on", "pk")
    )
    left = {one: left_by_budget(one) for one in open_payments}
    settled = payment.decided_at is not None and payment.kind == PaymentKind.QUARTER

    refuse_if(
        why_not_correct(
            settled=settled, amount=amount, because=because,
            open_to_take=sum((sum(rows.values(), NOUGHT) for rows in left.values()), NOUGHT),
        )
    )  # fmt: skip

    changed = _add(payment, amount, because, by) if amount > 0 else _take(payment, -amount, left, because, by)

    audit.record(
        "payment.corrected", on=payment, by=by, authority=payment.contract.authority,
        sentence=f"Corrected {payment.title} by {'−' if amount < 0 else ''}£{abs(amount):,.2f}.",
    )  # fmt: skip
    return changed


def _add(payment, amount, because, by):
    """A payment of its own for what more was due, from the budget that covers most of the quarter."""
    reference = new_reference()
    made = Payment.objects.create(
        reference=reference, contract=payment.contract, kind=PaymentKind.CORRECTION, period=reference,
        starts_on=payment.starts_on, ends_on=payment.ends_on, evidence_reference=payment.evidence_reference,
        evidence_sha256=payment.evidence_sha256, raised_by=by, state=PaymentState.DECIDED, achieved=Achieved.ALL,
        because=because.strip(), decided_by=by, decided_at=clock.now(),
    )  # fmt: skip
    move_pounds(made, _main_budget(payment), Account.DUE, Account.TO_PAY, amount, by=by, why=because.strip())
    return made


def _main_budget(payment) -> Budget:
    """The budget that most of the quarter came from."""
    first = payment.moves.filter(source=Account.DUE).order_by("-amount", "pk").select_related("budget").first()
    return first.budget


def _take(payment, amount, left, because, by):
    """Withhold what was too much from what is still open; a payment with nothing left is settled."""
    why = f"Correction of {payment.title}: {because.strip()}"
    for one, rows in left.items():
        part = min(amount, sum(rows.values(), NOUGHT))
        for budget, taken in zip(rows, taken_from(part, list(rows.values())), strict=True):
            move_pounds(one, budget, Account.TO_PAY, Account.WITHHELD, taken, by=by, why=why)
        if part and part == sum(rows.values(), NOUGHT):
            one.state = PaymentState.NOTHING
            one.save()
        amount -= part
    return payment


@transaction.atomic
def name_invoice_officer(contract: Contract, *, person: User, by: User) -> InvoiceOfficer:
    """Name the person to whom this contract's invoices go by email from now on (002:960)."""
    contract = lock_books(contract)
    may_read = any(
        held.authority_id == contract.authority_id and held.role in {"COM", "FIN"} for held in person.current_roles
    )

    refuse_if(why_not_name_officer(may_read=may_read))

    named = InvoiceOfficer.objects.create(contract=contract, person=person, named_by=by, named_at=clock.now())

    audit.record(
        "invoice_officer.named", on=named, by=by, authority=contract.authority,
        sentence=f"Invoices of {contract} go to {person.full_name}.",
    )  # fmt: skip
    return named
