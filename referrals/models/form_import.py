"""A draft that began as a filled Word form: the file, what was read from it, and what was not sure."""

from django.db import models

from core import clock


class FormImport(models.Model):
    """One Word form read into one draft; the file is kept as it came, and never shared with the draft."""

    referral = models.OneToOneField("referrals.Referral", models.CASCADE, related_name="form_import")
    file = models.ForeignKey("core.StoredFile", models.PROTECT, related_name="+")
    read = models.JSONField(default=list)
    unsure = models.JSONField(default=list)
    left = models.PositiveSmallIntegerField(default=0)
    read_at = models.DateTimeField(default=clock.now)
    read_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")

    def __str__(self):
        return f"{self.referral} from a Word form"
