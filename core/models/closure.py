"""Days that are not Working Days here: local closures, and holidays proclaimed since the list was shipped."""

from django.db import models
from django.db.models import Q

from core import clock
from core.references import ReferenceField


class ClosureKind(models.TextChoices):
    """Why a day does not count."""

    CLOSURE = "closure", "Offices closed"
    HOLIDAY = "holiday", "Bank holiday, proclaimed"


class ClosureQuerySet(models.QuerySet):
    """Closures, asked for in words."""

    def visible_to(self, user):
        """The authority's own."""
        acting = user.acting
        return self.none() if acting is None else self.filter(authority=acting.authority_id)

    def standing(self):
        """Those not taken away again."""
        return self.filter(removed_at=None)


class Closure(models.Model):
    """One day on which one authority does not work; taken away, it stays in the record."""

    reference = ReferenceField()
    authority = models.ForeignKey("core.Authority", models.CASCADE, related_name="closures")
    on = models.DateField()
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=ClosureKind, default=ClosureKind.CLOSURE)
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = ClosureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["authority", "on"], name="a_day_is_closed_once", condition=Q(removed_at=None)
            ),
            models.CheckConstraint(
                name="closure_removed_by_and_at_go_together",
                condition=Q(removed_by=None, removed_at=None)
                | Q(removed_by__isnull=False, removed_at__isnull=False),
            ),
        ]

    def __str__(self):
        return self.name
