"""Returns, payments and what is held back that wait for somebody."""

from contracts.models import Budget, Contract, Payment
from contracts.models.payment_page import held_back
from contracts.rules.retention import opens_on
from core import clock
from core.dates import day_in_words
from core.roles import Role
from kpis.choices import ReturnState
from kpis.measures.to_do.thing import MOST_OF_A_KIND, Thing
from kpis.models import Return


def _returns(user, state):
    rows = Return.objects.visible_to(user).filter(state=state).select_related("contract")
    return rows.order_by("due_on", "pk")[:MOST_OF_A_KIND]


def returns_to_send(user) -> list[Thing]:
    """Quarters that have ended, and whose return the provider has not sent."""
    return [
        Thing(f"Send the return for {of.quarter}", of.get_absolute_url(), f"{of.contract}. Its figures are computed.", of.due_on)
        for of in _returns(user, ReturnState.DRAFT)
    ]


def challenges_to_answer(user) -> list[Thing]:
    """Returns that the commissioner has challenged."""
    return [
        Thing(f"Answer the challenge on {of.quarter}", of.get_absolute_url(), f"{of.contract}. The commissioner looks again after it.")
        for of in _returns(user, ReturnState.CHALLENGED)
    ]


def returns_to_review(user) -> list[Thing]:
    """Returns that were sent and wait for a verdict."""
    return [
        Thing(
            f"Review the return for {of.quarter}", f"/contracts/{of.contract.slug}/reviews/{of.period}",
            f"{of.contract}. Sent {day_in_words(of.sent_at.astimezone(clock.LONDON).date())}.",
        )
        for of in _returns(user, ReturnState.SENT)
    ]  # fmt: skip


def returns_missing(user) -> list[Thing]:
    """Returns past their day that the provider has not sent: for whoever waits for them."""
    rows = Return.objects.filter(
        contract__in=Contract.objects.visible_to(user), state=ReturnState.DRAFT, due_on__lt=clock.today()
    ).select_related("contract__provider")
    return [
        Thing(
            f"The return for {of.quarter} has not come", f"/contracts/{of.contract.slug}/returns", f"{of.contract}. It was due {day_in_words(of.due_on)}.",
            waits_for=str(of.contract.provider),
        )
        for of in rows.order_by("due_on", "pk")[:MOST_OF_A_KIND]
    ]  # fmt: skip


def _payments(user, states, verb: str, why: str) -> list[Thing]:
    """One thing to do for each payment in some states that is not paused."""
    rows = Payment.objects.visible_to(user).filter(state__in=states, paused_at=None).select_related("contract")
    return [
        Thing(f"{verb} {of.title[0].upper()}{of.title[1:]}", of.get_absolute_url(), f"{of.contract}. {why}")
        for of in rows.order_by("starts_on", "pk")[:MOST_OF_A_KIND]
    ]


def payments_to_decide(user) -> list[Thing]:
    """Accepted quarters of which nobody has decided what was achieved."""
    return _payments(user, ["raised"], "Decide what is paid for", "Its return is accepted.")


def payments_to_approve(user) -> list[Thing]:
    """Invoices that wait for a commissioner."""
    return _payments(user, ["invoiced"], "Approve the invoice for", "Finance approves second.")


def invoices_to_record(user) -> list[Thing]:
    """What was decided to be paid, and has no invoice yet."""
    return _payments(user, ["decided"], "Record the invoice for", "What is due stands on its page.")


def payments_to_clear(user) -> list[Thing]:
    """What a commissioner has approved."""
    return _payments(user, ["approved"], "Approve for finance:", "A commissioner has approved it.")


def payments_to_pay(user) -> list[Thing]:
    """What finance has approved, and the bank has not paid in full."""
    return _payments(user, ["cleared", "part paid", "failed"], "Pay", "Write down what the bank did.")


def _open_budgets(user) -> list:
    """Budgets of which something is held back, whose time to release it has come, as rows of the ledger."""
    rows = Budget.objects.visible_to(user).filter(until_on__lte=clock.today(), moves__target="retained")
    rows = rows.select_related("lot", "contract", "release").distinct().order_by("until_on", "pk")[:MOST_OF_A_KIND]
    return held_back([row for row in rows if opens_on(row.until_on) <= clock.today()])


def _held(user, label: str, why: str, *, with_evidence: bool) -> list[Thing]:
    return [
        Thing(
            f"{label} {one.budget}", f"/contracts/{one.budget.contract.slug}/retention/{one.budget.reference}",
            f"£{one.balance.retained:,.2f} is held back. {why}", one.due,
        )
        for one in _open_budgets(user)
        if one.balance.retained and (one.release is not None and one.release.decided_at is None) == with_evidence
    ]  # fmt: skip


def evidence_to_send(user) -> list[Thing]:
    """What was held back, and can be released on evidence that was not sent yet."""
    return _held(user, "Send evidence for what was held back:", "Nothing is released without evidence.", with_evidence=False)


def releases_to_decide(user) -> list[Thing]:
    """Evidence that waits for a commissioner."""
    return _held(user, "Decide what was held back:", "The provider has sent evidence.", with_evidence=True)


BY_ROLE = {
    Role.PROVIDER_MANAGER: (returns_to_send, challenges_to_answer, invoices_to_record, evidence_to_send),
    Role.COMMISSIONER: (returns_to_review, returns_missing, payments_to_decide, payments_to_approve, releases_to_decide),
    Role.FINANCE: (payments_to_clear, payments_to_pay),
}
