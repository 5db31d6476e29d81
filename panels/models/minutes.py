"""Minutes: drawn from what was recorded, checked by the chair, agreed at a later meeting."""

from django.db import models

from core import clock
from core.paired import by_and_at
from panels.choices import MinutesState


class Minutes(models.Model):
    """The minutes of one meeting, through draft, checked and agreed."""

    meeting = models.OneToOneField("panels.Meeting", models.PROTECT, related_name="minutes")
    state = models.CharField(max_length=8, choices=MinutesState, default=MinutesState.DRAFT)
    words = models.JSONField(default=dict)
    first_words = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=0)
    drafted_at = models.DateTimeField(default=clock.now)
    sent_to_chair_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_at_meeting = models.ForeignKey(
        "panels.Meeting", models.PROTECT, null=True, blank=True, related_name="+"
    )
    document = models.ForeignKey("core.Document", models.PROTECT, null=True, blank=True)

    class Meta:
        verbose_name_plural = "minutes"
        constraints = [
            by_and_at(deed, of="minutes")
            for deed in ("checked", "agreed")
        ]

    def __str__(self):
        return f"Minutes of {self.meeting}"
