"""The Working Days of one authority: the bank holidays of England and Wales, and its own closures."""

from contextvars import ContextVar
from datetime import date

from django.core.signals import request_finished, request_started

from core.models import Closure
from core.working_days import WorkingDays, england_holidays

# What has been read while one request is answered, by authority; None outside of requests.
_read: ContextVar[dict | None] = ContextVar("closed days read", default=None)
_follow = []


def _begin(**_) -> None:
    """A request begins with nothing read."""
    _read.set({})


def _end(**_) -> None:
    """What was read for a request is not kept for the next."""
    _read.set(None)


request_started.connect(_begin, dispatch_uid="closed days begin")
request_finished.connect(_end, dispatch_uid="closed days end")


def forget() -> None:
    """The days have changed: read them again."""
    if _read.get() is not None:
        _read.set({})


def on_closed_day(function):
    """Register what follows in a lower app's rows when a day is closed; it takes the authority and the day."""
    _follow.append(function)
    return function


def tell_change(authority, on: date, *, by) -> None:
    """Tell whoever keeps days by which something is due that one of them no longer counts."""
    for function in _follow:
        function(authority, on, by=by)


def closed_days(authority_id: int | None) -> frozenset[date]:
    """The days an authority has closed, or that were proclaimed holidays after the list was shipped."""
    known = _read.get()
    if known is not None and authority_id in known:
        return known[authority_id]
    rows = Closure.objects.standing().filter(authority=authority_id)
    days = frozenset(rows.values_list("on", flat=True)) if authority_id else frozenset()
    if known is not None:
        known[authority_id] = days
    return days


def holidays_of(authority_id: int | None) -> frozenset[date]:
    """Every day but weekends that does not count for an authority."""
    return england_holidays() | closed_days(authority_id)


def working_days_of(authority_id: int | None) -> WorkingDays:
    """The calendar by which an authority's open deadlines are counted now."""
    return WorkingDays(holidays_of(authority_id))
