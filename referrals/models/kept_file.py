"""What every file on a record shares: who may read it, and what is known of viruses."""

from django.db import models

from core import files, scanner
from core.models.stored_file import ScanState
from core.roles import Role
from core.rules import FieldReason
from referrals.choices import KINDS

# Those who read only the files marked as shareable: panels and providers.
SHARED_ONLY = {Role.CHAIR, Role.PANEL_MEMBER, Role.PROVIDER_MANAGER, Role.PRACTITIONER}
LARGEST = 10 * 1024 * 1024


class KeptFileQuerySet(models.QuerySet):
    """Files on records, asked for in words."""

    def readable_by(self, user):
        """Those not taken off; the ones not shareable are for the council's own people."""
        rows = self.filter(removed_at=None)
        if user.acting is not None and user.acting.role in SHARED_ONLY:
            rows = rows.filter(is_shareable=True)
        return rows


class KeptFile:
    """One file on a record: what the scanner said of it, what kind of file it is, and where it is taken off."""

    taken_off_at = "/documents"

    @property
    def about_words(self) -> str:
        """What the record it is on is called, without a name."""
        return self.about.reference

    @property
    def may_be_opened(self):
        """Not where a virus was found, nor while a scanner has still to look."""
        waits = scanner.is_set() and self.file.scan_state == ScanState.NOT_SCANNED
        return not waits and self.file.scan_state != ScanState.INFECTED

    @property
    def scan_words(self):
        """What is known of viruses, in words."""
        if self.file.scan_state == ScanState.NOT_SCANNED and scanner.is_set():
            return "waiting to be checked for viruses"
        if self.file.scan_state == ScanState.INFECTED:
            return "virus found: nobody can open it, take it off"
        return self.file.get_scan_state_display().lower()

    @property
    def kind(self):
        """What kind of file its content is: "PDF"."""
        return KINDS.get(self.file.media_type, "File")


def against_keeping_all(uploads: list[tuple[str, bytes | None]]) -> list[str]:
    """Reasons against keeping several files at once; one bad file keeps none, and a last sentence says so."""
    reasons = [reason for name, content in uploads for reason in against_keeping(name, content)]
    if reasons and len(uploads) > 1:
        reasons.append(FieldReason("files", f"None of the {len(uploads)} files was added: choose the others again without it."))
    return reasons


def against_keeping(name: str, content: bytes | None, *, field: str = "files") -> list[str]:
    """What is wrong with one file, told by its content and not its name, beside `field`; None was too large to read."""
    if content is None or len(content) > LARGEST:
        return [FieldReason(field, f"“{name}” must be smaller than 10 MB.")]
    if not content:
        return [FieldReason(field, f"“{name}” is empty.")]
    if files.sniff(content) not in KINDS:
        kinds = ", ".join(sorted(KINDS.values()))
        return [FieldReason(field, f"“{name}” is not one of these kinds of file: {kinds}.")]
    return []
