"""A child's weeks: when one is the same as the last, when it may be recorded, and runs of equal weeks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from core.dates import day_in_words
from core.rules import FieldReason

WEEK = timedelta(days=7)


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class WeekFacts:
    """What is written down about one child's week before anybody confirms it."""

    events: Sequence[str] = ()
    incidents: int = 0
    missing: int = 0
    is_over_time: bool = False
    has_contact: bool = False
    moved: bool = False


def why_not_same_as_last_week(facts: WeekFacts) -> list[str]:
    """WKS-1. A week with an event, a missing episode, an incident, an over-run or no contact is not the same as the last."""
    judged = [
        (facts.moved, "Moved home this week"),
        (facts.missing, "Missing from home this week"),
        (facts.incidents, "An incident is written down"),
        (facts.events, f"Written down: {', '.join(facts.events)}"),
        (facts.is_over_time, "Over the planned end of the stay"),
        (not facts.has_contact, "No contact logged"),
    ]
    return [words for holds, words in judged if holds]


def why_not_record_week(week: date, *, today: date, since: date | None) -> list[str]:
    """WKS-2. A week is recorded from its Monday on, once the child's journey has begun."""
    if week.weekday():
        return [f"{day_in_words(week)} is not a Monday. Weeks run Monday to Sunday."]
    if week > today:
        return ["That week has not begun yet."]
    if since is not None and week + WEEK <= since:
        return [f"The journey is written down from {day_in_words(since)}. That week is before it."]
    return []


def why_not_event(on: date | None, *, week: date, today: date, field: str = "event_on") -> list[str]:
    """WKS-3. What happened is written on its own day, inside the week and not in the future."""
    if on is None:
        return [FieldReason(field, "Enter the day it happened.")]
    if not week <= on < week + WEEK:
        last = week + timedelta(days=6)
        return [FieldReason(field, f"This week runs from {day_in_words(week)} to {day_in_words(last)}. Choose a day in it.")]
    return [FieldReason(field, "That day has not come yet.")] if on > today else []


def why_not_scenario(steps: Iterable[tuple[date, date | None]]) -> list[str]:
    """SCN-1. A journey's homes follow one another without sharing a day."""
    held, reasons = sorted(steps, key=lambda step: step[0]), []
    for start, end in held:
        if end is not None and end <= start:
            reasons.append("A home ends after the day it starts.")
    for (_, end), (start, _) in pairwise(held):
        if end is None or end > start:
            reasons.append(f"Two homes share {day_in_words(start)}. End the first by then.")
    return reasons


@dataclass(frozen=True)
class Run:
    """Neighbouring weeks that say the same."""

    at: int
    weeks: int
    value: object

    @property
    def until(self) -> int:
        """The first week after the run."""
        return self.at + self.weeks


def runs(values: Sequence[object]) -> list[Run]:
    """Give a row's neighbouring equal values as runs, in order."""
    found: list[Run] = []
    for at, value in enumerate(values):
        if found and found[-1].value == value:
            last = found[-1]
            found[-1] = Run(last.at, last.weeks + 1, value)
        else:
            found.append(Run(at, 1, value))
    return found


def weeks_from(first: date, number: int) -> list[date]:
    """Give some Mondays, from the week of a day on."""
    return [monday(first) + WEEK * n for n in range(number)]


def weeks_of(starts_on: date, ends_on: date | None, weeks: Sequence[date]) -> tuple[int, int]:
    """Give the first column a period takes and the first it does not; an open end takes them all."""
    start = (starts_on - weeks[0]).days // 7
    until = len(weeks) if ends_on is None else -(-(ends_on - weeks[0]).days // 7)
    return min(max(start, 0), len(weeks)), min(max(until, 0), len(weeks))
