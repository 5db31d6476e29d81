"""Mental health services: whether a referral to them is supported, and who does what beside them."""

from django.db import models

from core import clock
from referrals.choices import HealthState


class HealthLink(models.Model):
    """How one referral's child stood with mental health services on one day, as somebody recorded it."""

    referral = models.ForeignKey("referrals.Referral", models.CASCADE, related_name="health_links")
    state = models.CharField(max_length=10, choices=HealthState)
    sdq = models.PositiveSmallIntegerField(null=True, blank=True)
    has_priority_access = models.BooleanField()
    home_is_stable = models.BooleanField()
    unstable_plan = models.TextField(blank=True)
    shared_care_note = models.TextField(blank=True)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")

    def __str__(self):
        return self.get_state_display()
