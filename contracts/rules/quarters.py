"""Quarters of the financial year, which begins on 1 April."""

import re
from dataclasses import dataclass
from datetime import date

MONTHS = {1: ("April", "June"), 2: ("July", "September"), 3: ("October", "December"), 4: ("January", "March")}


@dataclass(frozen=True, order=True)
class Quarter:
    """One quarter: the year its financial year begins in, and its number from 1 to 4."""

    year: int
    number: int

    @property
    def slug(self) -> str:
        """As it stands in addresses: "2026-27-q2"."""
        return f"{self.year}-{(self.year + 1) % 100:02}-q{self.number}"

    @property
    def financial_year(self) -> str:
        """As documents write it: "2026/27"."""
        return f"{self.year}/{(self.year + 1) % 100:02}"

    @property
    def starts_on(self) -> date:
        """Its first day."""
        return date(self.year + self.number // 4, self.number * 3 % 12 + 1, 1)

    @property
    def ends_on(self) -> date:
        """The day after its last."""
        return self.following.starts_on

    @property
    def following(self) -> "Quarter":
        """The quarter after it."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    def __str__(self):
        first, last = MONTHS[self.number]
        return f"Quarter {self.number}, {first} to {last} {self.starts_on.year}"


def quarter_of(day: date) -> Quarter:
    """Give the quarter that a day is in."""
    year = day.year - (day.month < 4)
    return Quarter(year, (day.month - 4) % 12 // 3 + 1)


def quarter_from(slug: str) -> Quarter | None:
    """Take "2026-27-q2"; give the quarter, or None where it names none."""
    found = re.fullmatch(r"(2\d{3})-(\d\d)-q([1-4])", slug, re.ASCII)
    quarter = Quarter(int(found[1]), int(found[3])) if found else None
    return quarter if quarter and quarter.slug == slug else None


def quarter_before(day: date) -> Quarter:
    """Give the last quarter that has ended by a day."""
    now = quarter_of(day)
    return Quarter(now.year - (now.number == 1), (now.number - 2) % 4 + 1)


def quarters_of(from_on: date, until_on: date) -> list[Quarter]:
    """Give every quarter that has a day from one day to before another, in order."""
    found = [quarter_of(from_on)]
    while found[-1].ends_on < until_on:
        found.append(found[-1].following)
    return found
