"""The only way to write the trail."""

from core import clock
from core.gathering import gathers, write_gathered
from core.models import AuditEvent


def record(verb: str, *, on, by, sentence: str, child=None, authority=None) -> AuditEvent:
    """Write one sentence about one deed, in the deed's own transaction.

    `verb` is noun.past; `on` the record; `by` a User, or None for the service's own
    timetable; `child` the child concerned (found on the record where it has one).
    """
    event = _event(verb, on, by, sentence)
    if child is not None:
        event.child_id = child.pk
    if authority is not None:
        event.authority_id = authority.pk
    if not gathers(_write, [event]):
        event.save(force_insert=True)
    return event


def record_for_each(verb: str, rows, *, by, sentence, at=None) -> None:
    """Write one sentence about each of many records at once, in the deed's own transaction.

    `sentence` is the same str for all, or is called with each record and gives its own; `at` gives the moment
    of each, where the world outside did it then and not now.
    """
    say = sentence if callable(sentence) else lambda row: sentence
    events = [_event(verb, row, by, say(row)) for row in rows]
    for event, row in zip(events, rows, strict=True) if at else ():
        event.at = at(row)
    if not gathers(_write, events):
        _write(events)


def about(subject):
    """The trail of one record so far, as a queryset."""
    write_gathered(_write)
    return AuditEvent.objects.about(subject)


def _write(events: list[AuditEvent]) -> None:
    """Events with their places in the trail, in their order."""
    AuditEvent.objects.bulk_create(events, batch_size=1000)


def _event(verb: str, on, by, sentence: str) -> AuditEvent:
    """One event, not yet written: what and whose the record itself says, and who acts as what."""
    acting = getattr(by, "acting", None)
    return AuditEvent(
        at=clock.now(), verb=verb, sentence=sentence, subject_type=on._meta.label_lower, subject_id=str(on.pk),
        subject_reference=getattr(on, "reference", "") or "", child_id=_child_id(on),
        authority_id=getattr(on, "authority_id", None) or getattr(acting, "authority_id", None),
        person_id=getattr(by, "pk", None), person_name=by.full_name if by else "Throughline",
        role=acting.role if acting else "",
    )  # fmt: skip


def _child_id(record):
    if record._meta.label_lower == "referrals.child":
        return record.pk
    return getattr(record, "child_id", None)
