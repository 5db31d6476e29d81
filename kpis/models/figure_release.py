"""Figures that count children, as they were told to those who watch the service; kept, so that a later one gives none back."""

from django.db import models
from django.db.models import F, Q

from core import clock


class FigureRelease(models.Model):
    """One measure's figure of one quarter or year, told once, or hidden; never changed."""

    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+")
    measure = models.SlugField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    value = models.DecimalField(max_digits=12, decimal_places=1, null=True, blank=True)
    numerator = models.PositiveIntegerField()
    denominator = models.PositiveIntegerField()
    longest = models.PositiveIntegerField(null=True, blank=True)
    is_hidden = models.BooleanField()
    released_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "measure", "starts_on", "ends_on"], name="a_figure_is_told_once"),
            models.CheckConstraint(name="a_released_figure_ends_after_it_starts", condition=Q(ends_on__gt=F("starts_on"))),
            models.CheckConstraint(name="a_released_figure_counts_no_more_than_there_are", condition=Q(numerator__lte=F("denominator"))),
        ]

    def __str__(self):
        return f"{self.measure}, {self.starts_on} to {self.ends_on}"
