"""Proposals to change the terms: what is to be altered, why, and which meeting considers it first."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from core import clock
from core.references import ReferenceField
from panels.choices import AlterationState, PartDeed, PartKind, TakesEffect


class Alteration(models.Model):
    """One proposal in writing to alter one body's terms; what came of it is kept with it."""

    reference = ReferenceField()
    panel = models.ForeignKey("panels.Panel", models.PROTECT, related_name="alterations")
    based_on = models.ForeignKey("panels.TermsOfReference", models.PROTECT, related_name="+")
    reason = models.TextField()
    proposed_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=clock.now)
    sent_to = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    delivered_at = models.DateTimeField(null=True, blank=True)
    meeting = models.ForeignKey(
        "panels.Meeting", models.PROTECT, null=True, blank=True, related_name="alterations"
    )
    item = models.OneToOneField(
        "panels.AgendaItem", models.SET_NULL, null=True, blank=True, related_name="alteration"
    )
    state = models.CharField(max_length=12, choices=AlterationState, default=AlterationState.SENT)
    takes_effect = models.CharField(max_length=10, choices=TakesEffect, default=TakesEffect.SIGNED)
    effective_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    new_terms = models.OneToOneField(
        "panels.TermsOfReference", models.PROTECT, null=True, blank=True, related_name="alteration"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="terms_that_begin_on_a_day_name_it",
                condition=~Q(takes_effect="on a day") | Q(effective_on__isnull=False),
            ),
            models.CheckConstraint(
                name="an_adopted_proposal_has_its_version",
                condition=~Q(state="adopted") | Q(new_terms__isnull=False),
            ),
        ]

    def __str__(self):
        return f"Proposal {self.reference}"

    def get_absolute_url(self):
        return reverse("panels:alteration", args=[self.panel.slug, self.reference])

    @property
    def authority_id(self):
        """The body's."""
        return self.panel.authority_id


class AlteredClause(models.Model):
    """One clause as it is to read, and the numbers it is to set; a new one has nothing before it, one taken out nothing after."""

    alteration = models.ForeignKey(Alteration, models.CASCADE, related_name="changes")
    order = models.PositiveSmallIntegerField()
    number = models.CharField(max_length=8)
    heading = models.CharField(max_length=120)
    text = models.TextField()
    numbers = models.JSONField(default=dict, blank=True)
    is_new = models.BooleanField(default=False)
    is_removed = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alteration", "number"], name="a_clause_is_altered_once")
        ]

    def __str__(self):
        return f"Clause {self.number}"


class AlteredPart(models.Model):
    """One change to the seats, the quorum or the standing items: a line added, changed or taken away, by its name."""

    alteration = models.ForeignKey(Alteration, models.CASCADE, related_name="parts")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=4, choices=PartKind)
    deed = models.CharField(max_length=6, choices=PartDeed)
    key = models.CharField(max_length=120)
    facts = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["alteration", "kind", "key"], name="a_line_is_altered_once")
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.key}"


class GroupAgreement(models.Model):
    """That a group agreed to one extra meeting, for developmental work: when, and how it is known."""

    meeting = models.OneToOneField("panels.Meeting", models.CASCADE, related_name="group_agreement")
    agreed_on = models.DateField()
    how = models.CharField(max_length=300)

    def __str__(self):
        return f"Agreed to {self.meeting}"
