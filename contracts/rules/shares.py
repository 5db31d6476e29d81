"""A budget shared out by quarters, with what is held back of each; not a penny is lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from contracts.rules.quarters import Quarter, quarters_of
from core.money import Amount, days_between, exact, pence, retention


@dataclass(frozen=True)
class Share:
    """One quarter's part of a budget in pounds: the whole, and what is held back of it."""

    gross: Decimal
    retained: Decimal

    @property
    def due(self) -> Decimal:
        """What is paid for the quarter when all is achieved."""
        return self.gross - self.retained


def weights(from_on: date, until_on: date) -> dict[Quarter, Fraction]:
    """Take a budget's first day and the day after its last; give how much of each quarter it covers, by days."""
    found = {}
    for quarter in quarters_of(from_on, until_on):
        covered = days_between(max(from_on, quarter.starts_on), min(until_on, quarter.ends_on))
        found[quarter] = Fraction(covered, days_between(quarter.starts_on, quarter.ends_on))
    return found


def spread(amount: Amount, parts: Sequence[Fraction | int]) -> list[Decimal]:
    """Share pounds out by weight, each half up to pence; the last part is what remains.

    Whole quarters weigh the same, so £57,000 over three is £19,000 each.
    """
    left, heavy, each = pence(exact(amount)), sum(parts, Fraction(0)), []
    for part in parts[:-1]:
        weight = Fraction(part) / heavy if heavy else Fraction(0)
        mine = pence(exact(amount) * weight.numerator / weight.denominator)
        each.append(min(mine, left))
        left -= each[-1]
    return [*each, left]


def shares(amount: Amount, *, percent: Amount, from_on: date, until_on: date) -> dict[Quarter, Share]:
    """Give each quarter's share of a budget, quarterly in arrears less what is held back (002:931, 960).

    Their sum is the budget; what is held back in all is the percentage of the budget, rounded once.
    """
    parts = weights(from_on, until_on)
    held = retention(amount, percent)
    paid = spread(pence(exact(amount)) - held, list(parts.values()))
    kept = spread(held, list(parts.values()))
    return {quarter: Share(net + back, back) for quarter, net, back in zip(parts, paid, kept, strict=True)}


def taken_from(amount: Decimal, parts: Sequence[Decimal]) -> list[Decimal]:
    """Take an amount out of several sums in proportion, never more than each holds; ValueError where it is more than all."""
    whole = sum(parts, Decimal(0))
    if not 0 <= amount <= whole:
        raise ValueError("No more can be taken than there is.")
    taken, left, rest = [], amount, whole
    for part in parts:
        mine = pence(left * part / rest) if rest else Decimal(0)
        taken.append(min(max(mine, left - (rest - part)), part, left))
        left, rest = left - taken[-1], rest - part
    return taken


def difference(invoice: Decimal, due: Decimal) -> str:
    """Say by how much an invoice differs from what is due, in pounds and in percent; nothing where it does not."""
    apart = invoice - due
    if not apart:
        return ""
    share = f", {abs(apart) / due * 100:.1f}%" if due else ""
    return f"£{abs(apart):,.2f}{share} {'more' if apart > 0 else 'less'} than is due"
