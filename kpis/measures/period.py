"""Periods: those a page may be about, by their names in addresses, and those of packs."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from contracts.rules.quarters import Quarter, quarter_before, quarter_from, quarter_of
from core.dates import months_after

LENGTHS = {"quarter": 3, "year": 12, "month": 1}
MONTHS, QUARTERS, YEARS = 13, 8, 3
NAMES = {1: "month", 3: "quarter", 12: "year"}


@dataclass(frozen=True)
class Period:
    """One month, quarter or financial year: its name in addresses, its words, its first day and the day after its last."""

    slug: str
    words: str
    starts_on: date
    ends_on: date

    @property
    def last_day(self) -> date:
        """Its last day."""
        return self.ends_on - timedelta(days=1)

    @property
    def words_alone(self) -> str:
        """Its words without its number: "July to September 2026"."""
        return self.words.partition(", ")[2] or self.words

    @property
    def short(self) -> str:
        """Its words where there is little room: a quarter by its months alone."""
        return f"{self.starts_on:%b} to {self.last_day:%b %Y}" if self.months == 3 else self.words

    @property
    def months(self) -> int:
        """How many months it has."""
        return (self.ends_on.year - self.starts_on.year) * 12 + self.ends_on.month - self.starts_on.month

    @property
    def noun(self) -> str:
        """ "month", "quarter" or "year"."""
        return NAMES[self.months]


@lru_cache(maxsize=512)
def month_of(day: date) -> Period:
    """The month that a day is in: "2026-10"."""
    first = day.replace(day=1)
    return Period(f"{first:%Y-%m}", f"{first:%B} {first.year}", first, months_after(first, 1))


@lru_cache(maxsize=128)
def of_quarter(quarter: Quarter) -> Period:
    """A quarter as a period: "2026-27-q2"."""
    return Period(quarter.slug, str(quarter), quarter.starts_on, quarter.ends_on)


@lru_cache(maxsize=128)
def year_of(day: date) -> Period:
    """The financial year that a day is in: "2026-27"."""
    began = day.year - (day.month < 4)
    slug = f"{began}-{(began + 1) % 100:02}"
    return Period(slug, f"Year {began}/{(began + 1) % 100:02}", date(began, 4, 1), date(began + 1, 4, 1))


def period_from(slug: str) -> Period | None:
    """Take a name as it stands in addresses; give the period, or None where it names none."""
    quarter = quarter_from(slug)
    if quarter is not None:
        return of_quarter(quarter)
    month = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", slug, re.ASCII)
    year = re.fullmatch(r"(20\d\d)-(\d\d)", slug, re.ASCII)
    if year:
        found = year_of(date(int(year[1]), 4, 1))
        if found.slug == slug:
            return found
    return month_of(date(int(month[1]), int(month[2]), 1)) if month else None


@lru_cache(maxsize=8)
def offered(today: date) -> list[tuple[str, list[Period]]]:
    """The periods that a page offers, in groups, the newest first."""
    months = [month_of(months_after(today.replace(day=1), -back)) for back in range(MONTHS)]
    quarters, years = [of_quarter(quarter_of(today))], [year_of(today)]
    while len(quarters) < QUARTERS:
        quarters.append(of_quarter(quarter_before(quarters[-1].starts_on)))
    while len(years) < YEARS:
        years.append(year_of(years[-1].starts_on - timedelta(days=1)))
    return [("Quarters", quarters), ("Years", years), ("Months", months)]


@lru_cache(maxsize=8)
def choices_of(today: date) -> list[tuple[str, list[tuple[str, str]]]]:
    """The same as a list offers them: the names in addresses and the short words, in their groups."""
    return [(name, [(each.slug, each.short) for each in periods]) for name, periods in offered(today)]


def last_quarter(today: date) -> Period:
    """The last quarter that has ended."""
    return of_quarter(quarter_before(today))


def period_dates(chosen: str, today: date) -> tuple[date, date]:
    """The first day, and the day after the last, of so many months to the end of this one."""
    ends_on = months_after(today.replace(day=1), 1)
    return months_after(ends_on, -LENGTHS[chosen]), ends_on
