"""Improvement recommendations."""

from django.db import models
from django.urls import reverse

from core.references import ReferenceField
from kpis.choices import Rating


class RecommendationQuerySet(models.QuerySet):
    """Recommendations, asked for in words."""

    def visible_to(self, user):
        """The authority's own."""
        acting = user.acting
        return self.none() if acting is None else self.filter(authority=acting.authority_id)


class Recommendation(models.Model):
    """One improvement recommendation; its rating judges the action's progress, not attainment."""

    reference = ReferenceField()
    authority = models.ForeignKey("core.Authority", models.PROTECT)
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    aim = models.TextField(blank=True)
    lead_role = models.CharField(max_length=160, blank=True)
    flag = models.TextField(blank=True)
    progress = models.CharField(max_length=1, choices=Rating)
    progress_on = models.DateField()
    source = models.CharField(max_length=80, blank=True)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "number"], name="a_recommendation_has_its_own_number"
            )
        ]

    def __str__(self):
        return f"Recommendation {self.number}"

    def get_absolute_url(self):
        return reverse("kpis:recommendation", args=[self.reference])
