"""The register of documents that the terms and the contract rely on."""

from datetime import date

from django.db import transaction

from core import audit, clock
from core.models import Authority, User
from core.roles import Permission
from core.rules import refuse_if
from kpis.models import ReliedDocument
from kpis.rules.relied_on import why_not_add_document, why_not_say_held


@transaction.atomic
def add_relied_document(authority: Authority, *, title: str, relied_on_by: str, owner_role: str, source: str = "", meanwhile: str = "", by: User | None) -> ReliedDocument:
    """Put a document into the register that a clause relies on and nobody has supplied."""
    is_there = ReliedDocument.objects.filter(authority=authority, title__iexact=title.strip()).exists()

    refuse_if(why_not_add_document(may=by is None or by.can(Permission.KEEP_RELIED_ON), title=title, is_there=is_there))

    row = ReliedDocument.objects.create(
        authority=authority, title=title.strip(), relied_on_by=relied_on_by, owner_role=owner_role, source=source, meanwhile=meanwhile
    )

    audit.record("document.registered", on=row, by=by, sentence=f"Put {row.title} into the register of documents that the terms rely on.")
    return row


@transaction.atomic
def say_document(row: ReliedDocument, *, asked_on: date | None, held_on: date | None, held_where: str, by: User) -> ReliedDocument:
    """Say when a document was asked for, and from which day the service has it and where."""
    row = ReliedDocument.objects.select_for_update(of=("self",)).get(pk=row.pk)
    may = by.can(Permission.KEEP_RELIED_ON) and by.acting.authority_id == row.authority_id

    refuse_if(why_not_say_held(may=may, asked_on=asked_on, held_on=held_on, held_where=held_where, today=clock.today()))

    row.asked_on, row.held_on, row.held_where = asked_on, held_on, held_where.strip()[:200] if held_on else ""
    row.save()

    word = "is held" if row.held_on else "is not supplied"
    audit.record("document.settled", on=row, by=by, sentence=f"Wrote down that {row.title} {word}.")
    return row
