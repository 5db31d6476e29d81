"""Consent and sharing, recorded: what was said and withdrawn, who was told, and what was shown to whom."""

from datetime import date

from django.db import transaction

from core import audit, clock
from core.models import User
from core.roles import Permission
from core.rules import refuse_if
from referrals.choices import Recipient, SharingKind, TaskName
from referrals.models import (
    Child,
    ChildPerson,
    Disclosure,
    Referral,
    SharingFact,
    SharingProtocol,
    Told,
)
from referrals.models.people_round import agreement_of
from referrals.models.sharing import standing_facts
from referrals.rules import sharing as rules

SAID = {"yes": "given", "no": "refused", "not asked": "not asked"}


def _last(child: Child, kind: str, person: ChildPerson | None) -> str:
    """The last answer of this person about this fact."""
    return next((f.answer for f in standing_facts(child) if f.kind == kind and f.person == person), "")


@transaction.atomic
def record_fact(child: Child, *, kind: str, answer: str, person: ChildPerson | None = None, said_on: date,
                note: str = "", by: User) -> SharingFact:  # fmt: skip
    """Keep one dated answer; a later one, a withdrawal included, stands beside it and deletes nothing."""
    child = Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    is_theirs = person is None or (person.child_id == child.pk and person.has_parental_responsibility)

    refuse_if(rules.why_not_record_fact(
        kind=kind, answer=answer, last=_last(child, kind, person), said_on=said_on, today=clock.today(), is_theirs=is_theirs,
    ))  # fmt: skip

    fact = SharingFact.objects.create(
        child=child, kind=kind, answer=answer, person=person, said_on=said_on, note=note[:500],
        recorded_at=clock.now(), recorded_by=by,
    )  # fmt: skip

    who = person.relationship.lower() if person else "the child" if kind != SharingKind.BASIS else "the council"
    audit.record(
        "sharing.recorded", on=child, by=by,
        sentence=f"{SharingKind(kind).label} for {child.reference}, by {who}: {fact.get_answer_display().lower()}.",
    )  # fmt: skip
    return fact


@transaction.atomic
def record_told(child: Child, *, person: ChildPerson | None = None, how: str, told_on: date, note: str = "", by: User) -> Told:
    """Keep that the child or somebody who holds responsibility was told what is held, why and for how long."""
    refuse_if(rules.why_not_tell(told_on=told_on, today=clock.today()))

    told = Told.objects.create(
        child=child, person=person, how=how, told_on=told_on, note=note[:500], recorded_at=clock.now(), recorded_by=by
    )

    audit.record(
        "family.told", on=child, by=by,
        sentence=f"{'The child' if person is None else person.relationship} of {child.reference} was told what is held, why and for how long.",
    )  # fmt: skip
    return told


@transaction.atomic
def record_disclosure(child: Child, *, recipient: str, recipient_name: str, purpose: str, what: str,
                      is_anonymised: bool = False, override_because: str = "", protocol: SharingProtocol | None = None,
                      shared_on: date, by: User) -> Disclosure:  # fmt: skip
    """Keep what was shown or told to whom, and why; the commissioner sees who a child is by permission or override alone."""
    answers = [f.answer for f in standing_facts(child) if f.kind == SharingKind.FILES]
    permitted = rules.has_permission(answers)

    refuse_if(rules.why_not_disclose(
        to_commissioner=recipient == Recipient.COMMISSIONER, is_anonymised=is_anonymised, has_permission=permitted,
        may_override=by.can(Permission.SHARE_WITHOUT_PERMISSION), override_because=override_because,
        shared_on=shared_on, today=clock.today(),
    ))  # fmt: skip

    overridden = recipient == Recipient.COMMISSIONER and not is_anonymised and not permitted
    shown = Disclosure.objects.create(
        child=child, recipient=recipient, recipient_name=recipient_name, purpose=purpose, what=what,
        is_anonymised=is_anonymised, had_permission=permitted, override_because=override_because[:500] if overridden else "",
        protocol=protocol, shared_on=shared_on, recorded_at=clock.now(), recorded_by=by,
    )  # fmt: skip

    audit.record(
        "information.shared", on=child, by=by,
        sentence=f"Shared information about {child.reference} with {shown.get_recipient_display().lower()}"
        f"{', without permission' if overridden else ''}.",
    )  # fmt: skip
    return shown


@transaction.atomic
def take_facts_from(referral: Referral, *, by: User) -> list[SharingFact]:
    """Keep what a sent referral says of agreement and of showing files, so that nobody asks twice."""
    said = referral.answers().get(TaskName.CONSENT, {})
    holders = list(referral.child.people.filter(has_parental_responsibility=True))
    rows = [(SharingKind.WORK, None, said.get("agreed_child"))]
    rows += [(SharingKind.WORK, person, agreement_of(said, person.full_name)) for person in holders]
    rows += [(SharingKind.FILES, person, said.get("show_files")) for person in holders]
    standing = {(f.kind, f.person_id): f.answer for f in standing_facts(referral.child)}
    kept = [
        SharingFact(
            child=referral.child, kind=kind, person=person, answer=SAID[answer], said_on=clock.today(),
            note=f"As referral {referral.reference} says.", recorded_at=clock.now(), recorded_by=by,
        )
        for kind, person, answer in rows
        if answer in SAID and standing.get((kind, person.pk if person else None)) != SAID[answer]
    ]  # fmt: skip

    SharingFact.objects.bulk_create(kept)

    if kept:
        audit.record(
            "sharing.taken", on=referral, by=by, sentence=f"Kept what {referral.reference} says of agreement and sharing."
        )
    return kept


@transaction.atomic
def add_protocol(*, authority, name: str, parties: str, covers: str, owner_role: str, from_on: date, review_on: date,
                 is_held: bool = False, source: str = "", by: User | None) -> SharingProtocol:  # fmt: skip
    """Write down one local agreement about sharing information, held or still to be supplied."""
    protocol = SharingProtocol.objects.create(
        authority=authority, name=name, parties=parties, covers=covers, owner_role=owner_role, from_on=from_on,
        review_on=review_on, is_held=is_held, source=source,
    )  # fmt: skip

    audit.record("protocol.added", on=protocol, by=by, sentence=f"Added the protocol “{name}”.", authority=authority)
    return protocol
