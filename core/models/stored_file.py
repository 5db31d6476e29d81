"""Files kept outside the web's reach."""

from django.db import models

from core import clock
from core.references import ReferenceField


class ScanState(models.TextChoices):
    """What the virus scanner said."""

    NOT_SCANNED = "not scanned", "Not scanned"
    CLEAN = "clean", "No virus found"
    INFECTED = "infected", "Virus found"


class StoredFile(models.Model):
    """One file, named by its content: written once, read through a permission check."""

    reference = ReferenceField()
    authority = models.ForeignKey("core.Authority", models.PROTECT, null=True, blank=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    name = models.CharField(max_length=255)
    scan_state = models.CharField(
        max_length=12, choices=ScanState, default=ScanState.NOT_SCANNED
    )
    added_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True)
    added_at = models.DateTimeField(default=clock.now)

    def __str__(self):
        return self.name
