"""When a service is open: 52 weeks a year, evenings and weekends too, but not on bank holidays (002:716-718)."""

from collections.abc import Collection
from datetime import date, timedelta


def closed_in(year: int, holidays: Collection[date]) -> list[tuple[date, bool]]:
    """Give the days in a year on which the service is closed, and whether each is printed twice over.

    Closed are the bank holidays and, as printed beside them, Christmas Day and Boxing Day. Where one of
    these falls on a weekend its substitute is the bank holiday, so that the day itself is closed by the
    printed words alone: that is the True, a question for the commissioner.
    """
    printed = {date(year, 12, 25), date(year, 12, 26)}
    own = {day for day in holidays if day.year == year}
    return [(day, day not in own) for day in sorted(own | printed)]


def is_open(day: date, holidays: Collection[date]) -> bool:
    """Say whether the service is open on a day."""
    return day not in holidays and (day.month, day.day) not in {(12, 25), (12, 26)}


def days_open(first: date, until: date, holidays: Collection[date]) -> int:
    """Count the days on which the service is open, from a day, its last left out."""
    return sum(is_open(first + timedelta(days=n), holidays) for n in range((until - first).days))
