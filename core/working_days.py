"""Working days: plain date arithmetic over weekdays and bank holidays."""

import json
from bisect import bisect_right
from collections.abc import Collection
from datetime import date, timedelta
from functools import cache, cached_property
from importlib.resources import files

ONE_DAY = timedelta(days=1)
SATURDAY = 5


class WorkingDays:
    """A calendar in which weekends and the given holidays do not count."""

    def __init__(self, holidays: Collection[date]) -> None:
        self.holidays = frozenset(holidays)

    def is_working(self, day: date) -> bool:
        """Say whether a day is neither a weekend nor a holiday."""
        return day.weekday() < SATURDAY and day not in self.holidays

    def add(self, day: date, n: int) -> date:
        """Give the n-th working day after a day, or before it when n is negative.

        With n = 0 the day itself is given when it is working; otherwise ValueError.
        """
        if n == 0 and not self.is_working(day):
            raise ValueError(f"{day:%Y-%m-%d} is not a working day.")
        step = ONE_DAY if n > 0 else -ONE_DAY
        left = abs(n)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def last_day_for_notice(self, meeting_on: date, days: int, *, clear: bool = True) -> date:
        """Give the last working day on which notice of a meeting may be given.

        Clear days leave out both the day of notice and the day of the meeting;
        otherwise only the day of notice is left out. The meeting may fall on any day.
        """
        if days < 0:
            raise ValueError("A notice period cannot be negative.")
        meeting_day_counts = not clear and self.is_working(meeting_on)
        return self.add(meeting_on, -days if meeting_day_counts else -days - 1)

    def count(self, after: date, until: date) -> int:
        """Count the working days after one day, up to and including another: by whole weeks, without the holidays between."""
        if until <= after:
            return 0
        between = bisect_right(self._lost, until) - bisect_right(self._lost, after)
        return _weekdays(until) - _weekdays(after) - between

    @cached_property
    def _lost(self) -> list[date]:
        """The holidays that take a working day away, in their order."""
        return sorted(day for day in self.holidays if day.weekday() < SATURDAY)


def _weekdays(until: date) -> int:
    """How many days from Monday to Friday there were since the first, a Monday, up to and including this one."""
    weeks, days = divmod(until.toordinal(), 7)
    return weeks * SATURDAY + min(days, SATURDAY)


@cache
def england_holidays() -> frozenset[date]:
    """Give the bank holidays of England and Wales, from GOV.UK's list as shipped, no network."""
    shipped = json.loads((files("govuk_bank_holidays") / "bank-holidays.json").read_text())
    return frozenset(date.fromisoformat(holiday["date"]) for holiday in shipped["england-and-wales"]["events"])


def holidays_known_until() -> date:
    """Give the last day of the last year in that list; later holidays are not yet known."""
    return date(max(england_holidays()).year, 12, 31)
