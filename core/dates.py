"""Days in words, ages and birthdays, as plain date arithmetic."""

from calendar import monthrange
from datetime import date

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]


def day_in_words(day: date) -> str:
    """Say a day as people write it: "3 December 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def birthday(born_on: date, age: int) -> date:
    """Give the day somebody reaches an age; a 29 February child reaches it on 1 March."""
    try:
        return born_on.replace(year=born_on.year + age)
    except ValueError:
        return date(born_on.year + age, 3, 1)


def age_on(born_on: date, day: date) -> int:
    """Give somebody's age in whole years on a day; ValueError before their birth."""
    if day < born_on:
        raise ValueError("Nobody has an age before the day they were born.")
    years = day.year - born_on.year
    return years if birthday(born_on, years) <= day else years - 1


def months_after(day: date, months: int) -> date:
    """Give the same day some months later, or that month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def financial_quarter(day: date) -> str:
    """The quarter of the financial year (from April) that a day is in: "Quarter 3 of 2026/27"."""
    began = day.year if day.month > 3 else day.year - 1
    return f"Quarter {(day.month - 4) % 12 // 3 + 1} of {began}/{(began + 1) % 100:02}"
