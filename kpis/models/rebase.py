"""Where the limits of a chart begin afresh, and why."""

from django.db import models

from core import clock


class RebaseQuerySet(models.QuerySet):
    """Rebasings, asked for in words."""

    def visible_to(self, user):
        """The authority's own."""
        acting = user.acting
        return self.none() if acting is None else self.filter(authority=acting.authority_id)


class Rebase(models.Model):
    """One day from which one chart's limits begin afresh, with what changed; `slug` names the measure or the indicator."""

    authority = models.ForeignKey("core.Authority", models.PROTECT, related_name="+")
    slug = models.SlugField(max_length=80)
    from_on = models.DateField()
    reason = models.CharField(max_length=300)
    set_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=clock.now)

    objects = RebaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "slug", "from_on"], name="limits_begin_afresh_once_a_day"),
        ]

    def __str__(self):
        return f"{self.slug} from {self.from_on}"
