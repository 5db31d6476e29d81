"""Documents that the terms and the contract rely on: who owns each, and whether the service holds it."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.references import ReferenceField
from core.roles import Permission


class ReliedDocumentQuerySet(models.QuerySet):
    """The register, asked for in words."""

    def visible_to(self, user):
        """The council's, to those who use the terms and the contract."""
        if not user.can(Permission.SEE_RELIED_ON):
            return self.none()
        return self.filter(authority=user.acting.authority_id)

    def missing(self):
        """Those that nobody has supplied."""
        return self.filter(held_on=None)


class ReliedDocument(models.Model):
    """One document that a clause relies on; `held_on` is the day from which the service has it."""

    reference = ReferenceField()
    authority = models.ForeignKey("core.Authority", models.PROTECT)
    title = models.CharField(max_length=200)
    relied_on_by = models.CharField(max_length=300)
    meanwhile = models.CharField(max_length=300, blank=True)
    owner_role = models.CharField(max_length=100)
    source = models.CharField(max_length=100, blank=True)
    asked_on = models.DateField(null=True, blank=True)
    held_on = models.DateField(null=True, blank=True)
    held_where = models.CharField(max_length=200, blank=True)

    objects = ReliedDocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "title"], name="a_document_stands_once_in_the_register"),
            models.CheckConstraint(name="a_document_held_says_where", condition=Q(held_on=None) | ~Q(held_where="")),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("kpis:relied_document", args=[self.reference])
