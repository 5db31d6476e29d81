"""Dated settings: the reading in force on a day."""

from collections.abc import Callable, Collection
from datetime import date

from django.db.models import F, OuterRef, Q, Subquery

from core import clock
from core.alone import while_alone
from core.models import DatedSetting
from core.readings import InForce, reading
from core.rows_within import rows_within


def setting_in_force(name: str, authority, on: date | None = None) -> Subquery:
    """The value of `name` in force on a day (today) for an authority, which may be of the question around, such as OuterRef("pk")."""
    return Subquery(_in_force(authority, on).filter(name=name).values("value")[:1])


def _in_force(authority, on: date | None):
    """Rows that hold on a day, an authority's own before the general ones, the latest first."""
    rows = DatedSetting.objects.filter(Q(authority=authority) | Q(authority=None), from_on__lte=on or clock.today(), is_proposed=False)
    return rows.order_by(F("authority_id").asc(nulls_last=True), "-from_on")


def setting(name: str, default, *, authority=None, on: date | None = None):
    """The value of `name` in force on a day (today), the authority's own before the general one."""
    row = _in_force(authority, on).filter(name=name).first()
    return default if row is None else row.value


def numbers(*keys: str, authority=None, on: date | None = None) -> dict[str, InForce]:
    """The numbers of declared readings in force on a day (today), asked for at once."""
    day, rows = on or clock.today(), _in_force(authority, date.max).filter(name__in=keys)
    settled = while_alone(("numbers", getattr(authority, "pk", authority), keys), lambda: list(rows), DatedSetting)
    return numbers_from([row for row in settled if row.from_on <= day], *keys)


def numbers_within(authority: str, *keys: str):
    """What `numbers_from` makes numbers in force today of, read within the question about a record that names its authority so."""
    return rows_within(_in_force(OuterRef(authority), None).filter(name__in=keys), "name", "value", "from_on")


def numbers_from(rows, *keys: str) -> dict[str, InForce]:
    """Take settings in force, the first before the others, and keys; give each number, the usual one where nothing was settled."""
    found = {key: InForce(reading(key), reading(key).usual) for key in keys}
    for row in reversed(rows):
        found[row.name] = InForce(reading(row.name), row.value, row.from_on)
    return found


def number(key: str, *, authority=None, on: date | None = None) -> int:
    """One number in force on a day (today)."""
    return numbers(key, authority=authority, on=on)[key].number


def number_by_day(key: str, *, authority=None) -> Callable[[date], int]:
    """One number over time, read once: give what it was on a day, for lists that judge each row by its own day."""
    rows = [(row.from_on, row.value) for row in reversed(_in_force(authority, date.max).filter(name=key))]

    def on(day: date) -> int:
        return next((value for from_on, value in reversed(rows) if from_on <= day), reading(key).usual)

    return on


def numbers_of(authorities: Collection, *keys: str) -> dict:
    """The numbers in force today for each of some authorities, by authority."""
    return {authority: numbers(*keys, authority=authority) for authority in sorted(set(authorities))}
