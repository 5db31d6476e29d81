"""One thing to do, and the words for when it is due."""

from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, timedelta

from core import clock
from core.closures import working_days_of
from core.working_days import WorkingDays

MOST_OF_A_KIND = 25


@dataclass
class Thing:
    """One deed that waits: what, why, by when, and whether it waits for this person or another."""

    label: str
    url: str
    why: str = ""
    due: date | None = None
    detail: str = ""
    waits_for: str = ""
    when: str = ""
    late: bool = False


# The calendar by which the things being gathered are counted: that of whoever they are gathered for.
_calendar: ContextVar[WorkingDays | None] = ContextVar("calendar of To do", default=None)


def count_for(user) -> None:
    """What is gathered from now on is counted by the Working Days of the person's authority."""
    _calendar.set(working_days_of(user.acting.authority_id))


def calendar() -> WorkingDays:
    """The Working Days that things are counted by."""
    return _calendar.get() or working_days_of(None)


def working_days_after(moment, days: int) -> date:
    """The Working Day so many after a moment."""
    return calendar().add(moment.astimezone(clock.LONDON).date(), days)


def long_day(day: date) -> str:
    """A day as rows of To do say it: "Friday 20 November"."""
    return f"{day:%A} {day.day} {day:%B}"


def worded(thing: Thing, today: date) -> Thing:
    """The same thing with its day in words, and how late it is."""
    if thing.waits_for:
        thing.when = long_day(thing.due) if thing.due else thing.waits_for
        thing.detail = thing.detail or (f"{thing.waits_for} next" if thing.due else "")
    elif thing.due is None:
        thing.when = "When you can"
    elif thing.due < today:
        late = max(calendar().count(thing.due, today), 1)
        thing.when, thing.late = f"{late} working day{'s' if late != 1 else ''} late", True
        thing.detail = f"Was due {long_day(thing.due)}"
    elif thing.due == today:
        thing.when = "Today"
    else:
        thing.when = long_day(thing.due)
    return thing


def group_of(thing: Thing, today: date) -> str:
    """The group of the page a thing stands in."""
    if thing.waits_for:
        return "Waiting on others"
    if thing.due is None:
        return "This week"
    if thing.due < today:
        return "Overdue"
    if thing.due == today:
        return "Due today"
    return "This week" if thing.due <= today + timedelta(days=7) else "Later"
