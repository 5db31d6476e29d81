"""What points to benefits not being delivered, and is put to a board for decision."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from contracts.choices import Board
from core import clock
from core.references import ReferenceField
from core.roles import Permission


class EscalationQuerySet(models.QuerySet):
    """Escalations, asked for in words."""

    def visible_to(self, user):
        """The council's own, for those who see them; a provider does not read what is put to the boards."""
        if user.acting is None or not user.can(Permission.SEE_ESCALATIONS):
            return self.none()
        return self.filter(authority=user.acting.authority_id)

    def open(self):
        """Those that still wait for their board."""
        return self.filter(decided_on=None)


class Escalation(models.Model):
    """One thing put to one board: what it is, why it points to non-delivery, and what the board decided."""

    reference = ReferenceField()
    authority = models.ForeignKey("core.Authority", models.PROTECT)
    board = models.CharField(max_length=4, choices=Board)
    benefit = models.ForeignKey("contracts.Benefit", models.PROTECT, null=True, blank=True, related_name="escalations")
    what = models.CharField(max_length=200)
    why = models.TextField()
    raised_at = models.DateTimeField(default=clock.now)
    raised_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    wanted_by = models.DateField()
    decision = models.TextField(blank=True)
    decided_by = models.CharField(max_length=120, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = EscalationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_decided_escalation_says_what_and_who_wrote_it",
                condition=Q(decided_on=None, decision="", recorded_by=None)
                | (Q(decided_on__isnull=False, recorded_by__isnull=False) & ~Q(decision="")),
            )
        ]

    def __str__(self):
        return self.what

    def get_absolute_url(self):
        return reverse("contracts:escalation", args=[self.reference])

    @property
    def raised_on(self):
        """The day it was raised, here."""
        return self.raised_at.astimezone(clock.LONDON).date()

    @property
    def is_late(self) -> bool:
        """True when the day by which a decision was wanted has passed without one."""
        return self.decided_on is None and self.wanted_by < clock.today()
