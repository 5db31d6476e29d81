"""The only clock: what now is, and what day it is in England."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

LONDON = ZoneInfo("Europe/London")
TEN = time(10)
MIDNIGHT = time(0)
ONE_DAY = timedelta(days=1)
_held: ContextVar[datetime | None] = ContextVar("held clock", default=None)


def _shift() -> timedelta:
    """How far a demonstration's clock has been moved: from when it was set to the day (or moment) chosen."""
    if not settings.CLOCK_TODAY:
        return timedelta(0)
    set_on = settings.CLOCK_SET_ON or timezone.localdate().isoformat()
    return datetime.fromisoformat(settings.CLOCK_TODAY) - datetime.fromisoformat(set_on)


def now() -> datetime:
    """This moment, aware, as the service sees it."""
    return _held.get() or timezone.now() + _shift()


def today() -> date:
    """Today's date in England."""
    return now().astimezone(LONDON).date()


def moment(day: date, at: time = time(9)) -> datetime:
    """`day` at a time of day in England, as an aware datetime."""
    return datetime.combine(day, at, tzinfo=LONDON)


def minutes(number: int) -> timedelta:
    """A length of time."""
    return timedelta(minutes=number)


@contextmanager
def held_at(when: datetime | date) -> Iterator[None]:
    """Hold the clock at a moment (a date means 9am), for tests and the demonstration's past."""
    token = _held.set(when if isinstance(when, datetime) else moment(when))
    try:
        yield
    finally:
        _held.reset(token)
