"""Emergency starts: what the service manager on call decided, and the second signature after it."""

import pghistory
from django.db import models
from django.db.models import Q

from core import clock
from referrals.models.stay import Stay


class EmergencyStartQuerySet(models.QuerySet):
    """Emergency starts, asked for in words."""

    def visible_to(self, user):
        """Those of the stays this person may see."""
        return self.filter(stay__in=Stay.objects.visible_to(user))

    def unsigned(self):
        """Those that nobody has signed second."""
        return self.filter(seconded_at=None)


@pghistory.track()
class EmergencyStart(models.Model):
    """One stay begun out of hours by the service manager on call, signed second the next Working Day."""

    stay = models.OneToOneField(Stay, models.PROTECT, related_name="emergency")
    child = models.ForeignKey("referrals.Child", models.PROTECT, related_name="+")
    risk = models.TextField()
    legal_status = models.CharField(max_length=40)
    agreed_with = models.CharField(max_length=200)
    impact = models.TextField()
    started_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=clock.now)
    due_on = models.DateField()
    seconded_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    seconded_at = models.DateTimeField(null=True, blank=True)
    second_comment = models.TextField(blank=True)

    objects = EmergencyStartQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="emergency_start_seconded_by_and_at_go_together",
                condition=Q(seconded_by=None, seconded_at=None)
                | Q(seconded_by__isnull=False, seconded_at__isnull=False),
            ),
            models.CheckConstraint(
                name="two_people_sign_an_emergency_start",
                condition=Q(seconded_by=None) | ~Q(seconded_by=models.F("started_by")),
            ),
        ]

    def __str__(self):
        return f"Emergency start of {self.stay}"
