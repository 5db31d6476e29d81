"""Disposals of records: proposed, answered by a second person, and what is left of them, which names nobody."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core import clock
from core.references import ReferenceField
from core.roles import Permission


class DisposalState(models.TextChoices):
    """Where a disposal has got to."""

    PROPOSED = "proposed", "Waits for a second person"
    REFUSED = "refused", "Refused"
    DONE = "done", "Disposed of"


class DisposalRule(models.TextChoices):
    """By which rule a record's time was up."""

    BIRTH = "birth", "Looked-after child: years from birth"
    DEATH = "death", "Looked-after child: years from a death before 18"
    ADOPTION = "adoption", "Adopted child: years from the order"
    SCHEDULE = "schedule", "The council’s schedule"


class DisposalQuerySet(models.QuerySet):
    """Disposals, asked for in words."""

    def visible_to(self, user):
        """The council's, to those who keep records and those who check that they are kept."""
        if not user.can(Permission.SEE_RETENTION):
            return self.none()
        return self.filter(authority=user.acting.authority_id)

    def waiting(self):
        """Those that wait for a second person."""
        return self.filter(state=DisposalState.PROPOSED)


class Disposal(models.Model):
    """One disposal. Once it is done it is a certificate: counts by table and a hash, and nothing of the child."""

    reference = ReferenceField()
    authority = models.ForeignKey("core.Authority", models.PROTECT)
    child = models.ForeignKey("referrals.Child", models.PROTECT, null=True, blank=True, related_name="disposals")
    state = models.CharField(max_length=8, choices=DisposalState, default=DisposalState.PROPOSED)
    rule = models.CharField(max_length=8, choices=DisposalRule)
    evidence = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=300, blank=True)
    proposed_at = models.DateTimeField(default=clock.now)
    proposed_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    refused_because = models.CharField(max_length=300, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    files = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)

    objects = DisposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="disposal_answered_by_and_at_go_together",
                condition=Q(answered_by=None, answered_at=None) | Q(answered_by__isnull=False, answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="two_people_dispose_of_a_record",
                condition=~Q(state="done") | Q(answered_by__isnull=False) & ~Q(answered_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="a_certificate_names_nobody", condition=~Q(state="done") | Q(child=None, evidence="", note="")
            ),
            models.UniqueConstraint(fields=["child"], condition=Q(state="proposed"), name="a_record_is_proposed_once"),
        ]  # fmt: skip

    def __str__(self):
        return f"Disposal {self.reference}"

    def get_absolute_url(self):
        return reverse("kpis:disposal", args=[self.reference])

    @property
    def rows(self) -> int:
        """How many rows went."""
        return sum(self.counts.values())
