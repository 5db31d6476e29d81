"""Closing: when a place is taken out of use, or a service told how many places it has."""

from collections.abc import Sequence
from datetime import date, timedelta

from core.dates import day_in_words

LONGEST = timedelta(days=366 * 2)


def why_not_take_out(from_on: date, until_on: date | None, reason: str, *, today: date) -> list[str]:
    """OUT-1. A place is taken out of use between real days, with a reason."""
    reasons = [] if reason.strip() else ["Say why it is out of use."]
    if from_on < today - timedelta(days=31):
        reasons.append("It went out of use more than a month ago: enter it from a later day.")
    if from_on > today + LONGEST:
        reasons.append("That is more than two years away.")
    if until_on is not None and until_on <= from_on:
        reasons.append("It comes back into use after the day it goes out.")
    return reasons


def why_not_tell(from_on: date, later: Sequence[date]) -> list[str]:
    """OUT-2. A service is told its places from a day in the order of days."""
    return [
        f"It was told already what it has from {day_in_words(day)}: change that first."
        for day in sorted(later)
        if day > from_on
    ]
