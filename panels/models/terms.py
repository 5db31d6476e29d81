"""Terms of reference by version: clauses in words, and the numbers the rules read."""

from functools import cached_property

from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.alone import while_alone
from panels.choices import ItemKind, TermsState


class TermsOfReference(models.Model):
    """One version of one body's rule book."""

    panel = models.ForeignKey("panels.Panel", models.CASCADE, related_name="terms")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=TermsState, default=TermsState.PROPOSED)
    in_force_from = models.DateField(null=True, blank=True)
    is_example = models.BooleanField(default=False)
    source = models.CharField(max_length=80, blank=True)
    notice_working_days = models.PositiveSmallIntegerField(null=True, blank=True)
    notice_is_clear = models.BooleanField(default=True)
    cancellation_hours = models.PositiveSmallIntegerField(null=True, blank=True)
    fewest_a_year = models.PositiveSmallIntegerField(null=True, blank=True)
    most_a_year = models.PositiveSmallIntegerField(null=True, blank=True)
    papers_working_days = models.PositiveSmallIntegerField(default=5)
    alteration_days = models.PositiveSmallIntegerField(null=True, blank=True)
    pack_draft_working_days = models.PositiveSmallIntegerField(null=True, blank=True)
    pack_freeze_working_days = models.PositiveSmallIntegerField(null=True, blank=True)
    pack_needs_approval = models.BooleanField(default=True)
    review_weeks = models.PositiveSmallIntegerField(default=12)
    thresholds = models.JSONField(default=dict, blank=True)
    chair_rotation = models.JSONField(default=list, blank=True)
    front_line_attends = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["panel", "version"], name="a_version_is_there_once"),
            models.CheckConstraint(
                name="terms_in_force_have_a_date",
                condition=~Q(state__in=["in force", "replaced"]) | Q(in_force_from__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.panel}, version {self.version}"

    def get_absolute_url(self):
        return reverse("panels:terms_version", args=[self.panel.slug, self.version])

    @cached_property
    def seats_read(self) -> list:
        """Its seats with the quorum roles they fill, read once: a version that was adopted is never changed."""
        seats = self.seats.select_related("limb")
        return while_alone(("seats", self.pk), lambda: list(seats), CompositionSeat, QuorumLimb)

    @property
    def authority_id(self):
        """The body's."""
        return self.panel.authority_id


class Clause(models.Model):
    """One clause, in our own words, with the line of the document it comes from."""

    terms = models.ForeignKey(TermsOfReference, models.CASCADE, related_name="clauses")
    number = models.CharField(max_length=8)
    order = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=120)
    text = models.TextField()
    source = models.CharField(max_length=40, blank=True)
    sets = models.JSONField(default=list, blank=True)

    def __str__(self):
        return f"{self.number} {self.heading}"


class StandingItem(models.Model):
    """One item that is on every agenda, in this order."""

    terms = models.ForeignKey(TermsOfReference, models.CASCADE, related_name="standing_items")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=ItemKind)
    title = models.CharField(max_length=120)
    minutes = models.PositiveSmallIntegerField(default=10)
    source = models.CharField(max_length=40, blank=True)

    def __str__(self):
        return self.title


class QuorumLimb(models.Model):
    """One part of the quorum: a role that must be filled by so many different people."""

    terms = models.ForeignKey(TermsOfReference, models.CASCADE, related_name="limbs")
    order = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=120)
    needed = models.PositiveSmallIntegerField(default=1)

    def __str__(self):
        return self.role


class CompositionSeat(models.Model):
    """One lettered seat of the composition, and the limb of the quorum it may fill."""

    terms = models.ForeignKey(TermsOfReference, models.CASCADE, related_name="seats")
    letter = models.CharField(max_length=2)
    title = models.CharField(max_length=160)
    role = models.CharField(max_length=200, blank=True)
    is_chair = models.BooleanField(default=False)
    is_invitee = models.BooleanField(default=False)
    is_provider = models.BooleanField(default=False)
    agency = models.CharField(max_length=60, blank=True)
    limb = models.ForeignKey(
        QuorumLimb, models.PROTECT, null=True, blank=True, related_name="seats"
    )

    def __str__(self):
        return self.title


class TermsRole(models.Model):
    """What one seat or officer does for the body, with the line of the document it comes from."""

    terms = models.ForeignKey(TermsOfReference, models.CASCADE, related_name="roles")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    does = models.JSONField(default=list)
    letter = models.CharField(max_length=2, blank=True)
    source = models.CharField(max_length=40, blank=True)

    def __str__(self):
        return self.title


class Signature(models.Model):
    """One party's signature on one version of the terms."""

    terms = models.ForeignKey(TermsOfReference, models.CASCADE, related_name="signatures")
    party = models.ForeignKey("core.Organisation", models.PROTECT)
    representative = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True)
    position = models.CharField(max_length=120, blank=True)
    signed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["terms", "party"], name="a_party_signs_a_version_once"),
            models.CheckConstraint(
                name="a_signature_has_who_and_when",
                condition=Q(representative=None, signed_on=None)
                | Q(representative__isnull=False, signed_on__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.party} on {self.terms}"
