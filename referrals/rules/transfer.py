"""Transfer: reading a pasted caseload, and which of its rows can come over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

MOST_ROWS = 50


@dataclass(frozen=True)
class Row:
    """One child as pasted: the number, the first day of support, what is planned, and the line itself."""

    case_number: str
    first_supported_on: date | None
    planned_end_on: date | None = None
    review_on: date | None = None
    problem: str = ""
    line: str = ""


def rows_from(text: str, day_from: Callable[[str], date | None]) -> list[Row]:
    """Read one child a line: number, first day, planned end, review; commas, semicolons or tabs between.

    No line is left out: one that cannot be read, or is one too many, has its problem beside it.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    return [_row(line, day_from) if n < MOST_ROWS else _one_too_many(line) for n, line in enumerate(lines)]


def _one_too_many(line: str) -> Row:
    return Row(line.strip()[:40], None, line=line, problem=f"At most {MOST_ROWS} children come over at a time. Bring this one next.")


def _row(line: str, day_from) -> Row:
    mark = next((m for m in "\t;," if m in line), ",")
    parts = [part.strip()[:40] for part in line.split(mark)]
    if any(parts[4:]):
        return Row(parts[0], None, problem=f"“{next(filter(None, parts[4:]))}” is one thing too many on this line.", line=line)
    days = [day_from(part) if part else None for part in [*parts[1:4], "", "", ""][:3]]
    wrong = [part for part, day in zip(parts[1:4], days, strict=False) if part and day is None]
    return Row(parts[0], *days, problem=f"“{wrong[0]}” is not a day." if wrong else "", line=line)


def why_not_transfer(row: Row, on: date, *, holds_one: bool) -> list[str]:
    """TRF-1. A child comes over once, with the day they were first supported, which is past."""
    if row.problem:
        return [row.problem]
    reasons = []
    if row.first_supported_on is None:
        reasons.append("Write the day the child was first supported.")
    elif row.first_supported_on > on:
        reasons.append("The child was first supported after coming over.")
    if row.planned_end_on is not None and row.planned_end_on <= on:
        reasons.append("The planned end is before the child comes over.")
    if holds_one:
        reasons.append("The child has an outreach place already.")
    return reasons
