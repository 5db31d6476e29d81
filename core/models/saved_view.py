"""Lists as a person likes to see them, and lists that were taken away."""

from django.db import models

from core import clock
from core.references import ReferenceField


class SavedViewQuerySet(models.QuerySet):
    """Saved views, asked for in words."""

    def visible_to(self, user):
        """A person's own."""
        return self.filter(person=user)


class SavedView(models.Model):
    """One list with its filters and order, kept under a name by one person."""

    reference = ReferenceField()
    person = models.ForeignKey("core.User", models.PROTECT, related_name="saved_views")
    path = models.CharField(max_length=100)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)
    is_default = models.BooleanField(default=False)
    saved_at = models.DateTimeField(default=clock.now)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "path", "name"], name="a_saved_view_has_its_own_name"),
            models.UniqueConstraint(fields=["person", "path"], condition=models.Q(is_default=True), name="one_view_of_a_list_is_the_usual_one"),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"{self.path}?{self.query or 'view=all'}"


class ListExport(models.Model):
    """One list that somebody took away as a file: which, how narrowed, how many rows; nobody is named in it."""

    reference = ReferenceField()
    authority = models.ForeignKey("core.Authority", models.PROTECT, null=True)
    person = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    path = models.CharField(max_length=100)
    query = models.CharField(max_length=500, blank=True)
    rows = models.PositiveIntegerField()
    exported_at = models.DateTimeField(default=clock.now)

    def __str__(self):
        return f"{self.rows} rows of {self.path}"
