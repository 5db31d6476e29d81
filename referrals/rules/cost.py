"""What a journey costs: dated weekly rates over the days each applies, and never a typed total."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from core.figures import rounded
from core.money import cost_of_stay, pence

WEEK = timedelta(days=7)
# Where a year's terms begin unless a setting says otherwise: autumn, spring, summer.
TERM_STARTS = ((9, 1, "Autumn term"), (1, 1, "Spring term"), (4, 1, "Summer term"))


@dataclass(frozen=True)
class Rate:
    """A weekly rate and the days it is in force; the last day is not in it."""

    from_on: date
    weekly: Decimal
    until_on: date | None = None


@dataclass(frozen=True)
class Part:
    """One thing that costs by the week between two days: a home, support, travel."""

    label: str
    row: str
    starts_on: date
    ends_on: date | None
    rates: Sequence[Rate] = ()
    is_hidden: bool = False
    is_in_county: bool | None = None
    is_family: bool = False

    def within(self, first: date, until: date) -> tuple[date, date] | None:
        """The days of this part inside a period, or None."""
        start, end = max(first, self.starts_on), min(until, self.ends_on or until)
        return (start, end) if start < end else None

    def pieces(self, first: date, until: date) -> list[tuple[date, date, Decimal | None]]:
        """The part's days in a period, cut where its rate changes; None where no rate is known."""
        span = self.within(first, until)
        if span is None:
            return []
        rates = sorted(self.rates, key=lambda rate: rate.from_on)
        edges = {*span, *(d for rate in rates for d in (rate.from_on, rate.until_on) if d and span[0] < d < span[1])}
        days = sorted(edges)
        return [(a, b, self.rate_on(a)) for a, b in pairwise(days)]

    def rate_on(self, day: date) -> Decimal | None:
        """The weekly rate in force on a day: the latest that has begun and not ended."""
        held = [r for r in self.rates if r.from_on <= day and (r.until_on is None or day < r.until_on)]
        return max(held, key=lambda rate: rate.from_on).weekly if held else None


@dataclass(frozen=True)
class Cost:
    """A sum, and whether something in it has no rate yet or may not be shown."""

    amount: Decimal = Decimal(0)
    is_missing: bool = False
    is_hidden: bool = False

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.amount + other.amount, self.is_missing or other.is_missing, self.is_hidden or other.is_hidden)


def cost_between(parts: Iterable[Part], first: date, until: date) -> Cost:
    """Give what some parts cost in a period, its last day left out: each piece by cost_of_stay, then added."""
    total = Cost()
    for part in parts:
        if part.is_hidden:
            total += Cost(is_hidden=part.within(first, until) is not None)
            continue
        for start, end, weekly in part.pieces(first, until):
            total += Cost(is_missing=True) if weekly is None else Cost(cost_of_stay(weekly, start, end))
    return total


def cost_by_week(parts: Sequence[Part], weeks: Iterable[date]) -> list[Cost]:
    """Give what each week costs, Monday to Sunday."""
    return [cost_between(parts, week, week + WEEK) for week in weeks]


def financial_year(day: date) -> tuple[date, date, str]:
    """Give a day's financial year: its first day, the day after its last, and its name, "2026/27"."""
    year = day.year if (day.month, day.day) >= (4, 1) else day.year - 1
    return date(year, 4, 1), date(year + 1, 4, 1), f"{year}/{(year + 1) % 100:02}"


def term(day: date, starts: Sequence[tuple[int, int, str]] = TERM_STARTS) -> tuple[date, date, str]:
    """Give a day's school term: its first day, the day after its last, and its name with the year."""
    begun = sorted((date(year, month, on), name) for year in (day.year - 1, day.year, day.year + 1) for month, on, name in starts)
    at = max(n for n, (first, _) in enumerate(begun) if first <= day)
    first, name = begun[at]
    return first, begun[at + 1][0], f"{name} {first.year}"


def periods(first: date, until: date, of) -> list[tuple[date, date, str]]:
    """Give every financial year or term that a time touches, in order."""
    found, day = [], first
    while day < until:
        found.append(of(day))
        day = found[-1][1]
    return found


@dataclass(frozen=True)
class Difference:
    """One journey against another over the same days."""

    total: Decimal
    a_week: Decimal

    @property
    def size(self) -> Decimal:
        """How much, either way."""
        return abs(self.total)

    @property
    def week_size(self) -> Decimal:
        """How much a week, either way."""
        return abs(self.a_week)

    @property
    def week_pounds(self) -> Decimal:
        """How much a week, to the pound."""
        return rounded(self.week_size, 0)

    @property
    def words(self) -> str:
        """Less, more or the same."""
        return "less" if self.total > 0 else "more" if self.total < 0 else "the same"


def difference(other: Decimal, actual: Decimal, first: date, until: date) -> Difference:
    """Take what another journey would have cost and what the actual one did; give what was saved (may be negative)."""
    days = (until - first).days
    total = other - actual
    return Difference(total, pence(total * 7 / days) if days > 0 else Decimal(0))


def average_week(amount: Decimal, first: date, until: date) -> Decimal | None:
    """Give what a week came to on average, to the pound; None for no days at all."""
    days = (until - first).days
    return rounded(amount * 7 / days, 0) if days > 0 else None
