"""Readings are settled, from a day, with why."""

from datetime import date

from django.db import transaction

from core import audit, clock
from core.dated import numbers
from core.dates import day_in_words
from core.models import Authority, DatedSetting, User
from core.readings import Reading, why_not_settle
from core.rules import refuse_if


@transaction.atomic
def settle_reading(name: str, value, *, from_on: date, note: str = "", authority: Authority | None = None, by: User | None) -> DatedSetting:
    """Settle a reading from a day on; the one before it stays true of the days before."""
    row, _ = DatedSetting.objects.update_or_create(
        authority=authority, name=name, from_on=from_on, defaults={"value": value, "note": note}
    )

    audit.record(
        "setting.settled", on=row, by=by, authority=authority, sentence=f"Settled “{name}” from {day_in_words(from_on)}."
    )
    return row


@transaction.atomic
def settle_number(reading: Reading, number: int | None, *, from_on: date | None, note: str, authority: Authority, by: User) -> DatedSetting:
    """Settle one number for an authority from today or a later day; what it was stays in the trail.

    Locks the authority, so that of two who settle one day each is judged by what the other settled.
    """
    Authority.objects.select_for_update(of=("self",)).get(pk=authority.pk)
    now = numbers(reading.key, authority=authority, on=from_on)[reading.key].number

    refuse_if(why_not_settle(reading, number, now=now, from_on=from_on, today=clock.today(), note=note))

    row, _ = DatedSetting.objects.update_or_create(
        authority=authority, name=reading.key, from_on=from_on,
        defaults={"value": number, "note": note, "confirmed_by": by, "confirmed_at": clock.now()},
    )  # fmt: skip

    audit.record(
        "setting.settled", on=row, by=by, authority=authority,
        sentence=f"{reading.label}: {reading.in_words(number)} from {day_in_words(from_on)}, and {reading.in_words(now)} before.",
    )  # fmt: skip
    return row
