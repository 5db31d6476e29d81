"""The register of interests: entries made and ended by the person, and the whole confirmed once a year."""

from datetime import date

from django.db import transaction

from core import audit, clock
from core.models import User
from core.rules import FieldReason, refuse_if
from panels.models import RegisterConfirmation, RegisterEntry
from panels.rules.interests import why_not_register


@transaction.atomic
def add_to_register(*, kind: str, nature: str, since_on: date, organisation=None, by: User) -> RegisterEntry:
    """Declare a standing interest of one's own."""
    refuse_if(FieldReason("nature", reason) for reason in why_not_register(nature))

    entry = RegisterEntry.objects.create(
        person=by, kind=kind, nature=nature.strip(), since_on=since_on, organisation=organisation, declared_at=clock.now()
    )

    audit.record("register.added", on=entry, by=by, sentence=f"{by.full_name} declared a standing interest.")
    return entry


@transaction.atomic
def end_in_register(entry: RegisterEntry, *, on: date, by: User) -> RegisterEntry:
    """An interest is no more; it stays in the register as past."""
    reasons = why_not_register(entry.nature, is_ended_before_it_began=on < entry.since_on)
    refuse_if(reasons + ([] if entry.person_id == by.pk else ["Only the person ends an interest of theirs."]))

    entry.ended_on = on
    entry.save()

    audit.record("register.ended", on=entry, by=by, sentence=f"{by.full_name} ended a standing interest.")
    return entry


@transaction.atomic
def confirm_register(*, by: User) -> RegisterConfirmation:
    """Say that one's register is complete and true, empty or not; due again in a year."""
    count = RegisterEntry.objects.current().filter(person=by).count()

    said = RegisterConfirmation.objects.create(person=by, confirmed_at=clock.now(), entries=count)

    audit.record("register.confirmed", on=said, by=by, sentence=f"{by.full_name} confirmed a register of {count} interests.")
    return said
