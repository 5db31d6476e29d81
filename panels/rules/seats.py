"""Seats: who holds one when, and the days on which nobody does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.dates import day_in_words


@dataclass(frozen=True)
class Span:
    """One person in one seat; the last day is exclusive, None where it is open."""

    name: str
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True)
class Gap:
    """Days on which nobody holds a seat; the last is exclusive, None where it is open."""

    from_on: date
    until_on: date | None = None


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a day."""
    begins_before_end = other.until_on is None or one.from_on < other.until_on
    return begins_before_end and (one.until_on is None or other.from_on < one.until_on)


def gaps(spans: Sequence[Span], since: date) -> list[Gap]:
    """Give the stretches from a day on that no span covers, in order."""
    found, day = [], since
    for span in sorted(spans, key=lambda span: span.from_on):
        if span.from_on > day:
            found.append(Gap(day, span.from_on))
        if span.until_on is None:
            return found
        day = max(day, span.until_on)
    return [*found, Gap(day)]


def why_not_seat(span: Span, others: Sequence[Span], *, is_invitee: bool = False, seat_exists: bool = True) -> list[str]:
    """SEA-1. One person at a time holds a seat; as many are invited as it helps."""
    reasons = [] if seat_exists else ["The terms in force have no such seat."]
    if span.until_on is not None and span.until_on <= span.from_on:
        reasons.append("The day the seat is left must be after the day it is taken.")
    held = [] if is_invitee else [other for other in others if overlap(span, other)]
    return reasons + [
        f"{other.name} holds this seat from {day_in_words(other.from_on)}"
        + (f" until {day_in_words(other.until_on)}" if other.until_on else "")
        + ". Say when they leave it first."
        for other in held
    ]


def why_not_leave(span: Span, leaves_on: date) -> list[str]:
    """SEA-2. A seat is left once, on a day after it was taken."""
    if span.until_on is not None and span.until_on <= leaves_on:
        return [f"{span.name} leaves this seat on {day_in_words(span.until_on)} already."]
    if leaves_on <= span.from_on:
        return [f"{span.name} took this seat on {day_in_words(span.from_on)}: the day it is left must be later."]
    return []
