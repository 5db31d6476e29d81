"""The only way to write the trail."""

from core import clock
from core.models import AuditEvent


def record(verb: str, *, on, by, sentence: str, child=None, authority=None) -> AuditEvent:
    """Write one sentence about one deed, in the deed's own transaction.

    `verb` is noun.past; `on` the record; `by` a User, or None for the service's own
    timetable; `child` the child concerned (found on the record where it has one).
    """
    child_id = child.pk if child is not None else _child_id(on)
    authority_id = authority.pk if authority is not None else getattr(on, "authority_id", None)
    acting = getattr(by, "acting", None)
    return AuditEvent.objects.create(
        at=clock.now(),
        verb=verb,
        sentence=sentence,
        subject_type=on._meta.label_lower,
        subject_id=str(on.pk),
        subject_reference=getattr(on, "reference", "") or "",
        child_id=child_id,
        authority_id=authority_id or getattr(acting, "authority_id", None),
        person_id=getattr(by, "pk", None),
        person_name=by.full_name if by else "Throughline",
        role=acting.role if acting else "",
    )


def record_for_each(verb: str, rows, *, by, sentence: str) -> None:
    """Write the same sentence about each of many records at once, in the deed's own transaction."""
    acting, now = getattr(by, "acting", None), clock.now()
    AuditEvent.objects.bulk_create(
        [
            AuditEvent(
                at=now, verb=verb, sentence=sentence, subject_type=row._meta.label_lower, subject_id=str(row.pk),
                subject_reference=getattr(row, "reference", "") or "", child_id=_child_id(row),
                authority_id=getattr(row, "authority_id", None), person_id=by.pk, person_name=by.full_name,
                role=acting.role if acting else "",
            )
            for row in rows
        ],
        batch_size=1000,
    )  # fmt: skip


def _child_id(record):
    if record._meta.label_lower == "referrals.child":
        return record.pk
    return getattr(record, "child_id", None)
