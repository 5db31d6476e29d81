"""What is kept of a month so that a quarter, a year or one service can be put together of months, and comes to what its facts come to."""

from bisect import bisect
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate

from core.figures import average, median, percentage
from kpis.measures import facts as by
from kpis.measures.facts import Count, Fact, Way
from kpis.measures.measure import Measure


@dataclass(frozen=True)
class Kept:
    """How those of the facts that are of a month are kept in one way of counting, and what such parts come to together.

    `ends` where the last month of a period alone counts.
    """

    here: Callable[[Sequence[Fact], date, date], list[Fact]]
    part: Callable[[Sequence[Fact], date, date], list]
    together: Callable[[list, date, date], Count]
    ends: bool = False


def parts_of(measure: Measure, found: Iterable[Fact], starts_on: date, ends_on: date) -> dict[str, list]:
    """Take a measure's facts and a month; give what is kept of it, by kind of service."""
    by_service: dict[str, list[Fact]] = {}
    kept = KEPT[measure.way]
    for fact in kept.here(measure.ours(list(found)), starts_on, ends_on):
        by_service.setdefault(fact.service, []).append(fact)
    return {service: kept.part(rows, starts_on, ends_on) for service, rows in sorted(by_service.items())}


def counted(measure: Measure, months: Sequence[dict[str, list]], starts_on: date, ends_on: date, *, services: Collection[str] | None = None) -> Count:
    """Take what is kept of the months of a period, in order; give what the period comes to, for some kinds of service or for all."""
    kept = KEPT[measure.way]
    months = months[-1:] if kept.ends else months
    found = [part for month in months for service, part in month.items() if services is None or service in services]
    return kept.together(found, starts_on, ends_on)


def _times(values: Iterable) -> list[list]:
    """Values, each with how often it is there."""
    return sorted([value, many] for value, many in Counter(values).items())


def _each(parts: Iterable[list[list]]) -> list:
    """The values again, each as often as it was there."""
    return [value for part in parts for value, many in part for _ in range(many)]


def _middle_part(found, _starts_on, _ends_on) -> list:
    return [len(found), _times(int(fact.amount) for fact in found if fact.counted)]


def _middle(parts, _starts_on, _ends_on) -> Count:
    """The median of values that are counted and not written out one by one: a quarter may have thousands, and few that differ."""
    days: Counter[int] = Counter()
    for _, times in parts:
        for value, many in times:
            days[value] += many
    found = sorted(days)
    reached = list(accumulate(days[value] for value in found))
    there = reached[-1] if reached else 0
    middle = [found[bisect(reached, nth)] for nth in ((there - 1) // 2, there // 2)] if there else []
    return Count(median(middle, places=0), there, sum(many for many, _ in parts), found[-1] if found else None)


def _share_part(found, _starts_on, _ends_on) -> list:
    return [sum(fact.counted for fact in found), len(found)]


def _share(parts, _starts_on, _ends_on) -> Count:
    good, all_ = (sum(part[nth] for part in parts) for nth in (0, 1))
    return Count(percentage(good, all_, 1), good, all_)


def _number(parts, _starts_on, _ends_on) -> Count:
    many = sum(part[1] for part in parts)
    return Count(Decimal(many), many, many)


def _mean_part(found, _starts_on, _ends_on) -> list:
    return _times(str(fact.amount) for fact in found if fact.amount is not None)


def _mean(parts, _starts_on, _ends_on) -> Count:
    marks = [Decimal(mark) for mark in _each(parts)]
    mean = average([mark * 2 for mark in marks], 0)
    return Count(None if mean is None else mean / 2, len(marks), len(marks))


def _days_part(found, starts_on, ends_on) -> list:
    ends_on = by.end_of_today(ends_on)
    return [sum(fact.days_in(starts_on, ends_on) for fact in found if fact.counted is used) for used in (True, False)]


def _days_used(parts, _starts_on, _ends_on) -> Count:
    used, there = (sum(part[nth] for part in parts) for nth in (0, 1))
    return Count(percentage(used, there, 1), used, there)


def _days_empty(parts, _starts_on, _ends_on) -> Count:
    used, there = (sum(part[nth] for part in parts) for nth in (0, 1))
    return Count(Decimal(there - used) if there else None, there - used, there)


def _money_here(found, starts_on, ends_on) -> list[Fact]:
    """Payments for a quarter that ends in the month, and budgets with a day in it."""
    return [fact for fact in found if (fact.is_in(starts_on, ends_on) if fact.counted else fact.days_in(starts_on, ends_on))]


def _money_part(found, _starts_on, _ends_on) -> list:
    """Payments and budgets themselves, for there are few, and days of a budget are added up without rounding."""
    return [[fact.reference, fact.counted, str(fact.amount), str(fact.on), fact.until and str(fact.until)] for fact in found]


def _money(parts, starts_on, ends_on) -> Count:
    rows = [row for part in parts for row in part]
    budgets = {row[0]: row for row in rows if not row[1]}
    found = [
        Fact(date.fromisoformat(on), is_paid, Decimal(amount), until and date.fromisoformat(until), reference=reference)
        for reference, is_paid, amount, on, until in [*(row for row in rows if row[1]), *budgets.values()]
    ]
    return by.MONEY.count(found, starts_on, ends_on)


KEPT: dict[Way, Kept] = {
    way: Kept(here, *how) for way, here, *how in (
        (by.MIDDLE, by.MIDDLE.behind, _middle_part, _middle), (by.SHARE, by.SHARE.behind, _share_part, _share),
        (by.NUMBER, by.NUMBER.behind, _share_part, _number), (by.MEAN, by.MEAN.behind, _mean_part, _mean),
        (by.AT_THE_END, by.AT_THE_END.behind, _share_part, _number, True),
        (by.SHARE_AT_THE_END, by.SHARE_AT_THE_END.behind, _share_part, _share, True),
        (by.DAYS_USED, by.DAYS_USED.behind, _days_part, _days_used), (by.DAYS_EMPTY, by.DAYS_EMPTY.behind, _days_part, _days_empty),
        (by.MONEY, _money_here, _money_part, _money),
    )
}  # fmt: skip
