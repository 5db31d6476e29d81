"""Registers: sets of indicators or actions that a document prints together, with its own key and what it leaves open."""

from django.db import models
from django.urls import reverse

from kpis.choices import RegisterKind


class RegisterQuerySet(models.QuerySet):
    """Registers, asked for in words."""

    def visible_to(self, user):
        """The authority's own."""
        acting = user.acting
        return self.none() if acting is None else self.filter(authority=acting.authority_id)


class Register(models.Model):
    """One printed set: its period, its key for colours, and where it contradicts itself.

    `rating_key` is a list of [colour, words]; `queries` a list of [where, printed, worked out, note]. A query is
    flagged and never mended.
    """

    slug = models.SlugField(max_length=80)
    authority = models.ForeignKey("core.Authority", models.PROTECT)
    kind = models.CharField(max_length=8, choices=RegisterKind)
    name = models.CharField(max_length=160)
    about = models.TextField(blank=True)
    lead_role = models.CharField(max_length=120, blank=True)
    period_end = models.DateField(null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    rating_key = models.JSONField(default=list, blank=True)
    queries = models.JSONField(default=list, blank=True)
    source = models.CharField(max_length=120, blank=True)

    objects = RegisterQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["authority", "slug"], name="a_register_has_its_own_address")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("kpis:register", args=[self.slug])
