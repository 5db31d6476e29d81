"""Periods of whole months that end with this one."""

from datetime import date

from core.dates import months_after

LENGTHS = {"quarter": 3, "year": 12, "month": 1}


def period_dates(chosen: str, today: date) -> tuple[date, date]:
    """The first day, and the day after the last, of so many months to the end of this one."""
    ends_on = months_after(today.replace(day=1), 1)
    return months_after(ends_on, -LENGTHS[chosen]), ends_on
