"""Letters that went to the wrong person: who said so and why, whether they had been opened, and what was found."""

from django.db import models

from core import clock
from core.paired import by_and_at
from core.references import ReferenceField
from core.roles import Permission


class RecallQuerySet(models.QuerySet):
    """Recalls, asked for in words."""

    def visible_to(self, user):
        """Those of the authority, for whoever may recall letters."""
        if user.acting is None or not user.can(Permission.RECALL_LETTERS):
            return self.none()
        return self.filter(authority=user.acting.authority_id)

    def open(self):
        """Those that nobody has looked into."""
        return self.filter(settled_at=None)


class Recall(models.Model):
    """One letter that went to the wrong person: its link and what it leads to are closed to them from then on."""

    reference = ReferenceField()
    authority = models.ForeignKey("core.Authority", models.PROTECT)
    message = models.OneToOneField("core.Message", models.PROTECT, related_name="recall")
    because = models.TextField()
    was_opened = models.BooleanField()
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    finding = models.TextField(blank=True)

    objects = RecallQuerySet.as_manager()

    class Meta:
        constraints = [
            by_and_at("settled", of="recall"),
            models.CheckConstraint(name="a_settled_recall_says_what_was_found", condition=models.Q(settled_at=None) | ~models.Q(finding="")),
        ]

    def __str__(self):
        return f"Letter to {self.message.person.full_name}"

    def get_absolute_url(self):
        return f"/letters/recalls/{self.reference}"
