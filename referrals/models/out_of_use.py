"""Periods in which a place takes nobody, and the decision behind each."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from core import clock
from referrals.choices import OutOfUseKind
from referrals.models.provision import DateRange, Place


class OutOfUseQuerySet(models.QuerySet):
    """Periods out of use, asked for in words."""

    def visible_to(self, user):
        """Those of the places this person may see."""
        return self.filter(place__in=Place.objects.visible_to(user))

    def on(self, day):
        """Those that hold on a day; the last day is exclusive."""
        return self.filter(Q(until_on=None) | Q(until_on__gt=day), from_on__lte=day)

    def not_over(self, day):
        """Those that hold on a day or later."""
        return self.filter(Q(until_on=None) | Q(until_on__gt=day))


@pghistory.track()
class OutOfUse(models.Model):
    """One place taken out of use between dates: for repair, between two stays, or held for one child."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="out_of_use")
    kind = models.CharField(max_length=12, choices=OutOfUseKind)
    reason = models.TextField()
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    held_for = models.ForeignKey(
        "referrals.Stay", models.PROTECT, null=True, blank=True, related_name="holds_rooms"
    )
    decided_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(default=clock.now)

    objects = OutOfUseQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="a_place_is_out_of_use_once_at_a_time",
                expressions=[
                    ("place", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="The place is out of use in those days already.",
            ),
            models.CheckConstraint(
                name="out_of_use_ends_after_it_starts",
                condition=Q(until_on=None) | Q(until_on__gt=F("from_on")),
            ),
            models.CheckConstraint(
                name="a_room_is_held_for_a_stay",
                condition=Q(kind="held for one", held_for__isnull=False)
                | (~Q(kind="held for one") & Q(held_for=None)),
            ),
        ]

    def __str__(self):
        return f"{self.place}: {self.get_kind_display().lower()}"

    @property
    def is_over(self):
        """True once its last day has passed."""
        return self.until_on is not None and self.until_on <= clock.today()
