"""What the books say: how much of what was due stands where, by payment and by budget."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from contracts.choices import Account
from contracts.models.budget import Budget
from contracts.models.payment import Move, Payment
from contracts.rules.quarters import Quarter
from contracts.rules.shares import Share, shares

NOUGHT = Decimal(0)


@dataclass
class Balance:
    """How many pounds stand in each account, and how many entered as due."""

    due: Decimal = NOUGHT
    to_pay: Decimal = NOUGHT
    retained: Decimal = NOUGHT
    withheld: Decimal = NOUGHT
    paid: Decimal = NOUGHT

    def move(self, source: str, target: str, amount: Decimal) -> None:
        """Take a move into account; what leaves DUE was due."""
        if source == Account.DUE:
            self.due += amount
        else:
            self._add(source, -amount)
        self._add(target, amount)

    def _add(self, account: str, amount: Decimal) -> None:
        name = Account(account).name.lower()
        setattr(self, name, getattr(self, name) + amount)

    @property
    def is_whole(self) -> bool:
        """True when every pound that was due is in one of the four places, and none is in less than nothing."""
        parts = (self.to_pay, self.retained, self.withheld, self.paid)
        return sum(parts) == self.due and min(parts) >= 0


def _balances(moves, key: str) -> dict[int, Balance]:
    found: dict[int, Balance] = defaultdict(Balance)
    for one, source, target, amount in moves.values_list(key, "source", "target", "amount"):
        found[one].move(source, target, amount)
    return found


def of_payments(payments: Iterable[Payment]) -> dict[int, Balance]:
    """The balance of each payment, by its key: its own moves alone."""
    return _balances(Move.objects.filter(payment__in=list(payments)), "payment_id")


def of_payment(payment: Payment) -> Balance:
    """The balance of one payment."""
    return of_payments([payment])[payment.pk]


def of_budgets(budgets: Iterable[Budget]) -> dict[int, Balance]:
    """The balance of each budget, by its key, over all its payments."""
    return _balances(Move.objects.filter(budget__in=list(budgets)), "budget_id")


def left_by_budget(payment: Payment) -> dict[int, Decimal]:
    """What is still to pay of a payment, by budget; those with nothing left out."""
    rows = _balances(payment.moves.all(), "budget_id")
    return {key: balance.to_pay for key, balance in rows.items() if balance.to_pay}


@dataclass(frozen=True)
class Line:
    """One budget's part of a quarter, with the working."""

    budget: Budget
    share: Share
    working: str


@dataclass
class Sum:
    """What a quarter comes to: a line for each budget that covers it, and what is not confirmed."""

    lines: list[Line] = field(default_factory=list)

    @property
    def gross(self) -> Decimal:
        """The whole, before anything is held back."""
        return sum((line.share.gross for line in self.lines), NOUGHT)

    @property
    def retained(self) -> Decimal:
        """What is held back."""
        return sum((line.share.retained for line in self.lines), NOUGHT)

    @property
    def due(self) -> Decimal:
        """What is paid when all is achieved."""
        return self.gross - self.retained

    @property
    def unconfirmed(self) -> list[str]:
        """Names of budgets that are still indicative."""
        return [str(line.budget) for line in self.lines if not line.budget.is_confirmed]


def sum_of(contract, quarter: Quarter) -> Sum:
    """What a quarter of a contract comes to, from the budgets in force that cover it."""
    rows = Budget.objects.filter(contract=contract, from_on__lt=quarter.ends_on, until_on__gt=quarter.starts_on)
    lines = []
    for budget in rows.select_related("lot").order_by("lot__kind", "pk"):
        every = shares(budget.amount, percent=budget.retention_percent, from_on=budget.from_on, until_on=budget.until_on)
        even = len({share.gross for share in every.values()}) == 1
        lines.append(Line(budget, every[quarter], f"{_part(len(every), even)} of £{budget.amount:,.0f}"))
    return Sum(lines)


def _part(count: int, even: bool) -> str:
    """How a budget is cut, in words; where it covers a quarter in part, each share is by its days."""
    return {1: "all", 2: "half", 3: "a third", 4: "a quarter"}[count] if even else "a share by days"


def last_day(payment: Payment):
    """The last day of what is paid for."""
    return payment.ends_on - timedelta(days=1)
