"""Head of service's yearly look at high SDQ scores: which score, and what is done about it (004:4689-4691)."""

import pghistory
from django.db import models

from core import clock
from referrals.models.journey import ChildRows


@pghistory.track()
class SdqLook(models.Model):
    """One high score that somebody senior looked at, with what is done for the child because of it."""

    child = models.ForeignKey("referrals.Child", models.PROTECT, related_name="sdq_looks")
    sdq = models.OneToOneField("referrals.SdqScore", models.PROTECT, related_name="look")
    action_taken = models.TextField()
    looked_at = models.DateTimeField(default=clock.now)
    looked_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")

    objects = ChildRows.as_manager()

    def __str__(self):
        return "Look at a high SDQ"
