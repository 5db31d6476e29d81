"""Readings are settled, from a day, with why."""

from datetime import date

from django.db import transaction

from core import audit, clock
from core.dated import numbers
from core.dates import day_in_words
from core.models import Authority, DatedSetting, User
from core.readings import (
    Reading,
    reading,
    why_not_confirm_number,
    why_not_settle,
)
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
def settle_number(settled: Reading, number: int | None, *, from_on: date | None, note: str, authority: Authority, by: User) -> DatedSetting:
    """Settle one number for an authority from today or a later day; what it was stays in the trail.

    One that takes two people holds once somebody else has confirmed it. Locks the authority, so that
    of two who settle one day each is judged by what the other settled.
    """
    Authority.objects.select_for_update(of=("self",)).get(pk=authority.pk)
    now = numbers(settled.key, authority=authority, on=from_on)[settled.key].number

    refuse_if(why_not_settle(settled, number, now=now, from_on=from_on, today=clock.today(), note=note))

    confirmed = (None, None) if settled.takes_two else (by, clock.now())
    row, _ = DatedSetting.objects.update_or_create(
        authority=authority, name=settled.key, from_on=from_on, is_proposed=settled.takes_two,
        defaults={"value": number, "note": note, "settled_by": by, "confirmed_by": confirmed[0], "confirmed_at": confirmed[1]},
    )  # fmt: skip

    waits = ", for somebody else to confirm" if settled.takes_two else ""
    audit.record(
        "setting.settled", on=row, by=by, authority=authority,
        sentence=f"{settled.label}: {settled.in_words(number)} from {day_in_words(from_on)}, and {settled.in_words(now)} before{waits}.",
    )  # fmt: skip
    return row


def _proposed(row: DatedSetting, by: User, *, is_dropped: bool = False) -> DatedSetting:
    """The proposal, locked, with the authority it is for; refused to whoever settled it, unless it is only dropped."""
    Authority.objects.select_for_update(of=("self",)).get(pk=row.authority_id)
    row = DatedSetting.objects.select_for_update(of=("self",)).filter(pk=row.pk).first() or row
    settled_by = None if is_dropped else row.settled_by_id
    is_there = row.is_proposed and DatedSetting.objects.filter(pk=row.pk).exists()
    refuse_if(why_not_confirm_number(is_proposed=is_there, settled_by=settled_by, confirming=by.pk))
    return row


@transaction.atomic
def confirm_number(row: DatedSetting, *, by: User) -> DatedSetting:
    """A second person confirms a number that takes two; one whose day has passed meanwhile holds from today."""
    row = _proposed(row, by)

    from_on = max(row.from_on, clock.today())
    DatedSetting.objects.filter(authority=row.authority_id, name=row.name, from_on=from_on, is_proposed=False).delete()
    row.from_on, row.is_proposed, row.confirmed_by, row.confirmed_at = from_on, False, by, clock.now()
    row.save()

    found = reading(row.name)
    audit.record(
        "setting.confirmed", on=row, by=by, authority=row.authority,
        sentence=f"{found.label}: confirmed {found.in_words(row.value)} from {day_in_words(from_on)}.",
    )  # fmt: skip
    return row


@transaction.atomic
def drop_number(row: DatedSetting, *, by: User) -> None:
    """A number that was proposed is not to be; the trail keeps that it was."""
    row = _proposed(row, by, is_dropped=True)
    found = reading(row.name)

    audit.record(
        "setting.dropped", on=row, by=by, authority=row.authority,
        sentence=f"{found.label}: {found.in_words(row.value)} from {day_in_words(row.from_on)} is not confirmed.",
    )  # fmt: skip
    row.delete()
