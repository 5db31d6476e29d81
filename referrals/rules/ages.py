"""Ages and deadlines: how long a step has had a referral, in working days, with pauses left out."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from core.working_days import ONE_DAY, WorkingDays

# Working days that each step has; a dated setting of the service may say otherwise.
ALLOWED = {
    "WITH_TM": 2, "WITH_SM": 2, "WITH_STRATEGIC": 2, "RETURNED": 2, "MORE_INFO": 3, "SENT": 2, "READY": 5, "WAITING": 10,
}  # fmt: skip
# A new sending begins the count of these again; waiting for an answer only stops it.
BEGIN_AGAIN = {"DRAFT", "RETURNED", "READY", "WITH_TM", "WITH_SM", "WITH_STRATEGIC"}


class Span(NamedTuple):
    """A time in one status; no last day while it lasts."""

    status: str
    from_on: date
    until_on: date | None = None


def spans(moves: Sequence[tuple[str, date]]) -> list[Span]:
    """Take moves, oldest first, as the status moved to and the day; give the time in each."""
    ends = [day for _, day in moves[1:]] + [None]
    return [Span(status, day, end) for (status, day), end in zip(moves, ends, strict=True)]


def this_turn(found: Sequence[Span], status: str) -> list[Span]:
    """Give the times in a status since its present turn began: a question and its answer do not begin one."""
    turn: list[Span] = []
    for span in found:
        if span.status == status:
            turn.append(span)
        elif span.status in BEGIN_AGAIN:
            turn = []
    return turn


def working_age(found: Sequence[Span], status: str, *, today: date, calendar: WorkingDays) -> int:
    """Give how many working days a step has had a referral in this turn; pauses do not count."""
    turn = this_turn(found, status)
    return sum(calendar.count(span.from_on, min(span.until_on or today, today)) for span in turn)


def due_on(found: Sequence[Span], status: str, *, calendar: WorkingDays,
           allowed: Mapping[str, int] = ALLOWED) -> date | None:  # fmt: skip
    """Give the working day by which a step is due, moved on by its pauses; None where none is set."""
    turn = this_turn(found, status)
    if status not in allowed or not turn:
        return None
    used = sum(calendar.count(span.from_on, span.until_on) for span in turn[:-1] if span.until_on)
    left = allowed[status] - used
    return calendar.add(turn[-1].from_on, left) if left > 0 else calendar.add(turn[-1].from_on + ONE_DAY, left - 1)


def is_overdue(due: date | None, today: date) -> bool:
    """Say whether a deadline has passed; due today is not late."""
    return due is not None and due < today


def late_words(due: date | None, today: date, calendar: WorkingDays) -> str:
    """Give "Due today", "3 working days overdue" or nothing."""
    if due is None or due > today:
        return ""
    if due == today:
        return "Due today"
    days = max(calendar.count(due, today), 1)
    return f"{days} working day{'s' if days != 1 else ''} overdue"


