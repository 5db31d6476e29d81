"""What deeds about money share inside their own transaction: locks, moves in the books, and who is told."""

from decimal import Decimal

from contracts.models import Budget, Contract, Move, Payment
from contracts.rules.payment import gave_another, steps_of
from core import clock, post
from core.models import User
from core.roles import Role


def lock_books(contract: Contract) -> Contract:
    """Lock a contract's books, before any of its payments: whoever else has a deed about them waits."""
    return Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)


def lock_payment(payment: Payment) -> Payment:
    """Lock the books of a payment's contract, then the payment, and read it anew."""
    lock_books(payment.contract)
    rows = Payment.objects.select_for_update(of=("self",)).select_related("contract__authority")
    return rows.get(pk=payment.pk)


def move_pounds(payment: Payment | None, budget: Budget | int, source: str, target: str, amount: Decimal, *, by: User, why: str = "") -> None:
    """Write down that some pounds went from one account to another; of nothing, nothing is written."""
    if amount:
        key = budget if isinstance(budget, int) else budget.pk
        Move.objects.create(payment=payment, budget_id=key, source=source, target=target, amount=amount, by=by, why=why, at=clock.now())


def gave_other_step(payment: Payment, step: str, by: User) -> bool:
    """True when this person gave another of the three steps, or sent the evidence, in whatever role."""
    given = steps_of(payment.raised_by_id, payment.decided_by_id, payment.invoiced_by_id, payment.approved_by_id, payment.cleared_by_id)
    release = getattr(payment, "release", None)
    if release is not None:
        given["invoice"] = given["invoice"] | {release.submitted_by_id}
    return gave_another(by.pk, step, given)


def tell_readers(payment: Payment, role: str, key: str, subject: str, body: str) -> None:
    """Queue a message to whoever holds a role for a payment's contract; an invoice goes to its named officer."""
    post.send_each(
        key.split(":")[0], readers_of(payment.contract, role), key=f"{key}:{payment.reference}", subject=subject, body=body,
        link=payment.get_absolute_url(), about=payment,
    )  # fmt: skip


def readers_of(contract: Contract, role: str):
    """Who holds a role for a contract today; commissioners give way to the officer who is named for its invoices."""
    if role == Role.PROVIDER_MANAGER:
        return User.objects.holding(role, organisation=contract.provider_id)
    named = contract.invoice_officers.order_by("-named_at", "-pk").first() if role == Role.COMMISSIONER else None
    if named is not None:
        return User.objects.filter(pk=named.person_id)
    return User.objects.holding(role, authority=contract.authority_id)
