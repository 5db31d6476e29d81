"""Extra support: what one child's stay costs beside the price of the place."""

import pghistory
from django.db import models
from django.db.models import F, Q

from core import clock
from referrals.models.stay import Stay


class ExtraSupportQuerySet(models.QuerySet):
    """Extra support, asked for in words."""

    def visible_to(self, user):
        """That of the stays this person may see."""
        return self.filter(stay__in=Stay.objects.visible_to(user))


@pghistory.track()
class ExtraSupport(models.Model):
    """One kind of extra support for one child, at its own price a week, between dates."""

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="extra_support")
    child = models.ForeignKey("referrals.Child", models.PROTECT, related_name="+")
    what = models.CharField(max_length=200)
    weekly_price = models.DecimalField(max_digits=9, decimal_places=2)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    agreed_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(default=clock.now)

    objects = ExtraSupportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="extra_support_ends_after_it_starts",
                condition=Q(until_on=None) | Q(until_on__gt=F("from_on")),
            )
        ]

    def __str__(self):
        return self.what
