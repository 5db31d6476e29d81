"""The reasons a panel gives, kept as lists by version."""

from django.db import models
from django.db.models import Q

from core import clock
from core.paired import by_and_at
from core.references import ReferenceField
from panels.choices import Outcome
from panels.models.panel import Panel


class DecisionReasonQuerySet(models.QuerySet):
    """Reasons, asked for in words."""

    def visible_to(self, user):
        """Those of bodies a person sits on or serves."""
        return self.filter(panel__in=Panel.objects.visible_to(user))

    def in_use(self):
        """Those that may be chosen now."""
        return self.filter(retired_at=None)


class DecisionReason(models.Model):
    """One wording of one reason for one kind of answer; changed words are a new version, and the old is retired."""

    reference = ReferenceField()
    panel = models.ForeignKey(Panel, models.CASCADE, related_name="decision_reasons")
    outcome = models.CharField(max_length=10, choices=Outcome)
    words = models.CharField(max_length=200)
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = DecisionReasonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["panel", "outcome", "words"], name="a_reason_in_use_is_there_once", condition=Q(retired_at=None)
            ),
            by_and_at("retired", of="decision_reason"),
        ]

    def __str__(self):
        return self.words

    @property
    def authority_id(self):
        """The authority it belongs to."""
        return self.panel.authority_id
