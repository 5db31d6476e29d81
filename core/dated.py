"""Dated settings: the reading in force on a day."""

from datetime import date

from django.db.models import F, Q

from core import clock
from core.models import DatedSetting


def setting(name: str, default, *, authority=None, on: date | None = None):
    """The value of `name` in force on a day (today), the authority's own before the general one."""
    rows = (
        DatedSetting.objects.filter(Q(authority=authority) | Q(authority=None), name=name)
        .filter(from_on__lte=on or clock.today())
        .order_by(F("authority_id").asc(nulls_last=True), "-from_on")
    )
    row = rows.first()
    return default if row is None else row.value
