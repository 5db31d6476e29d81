"""The second person of a referral: whom the team works with, beside the child it is about (002:49-51)."""

import pghistory
from django.db import models

from referrals.models.child import ChildPerson
from referrals.models.people_round import WORKS_WITH


@pghistory.track()
class WorkedWith(models.Model):
    """The care-giver or network member that one referral works with, and who that is round the child, where known there."""

    referral = models.OneToOneField("referrals.Referral", models.CASCADE, related_name="worked_with")
    kind = models.CharField(max_length=20, choices=[(kind, words.capitalize()) for kind, words in WORKS_WITH.items()])
    name = models.CharField(max_length=300, blank=True)
    person = models.ForeignKey(ChildPerson, models.PROTECT, null=True, blank=True, related_name="worked_with")

    class Meta:
        verbose_name_plural = "worked with"

    def __str__(self):
        return self.get_kind_display()
