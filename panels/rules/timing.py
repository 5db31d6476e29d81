"""Timing: when each item is taken, when its presenters come, and in which order referrals are heard."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=10)
FIVE = 5


@dataclass(frozen=True)
class Heard:
    """One referral on an agenda, as its place depends on it."""

    key: int
    rank: int  # of its priority, the most urgent first
    presenter: int | None = None
    family: int | None = None  # what brothers and sisters share


def window(begins_at: datetime, *, late: int = 0) -> tuple[datetime, datetime]:
    """Give the ten minutes in which a presenter arrives: to the five minutes at or before the start."""
    at = begins_at + timedelta(minutes=late)
    at -= timedelta(minutes=at.minute % FIVE, seconds=at.second, microseconds=at.microsecond)
    return at - WINDOW, at


def place_of(new: Heard, line: Sequence[Heard]) -> int:
    """Give where a referral joins a line: after its presenter's or its family's last, otherwise by priority."""
    near = [n for n, heard in enumerate(line) if _belong_together(new, heard)]
    if near:
        return near[-1] + 1
    return next((n for n, heard in enumerate(line) if heard.rank > new.rank), len(line))


def _belong_together(one: Heard, other: Heard) -> bool:
    """The same presenter, or brothers and sisters."""
    return (one.presenter is not None and one.presenter == other.presenter) or (
        one.family is not None and one.family == other.family
    )
