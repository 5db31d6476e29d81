"""Cover: who signs for somebody who is away, and between which days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.dates import day_in_words
from core.rules import FieldReason

LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Away:
    """One time away: who acts, and the first and last day of it."""

    acts: str
    from_on: date
    last_on: date


@dataclass(frozen=True)
class Asked:
    """A cover as it is asked for."""

    away: str | int
    acts: str | int
    acts_may_sign: bool
    from_on: date
    last_on: date
    today: date


def why_not_cover(asked: Asked) -> list[str]:
    """COV-1. Cover is given by somebody else who signs referrals themselves."""
    reasons = []
    if asked.away == asked.acts:
        reasons.append(FieldReason("acts", "Choose somebody other than the person who is away."))
    if not asked.acts_may_sign:
        reasons.append(FieldReason("acts", "Choose somebody who signs referrals off themselves."))
    return reasons + why_not_between(asked.from_on, asked.last_on, asked.today)


def why_not_between(from_on: date, last_on: date, today: date) -> list[str]:
    """COV-2. Cover has a first and a last day, in order, not over already and not longer than a year."""
    if last_on < from_on:
        return [FieldReason("last_on", "The last day must be on or after the first.")]
    if last_on < today:
        return [FieldReason("last_on", "The last day has passed already.")]
    if last_on - from_on > LONGEST:
        return [FieldReason("last_on", "Cover lasts a year at most. Choose an earlier last day.")]
    return []


def why_not_overlap(asked: Away, others: Sequence[Away], *, knowingly: bool) -> list[str]:
    """COV-3. Cover that overlaps other cover is added only knowingly."""
    if knowingly:
        return []
    return [
        FieldReason(
            "knowingly",
            f"{other.acts} already acts from {day_in_words(other.from_on)} to {day_in_words(other.last_on)}."
            " Tick this to have both.",
        )
        for other in others
        if other.from_on <= asked.last_on and asked.from_on <= other.last_on
    ]
