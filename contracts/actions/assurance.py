"""Assurance: what is shown, days that are logged, and evidence packs."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from contracts.models import AssuranceEntry, Contract, ContractDay, EvidencePack
from contracts.models.assurance import DayKind
from contracts.papers.evidence import evidence_facts, evidence_zip
from contracts.rules.assurance import (
    EntryKind,
    again_on,
    why_not_add_entry,
    why_not_draw_pack,
    why_not_log_day,
)
from core import audit, clock, documents, files
from core.models import User
from core.rules import refuse_if


@transaction.atomic
def add_entry(contract: Contract, *, kind: str, title: str, owner: str, on: date | None, due_on: date | None = None,
              evidence: str, kept_at: str = "", by: User) -> AssuranceEntry:  # fmt: skip
    """Keep that something was shown on a day; where the contract states how often, the day it is due again is worked out."""
    refuse_if(why_not_add_entry(kind, title, owner, evidence, on=on, due_on=due_on, today=clock.today()))

    entry = AssuranceEntry.objects.create(
        contract=contract, kind=EntryKind(kind).value, title=title.strip(), owner=owner.strip(), on=on,
        due_on=again_on(kind, on) or due_on, evidence=evidence.strip(), kept_at=kept_at.strip(), entered_by=by,
    )  # fmt: skip

    audit.record(
        "assurance.shown", on=entry, by=by, authority=contract.authority,
        sentence=f"Wrote into the assurance register of {contract}: {entry.get_kind_display()}.",
    )  # fmt: skip
    return entry


@transaction.atomic
def log_day(contract: Contract, *, kind: str, held_on: date | None, about: str, who: str, hours: Decimal | None = None,
            came_of_it: str = "", by: User) -> ContractDay:  # fmt: skip
    """Log a development day, contact day or training session apart from performance reviews."""
    refuse_if(why_not_log_day(about, who, held_on=held_on, today=clock.today()))

    day = ContractDay.objects.create(
        contract=contract, kind=DayKind(kind), held_on=held_on, about=about.strip(), who=who.strip(), hours=hours,
        came_of_it=came_of_it.strip(), entered_by=by,
    )  # fmt: skip

    audit.record("day.logged", on=day, by=by, authority=contract.authority, sentence=f"Logged a day of {contract}: {day}.")
    return day


@transaction.atomic
def draw_pack(contract: Contract, *, for_what: str, by: User) -> EvidencePack:
    """Freeze the contract's registers as they stand, and make the files an inspector is given (002:836)."""
    refuse_if(why_not_draw_pack(for_what))

    pack = EvidencePack.objects.create(contract=contract, for_what=for_what.strip(), drawn_by=by)
    facts = evidence_facts(contract, pack)
    document = documents.document_for(pack, kind="evidence_pack", title=str(pack), authority=contract.authority)
    version = documents.freeze(document, facts, why="Made for an inspection or audit")
    version.file = files.store(
        evidence_zip(version.frozen), name=f"evidence-{pack.reference}.zip", by=by, authority=contract.authority,
        media_type="application/zip",
    )  # fmt: skip
    version.issued_at = clock.now()
    version.save()
    pack.version = version
    pack.save()

    audit.record("evidence.drawn", on=pack, by=by, authority=contract.authority, sentence=f"Made evidence pack {pack.reference} of {contract}.")
    return pack
