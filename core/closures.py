"""The Working Days of one authority: the bank holidays of England and Wales, and its own closures."""

from datetime import date
from functools import lru_cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef

from core.alone import while_alone
from core.models import Closure
from core.once import know, once
from core.working_days import WorkingDays, england_holidays

_follow = []


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
    return once(("closed days", authority_id), lambda: _closed_days(authority_id), in_deeds=True) if authority_id else frozenset()


def days_closed(authority: str = "pk"):
    """The days that an authority has closed, as an expression of a question whose records name it so."""
    return ArraySubquery(Closure.objects.standing().filter(authority=OuterRef(authority)).values("on"))


def _closed_days(authority_id: int) -> frozenset[date]:
    days = Closure.objects.standing().filter(authority=authority_id).values_list("on", flat=True)
    return while_alone(("closed days", authority_id), lambda: frozenset(days), Closure)


def know_closed_days(authority_id: int, days) -> None:
    """These days were read with something else, and need not be asked for again on this page."""
    know(("closed days", authority_id), frozenset(days))


def holidays_of(authority_id: int | None) -> frozenset[date]:
    """Every day but weekends that does not count for an authority."""
    return england_holidays() | closed_days(authority_id)


def working_days_of(authority_id: int | None) -> WorkingDays:
    """The calendar by which an authority's open deadlines are counted now."""
    return _calendar(closed_days(authority_id))


@lru_cache(maxsize=64)
def _calendar(closed: frozenset[date]) -> WorkingDays:
    """The calendar in which these days are closed, put together once for the same days: a page of fifty rows asks a hundred times."""
    return WorkingDays(england_holidays() | closed)
