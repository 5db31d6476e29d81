"""What every file on a record shares: who may read it, and what is known of viruses."""

from django.db import models

from core import scanner
from core.models.stored_file import ScanState
from core.roles import Role
from referrals.choices import KINDS

# Those who read only the files marked as shareable: panels and providers.
SHARED_ONLY = {Role.CHAIR, Role.PANEL_MEMBER, Role.PROVIDER_MANAGER, Role.PRACTITIONER}


class KeptFileQuerySet(models.QuerySet):
    """Files on records, asked for in words."""

    def readable_by(self, user):
        """Those not taken off; the ones not shareable are for the council's own people."""
        rows = self.filter(removed_at=None)
        if user.acting is not None and user.acting.role in SHARED_ONLY:
            rows = rows.filter(is_shareable=True)
        return rows


class KeptFile:
    """One file on a record: what the scanner said of it, and what kind of file it is."""

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
