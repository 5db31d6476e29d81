"""Readings that are settled by date."""

from datetime import date

from django.db import transaction

from core import audit
from core.models import DatedSetting


@transaction.atomic
def settle_reading(name: str, value, *, from_on: date, authority=None, note: str = "", by) -> DatedSetting:
    """Settle one reading or number from a day on."""
    row, _ = DatedSetting.objects.update_or_create(
        authority=authority, name=name, from_on=from_on, defaults={"value": value, "note": note}
    )

    audit.record("reading.settled", on=row, by=by, authority=authority, sentence=f"Settled “{name}” from {from_on}.")
    return row
