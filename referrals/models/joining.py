"""Asking to be a referral's second referrer: by whom, when, and what came of it."""

import pghistory
from django.db import models
from django.db.models import Q

from core import clock
from core.references import ReferenceField


class JoinRequestQuerySet(models.QuerySet):
    """Requests, asked for in words."""

    def visible_to(self, user):
        """Those of referrals this person may see."""
        referrals = JoinRequest.referral.field.related_model
        return self.filter(referral__in=referrals.objects.visible_to(user))

    def waiting(self):
        """Those nobody has answered yet, the oldest first."""
        return self.filter(answered_at=None).order_by("asked_at", "pk")


@pghistory.track()
class JoinRequest(models.Model):
    """One person asking once to be second referrer of one referral."""

    reference = ReferenceField()
    referral = models.ForeignKey("referrals.Referral", models.CASCADE, related_name="join_requests")
    person = models.ForeignKey("core.User", models.PROTECT, related_name="join_requests")
    asked_at = models.DateTimeField(default=clock.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    is_accepted = models.BooleanField(null=True, blank=True)

    objects = JoinRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "person"], name="somebody_asks_to_join_once_at_a_time", condition=Q(answered_at=None)
            ),
            models.CheckConstraint(
                name="join_answered_by_and_at_go_together",
                condition=Q(answered_by=None, answered_at=None, is_accepted=None)
                | Q(answered_by__isnull=False, answered_at__isnull=False, is_accepted__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.referral}: asks to be second referrer"

    def get_absolute_url(self):
        """The page of the referral it is about."""
        return self.referral.get_absolute_url()

    @property
    def child_id(self):
        """The child it is about, for the reading log."""
        return self.referral.child_id
