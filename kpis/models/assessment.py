"""Root-and-branch assessments of a contract's service, and the visits made for them (002:892)."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from contracts.models import Contract
from core import clock
from core.references import ReferenceField
from core.roles import Role

PROVIDERS = (Role.PROVIDER_MANAGER, Role.PRACTITIONER)


class AssessmentQuerySet(models.QuerySet):
    """Assessments, asked for in words."""

    def visible_to(self, user):
        """Those of contracts the person sees; the provider reads one once it has ended."""
        rows = self.filter(contract__in=Contract.objects.visible_to(user))
        is_provider = user.acting is not None and user.acting.role in PROVIDERS
        return rows.exclude(ended_on=None) if is_provider else rows

    def open(self):
        """Those that have not ended."""
        return self.filter(ended_on=None)


class Assessment(models.Model):
    """One assessment of a whole service: why, when it began, and what it found."""

    reference = ReferenceField()
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="assessments")
    why = models.TextField()
    begun_on = models.DateField()
    begun_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    finding = models.TextField(blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract"], name="one_open_assessment_a_contract", condition=Q(ended_on=None)),
            models.CheckConstraint(
                name="an_ended_assessment_says_who_and_what",
                condition=Q(ended_on=None, ended_by=None, finding="")
                | (Q(ended_on__isnull=False, ended_by__isnull=False) & ~Q(finding="")),
            ),
        ]

    def __str__(self):
        return f"Assessment of {self.contract}"

    def get_absolute_url(self):
        return reverse("kpis:assessment", args=[self.contract.slug, self.reference])

    @property
    def authority_id(self):
        """The contract's."""
        return self.contract.authority_id


class SiteVisit(models.Model):
    """One visit for an assessment: where, when, who was spoken with, and what was seen."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="visits")
    place = models.CharField(max_length=160)
    visited_on = models.DateField()
    spoken_with = models.JSONField(default=list)
    note = models.TextField(blank=True)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")

    def __str__(self):
        return f"Visit to {self.place}"

    @property
    def authority_id(self):
        """The contract's."""
        return self.assessment.authority_id
