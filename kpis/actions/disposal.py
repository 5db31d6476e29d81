"""Disposal of a child's whole record: proposed, agreed by a second person, and then done in one transaction."""

import hashlib

from django.db import transaction

from core import audit, clock
from core.models import User
from core.roles import Permission
from core.rules import refuse_if
from kpis.actions.removing import remove_record
from kpis.models import Disposal
from kpis.models.disposal import DisposalState
from referrals.models import Child
from referrals.models.kept_until import Due, due_of, schedule_of, with_evidence
from referrals.rules.retention import why_not_agree, why_not_dispose, why_not_propose


def _due(child: Child) -> Due:
    """The child, locked, with the evidence as it stands now."""
    Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    found = with_evidence(Child.objects.filter(pk=child.pk)).get()
    return due_of(found, schedule_of(found.authority_id))


def _why_not(due: Due) -> list[str]:
    return why_not_dispose(due.kept, today=clock.today(), is_open=due.is_open, is_held=due.is_held)


@transaction.atomic
def propose_disposal(child: Child, *, note: str, by: User) -> Disposal:
    """Propose that a record whose day has come is disposed of, and say what was looked at."""
    due = _due(child)
    may = by.can(Permission.PROPOSE_DISPOSAL) and by.acting.authority_id == child.authority_id

    refuse_if(_why_not(due) + why_not_propose(may=may, is_proposed=Disposal.objects.waiting().filter(child=child).exists(), note=note))

    disposal = Disposal.objects.create(
        authority_id=child.authority_id, child=child, rule=due.kept.rule, evidence=due.kept.because[:200], note=note.strip()[:300], proposed_by=by
    )

    audit.record("disposal.proposed", on=disposal, by=by, child=child, authority=disposal.authority, sentence=f"Proposed disposal {disposal.reference}.")
    return disposal


@transaction.atomic
def answer_disposal(disposal: Disposal, *, agrees: bool, because: str = "", by: User) -> Disposal:
    """A second person refuses, or agrees: then the record goes at once, and the disposal is its certificate."""
    disposal = Disposal.objects.select_for_update(of=("self",)).get(pk=disposal.pk)
    child, waits = disposal.child, disposal.state == DisposalState.PROPOSED
    may = by.can(Permission.AGREE_DISPOSAL) and by.acting.authority_id == disposal.authority_id
    reasons = why_not_agree(may=may, waits=waits, is_proposer=disposal.proposed_by_id == by.pk, agrees=agrees, because=because)
    # The evidence is judged again: a hold, a referral or a changed date since the proposal stops it.
    reasons += _why_not(_due(child)) if waits and agrees else []

    refuse_if(reasons)

    disposal.answered_at, disposal.answered_by = clock.now(), by
    if not agrees:
        disposal.state, disposal.refused_because = DisposalState.REFUSED, because.strip()[:300]
        disposal.save()
        audit.record("disposal.refused", on=disposal, by=by, child=child, authority=disposal.authority, sentence=f"Refused disposal {disposal.reference}.")
        return disposal

    disposal.state, disposal.child, disposal.evidence, disposal.note = DisposalState.DONE, None, "", ""
    disposal.save()
    gone = remove_record(child, by=by)
    disposal.counts, disposal.files, disposal.sha256 = gone.counts, gone.files, hashlib.sha256(gone.as_text.encode()).hexdigest()
    disposal.save()

    audit.record(
        "disposal.done", on=disposal, by=by, authority=disposal.authority,
        sentence=f"Disposed of a record under certificate {disposal.reference}: {disposal.rows} rows and {disposal.files} files.",
    )  # fmt: skip
    return disposal
