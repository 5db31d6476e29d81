"""Authorities, organisations and teams: whose records these are."""

from django.db import models


class Authority(models.Model):
    """One local authority; every council record belongs to exactly one."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    service_name = models.CharField(max_length=100, default="Throughline")

    def __str__(self):
        return self.name


class OrganisationKind(models.TextChoices):
    """What an organisation is to the service."""

    COUNCIL = "council", "Council"
    PROVIDER = "provider", "Provider"
    HEALTH = "health", "Health"
    EDUCATION = "education", "Education"


class Organisation(models.Model):
    """A council, a provider or a partner; a provider belongs to no authority."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=OrganisationKind)
    authority = models.ForeignKey(
        Authority, models.PROTECT, null=True, blank=True, related_name="organisations"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_provider_belongs_to_no_authority",
                condition=models.Q(kind="provider", authority=None)
                | (~models.Q(kind="provider") & models.Q(authority__isnull=False)),
            )
        ]

    def __str__(self):
        return self.name


class Team(models.Model):
    """A team of social workers in one organisation."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=200)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="teams")

    def __str__(self):
        return self.name
