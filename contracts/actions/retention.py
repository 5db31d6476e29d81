"""What was held back: evidence, a decision in quarter 1 of the next year or later, and the provider's reply."""

from decimal import Decimal

from django.db import transaction

from contracts.actions.books import lock_books, move_pounds, readers_of
from contracts.choices import Account, Achieved, PaymentKind, PaymentState
from contracts.models import Budget, Payment, Release
from contracts.models.books import of_budgets
from contracts.rules.retention import (
    opens_on,
    why_not_release,
    why_not_reply,
    why_not_submit_evidence,
)
from core import audit, clock, post
from core.documents import digest
from core.models import User
from core.references import new_reference
from core.roles import Role
from core.rules import refuse_if


@transaction.atomic
def submit_evidence(budget: Budget, *, evidence: str, by: User) -> Release:
    """The provider sends what shows that outcomes were achieved; until it is decided, a later text takes its place.

    Where more was held back after a decision, because a quarter came late, evidence opens it again for that.
    """
    lock_books(budget.contract)
    row = Release.objects.filter(budget=budget).first()
    held = of_budgets([budget])[budget.pk].retained

    refuse_if(
        why_not_submit_evidence(
            opens=opens_on(budget.until_on), today=clock.today(), held=held, evidence=evidence,
            decided=row is not None and row.decided_at is not None and held <= 0,
        )
    )  # fmt: skip

    row = row or Release(budget=budget, contract=budget.contract)
    row.evidence, row.submitted_by, row.submitted_at = evidence.strip(), by, clock.now()
    row.release = row.because = row.reply = ""
    row.amount = row.decided_by = row.decided_at = row.replied_by = row.replied_at = row.payment = None
    row.save()
    _tell(row, Role.COMMISSIONER, "retention.evidence", "evidence for what was held back", "It waits for a commissioner’s decision.")

    audit.record(
        "retention.evidence_sent", on=row, by=by, authority=budget.contract.authority,
        sentence=f"Sent evidence for what was held back of {budget}.",
    )  # fmt: skip
    return row


@transaction.atomic
def decide_release(budget: Budget, *, release: str, amount: Decimal | None = None, because: str = "", by: User) -> Release:
    """A commissioner releases all, part or none of what is held back of a budget, once; what is not released is withheld.

    What is released is a payment of its own: invoice, approval by commissioner and by finance.
    """
    lock_books(budget.contract)
    row = Release.objects.filter(budget=budget).first()
    held = of_budgets([budget])[budget.pk].retained

    refuse_if(
        why_not_release(
            opens=opens_on(budget.until_on), today=clock.today(), evidence=row.evidence if row else "", release=release,
            amount=amount, held=held, because=because, decided=row is not None and row.decided_at is not None,
            mine=row is not None and row.submitted_by_id == by.pk,
        )
    )  # fmt: skip

    freed = {Achieved.ALL: held, Achieved.PART: amount, Achieved.NONE: Decimal(0)}[Achieved(release)]
    row.release, row.amount, row.because = release, freed, because.strip()
    row.decided_by, row.decided_at = by, clock.now()
    row.payment = _payment_of(row, by) if freed else None
    row.save()
    move_pounds(row.payment, budget, Account.RETAINED, Account.TO_PAY, freed, by=by)
    move_pounds(row.payment, budget, Account.RETAINED, Account.WITHHELD, held - freed, by=by, why=because.strip())
    _tell(row, Role.PROVIDER_MANAGER, "retention.decided", "what was held back is decided", "The decision and its reason stand on its page. You may reply.")

    audit.record(
        "retention.decided", on=row, by=by, authority=budget.contract.authority,
        sentence=f"Released £{freed:,.2f} of the £{held:,.2f} held back of {budget}.",
    )  # fmt: skip
    return row


def _payment_of(row: Release, by: User) -> Payment:
    """The payment of what is released, on its evidence."""
    reference = new_reference()
    return Payment.objects.create(
        reference=reference, contract=row.contract, kind=PaymentKind.RETENTION, period=reference,
        starts_on=row.budget.from_on, ends_on=row.budget.until_on, evidence_reference=f"Evidence of {row.budget}"[:40],
        evidence_sha256=digest({"evidence": row.evidence}), raised_by=by, state=PaymentState.DECIDED,
        achieved=row.release, because=row.because, decided_by=by, decided_at=clock.now(),
    )  # fmt: skip


@transaction.atomic
def reply_to_release(budget: Budget, *, reply: str, by: User) -> Release:
    """The provider replies to a decision that keeps some of it back."""
    lock_books(budget.contract)
    row = Release.objects.get(budget=budget)

    refuse_if(why_not_reply(release=row.release, replied=row.replied_at is not None, reply=reply))

    row.reply, row.replied_by, row.replied_at = reply.strip(), by, clock.now()
    row.save()
    _tell(row, Role.COMMISSIONER, "retention.reply", "a reply about what was held back", "The provider has replied to the decision.")

    audit.record(
        "retention.replied", on=row, by=by, authority=budget.contract.authority,
        sentence=f"Replied about what was held back of {budget}.",
    )  # fmt: skip
    return row


def _tell(row: Release, role: str, kind: str, what: str, body: str) -> None:
    """Queue a message about one budget's retention."""
    post.send_each(
        kind, readers_of(row.contract, role), key=f"{kind}:{row.budget.reference}:{clock.now().isoformat()}",
        subject=f"{row.budget.reference}: {what}", body=body,
        link=f"/contracts/{row.contract.slug}/retention/{row.budget.reference}", about=row,
    )  # fmt: skip
