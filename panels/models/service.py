"""Proof that something was served, and what Representatives said."""

import pgtrigger
from django.db import models

from core import clock
from panels.choices import ServiceKind


class Service(models.Model):
    """One notice, agenda, cancellation or minutes served on one person; never edited."""

    meeting = models.ForeignKey("panels.Meeting", models.PROTECT, related_name="services")
    kind = models.CharField(max_length=12, choices=ServiceKind)
    letter = models.CharField(max_length=2, blank=True)
    person = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    address = models.CharField(max_length=254)
    message = models.ForeignKey("core.Message", models.PROTECT, null=True, blank=True)
    served_at = models.DateTimeField(default=clock.now)
    how = models.CharField(max_length=80)
    ends = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="ended_by")

    class Meta:
        triggers = [
            pgtrigger.Protect(
                name="service_is_never_edited", operation=pgtrigger.Update | pgtrigger.Delete
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} served"

    @property
    def authority_id(self):
        """The meeting's."""
        return self.meeting.authority_id


class RepresentativeView(models.Model):
    """What one Representative said before a meeting was cancelled for lack of business."""

    meeting = models.ForeignKey("panels.Meeting", models.CASCADE, related_name="views")
    person = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    letter = models.CharField(max_length=2)
    view = models.TextField(blank=True)
    did_not_answer_by = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="one_view_a_representative")
        ]

    def __str__(self):
        return f"View of seat {self.letter}"
