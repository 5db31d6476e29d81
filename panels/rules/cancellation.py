"""Cancellation: until when a meeting may be cancelled, and what is recorded first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.dates import day_in_words
from panels.rules.notice import cancellation_is_in_time


@dataclass(frozen=True)
class Cancelling:
    """What is asked: one meeting called off, now."""

    starts_at: datetime
    now: datetime
    hours: int | None = 24  # None where the terms are silent
    is_lack_of_business: bool = False
    without_a_view: Sequence[str] = ()  # Representatives with no view and no day to answer by
    left_that_year: int = 0  # meetings that count, without this one
    fewest_a_year: int | None = None
    reason: str = ""


def why_not_cancel(cancelling: Cancelling) -> list[str]:
    """CAN-1. A cancellation is served on every Representative at least 24 hours before the start."""
    reasons = []
    if cancelling.now >= cancelling.starts_at:
        reasons.append("The time this meeting was to start has passed.")
    elif not _is_in_time(cancelling):
        reasons.append(
            f"The meeting starts in less than {cancelling.hours} hours, so it cannot be cancelled; "
            "record it as not held, with a reason."
        )
    reasons += why_not_lack_business(cancelling)
    return reasons + why_not_leave_too_few(cancelling)


def _is_in_time(cancelling: Cancelling) -> bool:
    hours = cancelling.hours or 0
    return cancellation_is_in_time(cancelling.starts_at, cancelling.now, hours=hours)


def why_not_lack_business(cancelling: Cancelling) -> list[str]:
    """CAN-2. Each Representative's view comes before a meeting is cancelled for lack of business."""
    if not cancelling.is_lack_of_business:
        return []
    return [
        f"Record the view of {name}, or that they did not answer by a date."
        for name in cancelling.without_a_view
    ]


def why_not_leave_too_few(cancelling: Cancelling) -> list[str]:
    """CAN-3. A cancellation that leaves fewer meetings than the terms ask says why."""
    fewest = cancelling.fewest_a_year
    if fewest is None or cancelling.left_that_year >= fewest or cancelling.reason.strip():
        return []
    return [
        (
            f"This leaves {cancelling.left_that_year} meetings in the year, and the terms ask for "
            f"at least {fewest}: say why."
        )
    ]


def why_not_call_off(*, chairs: bool) -> list[str]:
    """CAN-6. A meeting is cancelled, or recorded as not held, by its chair or by somebody named to act as chair."""
    return [] if chairs else ["Only the chair, or somebody named to act as chair, cancels a meeting."]


def why_not_be_silent(name: str, answer_by: date, today: date) -> list[str]:
    """CAN-4. A Representative counts as not having answered once the day to answer by has passed."""
    if answer_by < today:
        return []
    return [f"{name} may still answer until {day_in_words(answer_by)}: that day has not passed."]
