"""Interests, and who is out of the room for which item."""

from django.db import models
from django.db.models import Q

from core import clock
from referrals.choices import Depth


class Interest(models.Model):
    """One interest one person declared; its nature is for chair and administrator only."""

    meeting = models.ForeignKey("panels.Meeting", models.CASCADE, related_name="interests")
    item = models.ForeignKey(
        "panels.AgendaItem", models.CASCADE, null=True, blank=True, related_name="interests"
    )
    person = models.ForeignKey("core.User", models.PROTECT, related_name="interests")
    nature = models.TextField(blank=True)
    is_none = models.BooleanField(default=False)
    declared_at = models.DateTimeField(default=clock.now)
    declared_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")

    def __str__(self):
        return "No interest" if self.is_none else "Interest"


class Recusal(models.Model):
    """One person out of one item: they neither see nor decide it."""

    item = models.ForeignKey("panels.AgendaItem", models.CASCADE, related_name="recusals")
    person = models.ForeignKey("core.User", models.PROTECT, related_name="recusals")
    interest = models.ForeignKey(Interest, models.PROTECT, null=True, blank=True)
    depth = models.CharField(max_length=6, choices=Depth, default=Depth.RECORD)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    left_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "person"],
                name="a_person_is_out_of_an_item_once",
                condition=Q(withdrawn_at=None),
            )
        ]

    def __str__(self):
        return f"Out of {self.item}"
