"""What the pages of payments show, gathered: a payment's sum and its steps, and a contract's years."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Sum

from contracts.choices import Account, PaymentKind, PaymentState
from contracts.models.books import NOUGHT, Balance, of_payment, of_payments, sum_of
from contracts.models.payment import Move, Payment
from contracts.rules.payment import due_words
from contracts.rules.quarters import quarter_from, quarter_of
from contracts.rules.retention import due_on
from contracts.rules.shares import difference

MOST = 60
NEXT = {
    PaymentState.RAISED: "Next: a commissioner decides what was achieved",
    PaymentState.DECIDED: "Next: the provider records the invoice",
    PaymentState.INVOICED: "Next: a commissioner approves it",
    PaymentState.APPROVED: "Next: finance approves it",
    PaymentState.CLEARED: "Next: finance writes down what the bank did",
    PaymentState.PART_PAID: "Next: finance writes down when the rest was paid",
    PaymentState.FAILED: "Next: finance pays it again",
}


@dataclass
class Facts:
    """One payment's page, with nothing left for a template to work out."""

    lines: list[dict]
    balance: Balance
    to_pay: Decimal
    percent: str
    because: list[str]
    unconfirmed: list[str]
    differs: str
    matches: bool
    next_line: str
    paid: list = field(default_factory=list)
    budget: object = None
    steps: list[dict] = field(default_factory=list)


def payment_facts(payment: Payment) -> Facts:
    """What one payment comes to, and how far it has got; before it is decided, what it would come to."""
    balance = of_payment(payment)
    is_quarter = payment.kind == PaymentKind.QUARTER
    owed = sum_of(payment.contract, quarter_from(payment.period)) if is_quarter else None
    planned = owed is not None and payment.decided_at is None
    if planned:
        balance = Balance(due=owed.gross, retained=owed.retained, to_pay=owed.due)
    due = balance.to_pay + balance.paid
    lines = [
        {"label": f"{line.budget}, {line.working}", "amount": line.share.gross} for line in owed.lines
    ] if owed else []  # fmt: skip
    return Facts(
        lines=lines if planned or sum((line["amount"] for line in lines), NOUGHT) == balance.due else [],
        balance=balance, to_pay=due, percent=_percent(owed), because=_reasons(payment),
        unconfirmed=owed.unconfirmed if planned else [],
        differs=difference(payment.invoice_amount, due) if payment.invoice_amount is not None else "",
        matches=payment.invoice_amount == due, next_line=_next_line(payment), paid=_paid(payment), steps=_steps(payment),
        budget=None if is_quarter else payment.moves.select_related("budget").order_by("pk").first().budget,
    )  # fmt: skip


def _percent(owed) -> str:
    """What is held back, as it is written: "5%"; nothing where lots differ."""
    kinds = {line.budget.retention_percent for line in owed.lines} if owed else set()
    return f"{kinds.pop().normalize():f}%" if len(kinds) == 1 else ""


def _reasons(payment: Payment) -> list[str]:
    """Why something is withheld, each reason once."""
    rows = payment.moves.filter(target=Account.WITHHELD).order_by("pk").values_list("why", flat=True)
    return list(dict.fromkeys(why for why in rows if why))


def _next_line(payment: Payment) -> str:
    return "Paused for a dispute under clause 59" if payment.is_paused else NEXT.get(payment.state, "")


def _paid(payment: Payment) -> list:
    """What went to the bank, with its day and who wrote it down."""
    rows = payment.moves.filter(target=Account.PAID).select_related("by", "budget__lot").order_by("at", "pk")
    return list(rows[:MOST])


def _steps(payment: Payment) -> list[dict]:
    """Who gave which step, and when; those not given yet say so."""
    rows = [
        ("What was achieved", payment.get_achieved_display(), payment.decided_by, payment.decided_at),
        ("Invoice", payment.invoice_number, payment.invoiced_by, payment.invoiced_at),
        ("Commissioner’s approval", "Approved", payment.approved_by, payment.approved_at),
        ("Finance’s approval", "Approved", payment.cleared_by, payment.cleared_at),
    ]
    return [{"label": label, "words": words, "by": by, "at": at} for label, words, by, at in rows]


def years_of(contract) -> list[dict]:
    """A contract's financial years, the newest first, each with its payments and their sums."""
    payments = list(Payment.objects.filter(contract=contract).order_by("-ends_on", "-pk")[:MOST])
    balances = of_payments(payments)
    years: dict[str, list] = {}
    for payment in reversed(payments):
        payment.contract = contract
        years.setdefault(quarter_of(payment.starts_on).financial_year, []).append((payment, balances[payment.pk]))
    return [{"year": year, "rows": rows, "total": _total(rows)} for year, rows in reversed(years.items())]


def _total(rows) -> Balance:
    """The sum of a year's quarters and corrections; a release moves what was held back, and is in "paid"."""
    total = Balance()
    for _, balance in rows:
        for name in vars(total):
            setattr(total, name, getattr(total, name) + getattr(balance, name))
    return total


@dataclass
class Held:
    """What is held back of one budget: by quarter, what became of it, and by when it is decided."""

    budget: object
    balance: Balance
    quarters: list[dict]
    release: object
    due: object
    due_words: str
    freed: Decimal = NOUGHT
    kept: Decimal = NOUGHT

    @property
    def held(self) -> Decimal:
        """All that was ever held back of it."""
        return sum((row["amount"] for row in self.quarters), NOUGHT)



def held_back(budgets) -> list[Held]:
    """The retention ledger: for each budget its quarters, and what became of what was held back."""
    rows = Move.objects.filter(budget__in=budgets, source=Account.DUE, target=Account.RETAINED).select_related("payment__contract")
    quarters: dict[int, list] = {}
    for row in rows.order_by("payment__starts_on", "pk"):
        quarters.setdefault(row.budget_id, []).append({"payment": row.payment, "amount": row.amount})
    moved = Move.objects.filter(budget__in=budgets, source=Account.RETAINED).values_list("budget_id", "target").annotate(sum=Sum("amount"))
    gone = {(budget, target): amount for budget, target, amount in moved}
    found = []
    for budget in budgets:
        freed, kept = (gone.get((budget.pk, target), NOUGHT) for target in (Account.TO_PAY, Account.WITHHELD))
        due = budget.retention_due_on or due_on(budget.until_on)
        mine = quarters.get(budget.pk, [])
        still = sum((row["amount"] for row in mine), NOUGHT) - freed - kept
        release = getattr(budget, "release", None)
        found.append(Held(budget, Balance(retained=still), mine, release, due, due_words(due), freed, kept))
    return found
