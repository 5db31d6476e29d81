"""Readings are settled, from a day, with why."""

from datetime import date

from django.db import transaction

from core import audit
from core.dates import day_in_words
from core.models import Authority, DatedSetting, User


@transaction.atomic
def settle_reading(name: str, value, *, from_on: date, note: str = "", authority: Authority | None = None, by: User | None) -> DatedSetting:
    """Settle a reading or a number from a day on; the one before it stays true of the days before."""
    row, _ = DatedSetting.objects.update_or_create(
        authority=authority, name=name, from_on=from_on, defaults={"value": value, "note": note}
    )

    audit.record(
        "setting.settled", on=row, by=by, authority=authority, sentence=f"Settled “{name}” from {day_in_words(from_on)}."
    )
    return row
