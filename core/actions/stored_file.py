"""Stored files: what the virus scanner said of them."""

from django.db import transaction

from core import audit
from core.models import StoredFile
from core.models.stored_file import ScanState


@transaction.atomic
def record_scan(stored: StoredFile, *, virus: str, by) -> StoredFile:
    """Keep the scanner's verdict on every stored row of these bytes; `virus` is empty where there is none."""
    verdict = ScanState.INFECTED if virus else ScanState.CLEAN
    StoredFile.objects.filter(sha256=stored.sha256).update(scan_state=verdict)
    stored.scan_state = verdict

    audit.record(
        "file.scanned", on=stored, by=by, authority=stored.authority,
        sentence=f"File {stored.reference} was scanned: {verdict.label.lower()}.",
    )  # fmt: skip
    return stored
