"""Who has looked: reads of a child's record, written like any other deed."""

from core import audit


def record_read(record, *, by) -> None:
    """Write that `by` opened `record`, where it is about a child; once a page."""
    child_id = getattr(record, "child_id", None)
    if record._meta.label_lower != "referrals.child" and child_id is None:
        return
    name = record._meta.verbose_name
    reference = getattr(record, "reference", record.pk)
    audit.record("record.read", on=record, by=by, sentence=f"Opened {name} {reference}.")
