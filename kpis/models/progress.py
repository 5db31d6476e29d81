"""Notes of progress: where an action stands, which is never the colour of its figure."""

from django.db import models
from django.db.models import Q

from core import clock
from kpis.choices import Rating


class ProgressNote(models.Model):
    """What was said on a day of one recommendation, one outcome measure or one action of a plan; never edited."""

    recommendation = models.ForeignKey("kpis.Recommendation", models.CASCADE, null=True, blank=True, related_name="notes")
    indicator = models.ForeignKey("kpis.Indicator", models.CASCADE, null=True, blank=True, related_name="notes")
    action = models.ForeignKey("kpis.TrackedAction", models.CASCADE, null=True, blank=True, related_name="notes")
    on = models.DateField()
    words = models.TextField()
    works_well = models.TextField(blank=True)
    worries = models.TextField(blank=True)
    rating = models.CharField(max_length=1, choices=Rating, blank=True)
    source = models.CharField(max_length=120, blank=True)
    written_at = models.DateTimeField(default=clock.now)
    written_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_note_is_of_one_thing",
                condition=Q(recommendation__isnull=False, indicator=None, action=None)
                | Q(recommendation=None, indicator__isnull=False, action=None)
                | Q(recommendation=None, indicator=None, action__isnull=False),
            )
        ]

    def __str__(self):
        return f"Note of {self.on}"
