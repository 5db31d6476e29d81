"""Steering-group packs: one a meeting, through its stages."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from kpis.choices import PackState
from panels.models import Meeting


class PackQuerySet(models.QuerySet):
    """Packs, asked for in words."""

    def visible_to(self, user):
        """Packs of meetings the person sees; those not at the building end, once issued."""
        return self.filter(meeting__in=Meeting.objects.visible_to(user))

    def issued(self):
        """Those that have been circulated."""
        return self.filter(state=PackState.ISSUED)


class Pack(models.Model):
    """The pack of one meeting: drafted, frozen, approved, circulated, each once."""

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="pack")
    state = models.CharField(max_length=8, choices=PackState, default=PackState.DUE)
    drafted_at = models.DateTimeField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    issued_at = models.DateTimeField(null=True, blank=True)
    is_late = models.BooleanField(default=False)
    problem = models.TextField(blank=True)
    commentary = models.JSONField(default=dict, blank=True)
    document = models.ForeignKey("core.Document", models.PROTECT, null=True, blank=True)

    objects = PackQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="pack_approved_by_and_at_go_together",
                condition=Q(approved_by=None, approved_at=None)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
            ),
            models.CheckConstraint(
                name="an_issued_pack_has_a_document",
                condition=~Q(state="issued")
                | Q(document__isnull=False, issued_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"Pack for {self.meeting}"

    def get_absolute_url(self):
        return reverse("kpis:pack", args=[self.meeting.reference])

    @property
    def reference(self):
        """A pack is known by its meeting."""
        return self.meeting.reference
