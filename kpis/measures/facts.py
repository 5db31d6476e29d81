"""What a measure counts: one fact a record, and the ways in which facts of a period become a figure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from core import clock
from core.figures import average, median, percentage


@dataclass(frozen=True, slots=True)
class Fact:
    """One record behind a figure: its day (or first day, with the day after its last), and whether it counts or is only in "of".

    `part` says which part of a breakdown it is: an outcome, or how long a home had lasted.
    """

    on: date
    counted: bool = True
    amount: Decimal | int | None = None
    until: date | None = None
    record: str = ""
    reference: str = ""
    service: str = ""
    part: str = ""

    def is_in(self, starts_on: date, ends_on: date) -> bool:
        """True where its day is in a period."""
        return starts_on <= self.on < ends_on

    def days_in(self, starts_on: date, ends_on: date) -> int:
        """How many of its days fall in a period; one without a last day runs on."""
        return max((min(self.until or ends_on, ends_on) - max(self.on, starts_on)).days, 0)

    def stands_on(self, day: date) -> bool:
        """True where a day is one of its days."""
        return self.on <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Count:
    """What one period came to: the figure, what it was counted from, and what was left out."""

    value: Decimal | None
    numerator: int
    denominator: int
    longest: int | None = None

    @property
    def rest(self) -> int:
        """What is in "of" and not counted."""
        return self.denominator - self.numerator


@dataclass(frozen=True, eq=False)
class Way:
    """How facts become a figure, and which of them stand behind it in a period.

    `adds_up` is true where the counts of two periods after one another are the count of both; `says_of` where what it is of
    says more than the figure.
    """

    count: Callable[[Sequence[Fact], date, date], Count]
    behind: Callable[[Sequence[Fact], date, date], list[Fact]]
    adds_up: bool = True
    says_of: bool = True


def day_of(moment: datetime) -> date:
    """The day of a moment, in London."""
    return moment.astimezone(clock.LONDON).date()


def within(starts_on: date, ends_on: date) -> tuple[datetime, datetime]:
    """The moments a period runs between."""
    return clock.moment(starts_on, clock.MIDNIGHT), clock.moment(ends_on, clock.MIDNIGHT)


def _of_period(facts: Iterable[Fact], starts_on: date, ends_on: date) -> list[Fact]:
    """Those whose day is in the period."""
    return [fact for fact in facts if fact.is_in(starts_on, ends_on)]


def _last_day(ends_on: date) -> date:
    """The last day of a period, or today where it has not ended."""
    return min(ends_on - timedelta(days=1), clock.today())


def end_of_today(ends_on: date) -> date:
    """The day after the last day of a period that has come."""
    return _last_day(ends_on) + timedelta(days=1)


def _standing(facts: Iterable[Fact], _starts_on: date, ends_on: date) -> list[Fact]:
    """Those that stand on the last day."""
    day = _last_day(ends_on)
    return [fact for fact in facts if fact.stands_on(day)]


def _running(facts: Iterable[Fact], starts_on: date, ends_on: date) -> list[Fact]:
    """Those with a day in the period, to the end of today."""
    ends_on = end_of_today(ends_on)
    return [fact for fact in facts if fact.days_in(starts_on, ends_on)]


def _middle(facts, starts_on: date, ends_on: date) -> Count:
    """The middle and the longest of what ended in the period, of all that did."""
    here = _of_period(facts, starts_on, ends_on)
    days = [fact.amount for fact in here if fact.counted]
    return Count(median(days, places=0), len(days), len(here), max(days, default=None))


def _share(facts, starts_on: date, ends_on: date) -> Count:
    """How many of those in the period were as they should be."""
    return share_of(_of_period(facts, starts_on, ends_on))


def share_of(here: Sequence[Fact]) -> Count:
    """How many of some facts count, as a percentage."""
    good = sum(fact.counted for fact in here)
    return Count(percentage(good, len(here), 1), good, len(here))


def _number(facts, starts_on: date, ends_on: date) -> Count:
    """How many there were in the period."""
    many = len(_of_period(facts, starts_on, ends_on))
    return Count(Decimal(many), many, many)


def _mean(facts, starts_on: date, ends_on: date) -> Count:
    """The mean of what was given in the period, to the nearest half, so that no single one is told."""
    marks = [fact.amount for fact in _of_period(facts, starts_on, ends_on) if fact.amount is not None]
    mean = average([mark * 2 for mark in marks], 0)
    return Count(None if mean is None else mean / 2, len(marks), len(marks))


def _at_the_end(facts, starts_on: date, ends_on: date) -> Count:
    """How many stand on the last day."""
    many = len(_standing(facts, starts_on, ends_on))
    return Count(Decimal(many), many, many)


def _share_at_the_end(facts, starts_on: date, ends_on: date) -> Count:
    """How many of those that stand on the last day count."""
    return share_of(_standing(facts, starts_on, ends_on))


def _days_used(facts, starts_on: date, ends_on: date) -> Count:
    """Place-days used over place-days open, to the end of today."""
    used, there = _days(facts, starts_on, ends_on)
    return Count(percentage(used, there, 1), used, there)


def _days_empty(facts, starts_on: date, ends_on: date) -> Count:
    """Place-days open in which nobody was in the place."""
    used, there = _days(facts, starts_on, ends_on)
    return Count(Decimal(there - used) if there else None, there - used, there)


def _days(facts, starts_on: date, ends_on: date) -> tuple[int, int]:
    """Days used (what counts) and days open (what does not), to the end of today."""
    ends_on = end_of_today(ends_on)
    return tuple(sum(fact.days_in(starts_on, ends_on) for fact in facts if fact.counted is used) for used in (True, False))


def _money(facts, starts_on: date, ends_on: date) -> Count:
    """What was spent over the part of the budgets that falls in the period, by days, in whole pounds."""
    spent = sum((fact.amount for fact in facts if fact.counted and fact.is_in(starts_on, ends_on)), Decimal(0))
    due = sum(
        (fact.amount * fact.days_in(starts_on, ends_on) / (fact.until - fact.on).days for fact in facts if not fact.counted),
        Decimal(0),
    )
    return Count(percentage(spent, due, 1), int(spent), round(due))


MIDDLE = Way(_middle, _of_period)
SHARE = Way(_share, _of_period)
NUMBER = Way(_number, _of_period, says_of=False)
MEAN = Way(_mean, _of_period, says_of=False)
AT_THE_END = Way(_at_the_end, _standing, adds_up=False, says_of=False)
SHARE_AT_THE_END = Way(_share_at_the_end, _standing, adds_up=False)
DAYS_USED = Way(_days_used, _running)
DAYS_EMPTY = Way(_days_empty, _running)
MONEY = Way(_money, _running)
