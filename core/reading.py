"""Who has looked: reads of a child's record, written like any other deed."""

from core import audit


def record_read(record, *, by, taken_as: str = "") -> None:
    """Write that `by` opened `record`, or took it away as a file of some kind, where it is about a child; once a page."""
    if _is_about_a_child(record):
        sentence = f"Took {record._meta.verbose_name} {record.reference} away as {taken_as}." if taken_as else _sentence(record)
        audit.record("record.read", on=record, by=by, sentence=sentence)


def records_read(records, *, by) -> None:
    """Write that `by` opened a page that shows some records, one row for each that is about a child."""
    audit.record_for_each("record.read", [one for one in records if _is_about_a_child(one)], by=by, sentence=_sentence)


def record_rows_read(rows, *, by) -> None:
    """Write that `by` read these rows as a list behind a figure; each once a page, in one statement."""
    audit.record_for_each("record.read", rows, by=by, sentence=lambda row: f"Read {row._meta.verbose_name} {row.reference} in a list behind a figure.")


def record_file_read(document, *, by) -> None:
    """Write that `by` opened a stored document that is on no child's record."""
    audit.record("record.read", on=document, by=by, sentence=_sentence(document))


def record_download(record, *, by) -> None:
    """Write that `by` took away the file of a record that is about no child; of one that is, it is written on opening."""
    if not _is_about_a_child(record):
        audit.record("file.taken", on=record, by=by, sentence=f"Downloaded the file of {record._meta.verbose_name} {record.reference}.")


def counts_read(what: str, *, by) -> None:
    """Write that `by` read counts of children that are hidden from those who do not need to know them; `what` says which, and names nobody."""
    audit.record("record.read", on=by, by=by, sentence=f"Read counts of children as they are: {what}.")


def log_read(person, *, by) -> None:
    """Write that `by` looked at what `person` has opened."""
    audit.record("record.read", on=person, by=by, sentence=f"Looked at what {person.full_name} has opened.")


def _is_about_a_child(record) -> bool:
    return record._meta.label_lower == "referrals.child" or getattr(record, "child_id", None) is not None


def _sentence(record) -> str:
    return f"Opened {record._meta.verbose_name} {getattr(record, 'reference', record.pk)}."
