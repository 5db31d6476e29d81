"""Risks and interdependencies of a steering group."""

from django.db import models
from django.db.models import Q

from panels.choices import RiskHeading, Trend


class RiskQuerySet(models.QuerySet):
    """Risks, asked for in words."""

    def open(self):
        """Those still to be watched."""
        return self.filter(closed_on=None)


class Risk(models.Model):
    """One risk or interdependency under one of the seven headings."""

    panel = models.ForeignKey("panels.Panel", models.CASCADE, related_name="risks")
    heading = models.CharField(max_length=14, choices=RiskHeading)
    text = models.TextField()
    owner = models.CharField(max_length=120)
    rating = models.CharField(max_length=1, choices=[("R", "Red"), ("A", "Amber"), ("G", "Green")])
    trend = models.CharField(max_length=6, choices=Trend)
    raised_on = models.DateField()
    reviewed_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)

    objects = RiskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_risk_is_closed_after_it_is_raised",
                condition=Q(closed_on=None) | Q(closed_on__gte=models.F("raised_on")),
            )
        ]

    def __str__(self):
        return self.get_heading_display()
