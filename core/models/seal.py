"""Seals of the trail: what proves that none of it was changed since."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from core import clock


class Seal(models.Model):
    """One batch of the trail, sealed soon after it was written; each seal holds the one before, and none is ever changed.

    `spans` are pairs of event ids, both included; `leaves` the first eight bytes of each event's hash, in
    their order, by which the first bad event is found. `awaited` are numbers below `reaches` that nobody has
    used yet, each with the seal that first missed it: a deed not finished then, or one that was given up.
    """

    number = models.PositiveIntegerField(unique=True)
    at = models.DateTimeField(default=clock.now)
    spans = ArrayField(ArrayField(models.BigIntegerField(), size=2))
    reaches = models.BigIntegerField()
    events = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    leaves = models.BinaryField()
    awaited = models.JSONField(default=dict)
    mark = models.CharField(max_length=64, unique=True)

    class Meta:
        triggers = [
            pgtrigger.Protect(name="a_seal_is_never_changed", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"Seal {self.number:,} of the trail: {self.mark}"

    @property
    def first(self) -> int:
        """The first event it holds."""
        return self.spans[0][0]
