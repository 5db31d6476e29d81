"""Disputes that a meeting did not settle: clause 59 of the service contract (000:178-180)."""

import pgtrigger
from django.db import models
from django.urls import reverse

from core import clock
from core.references import ReferenceField
from core.roles import Role
from panels.choices import DisputeStage, PanelKind
from panels.models.agenda_item import AgendaItem
from panels.models.panel import Panel

OVER = (DisputeStage.SETTLED, DisputeStage.WITHDRAWN)


class DisputeQuerySet(models.QuerySet):
    """Disputes, asked for in words."""

    def visible_to(self, user):
        """Those of bodies a person sits on or serves, less those about an item that is kept from them.

        A commissioner reads their council's own steering group's, and none about a child's item.
        """
        if user.acting is not None and user.acting.role == Role.COMMISSIONER:
            steering = Panel.objects.visible_to(user).filter(kind=PanelKind.STEERING)
            return self.filter(panel__in=steering, item__referral=None)
        kept = AgendaItem.objects.exclude(pk__in=AgendaItem.objects.not_kept_from(user))
        return self.filter(panel__in=Panel.objects.visible_to(user)).exclude(item__in=kept)

    def open(self):
        """Those not yet settled or withdrawn."""
        return self.exclude(stage__in=OVER)


class Dispute(models.Model):
    """One disagreement between the parties, and where it has got to."""

    reference = ReferenceField()
    panel = models.ForeignKey(Panel, models.PROTECT, related_name="disputes")
    item = models.ForeignKey("panels.AgendaItem", models.PROTECT, null=True, blank=True, related_name="disputes")
    about = models.CharField(max_length=200)
    clause = models.CharField(max_length=20, default="59")
    stage = models.CharField(max_length=9, choices=DisputeStage, default=DisputeStage.RAISED)
    raised_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)

    objects = DisputeQuerySet.as_manager()

    def __str__(self):
        return self.about

    def get_absolute_url(self):
        return reverse("panels:dispute", args=[self.reference])

    @property
    def authority_id(self):
        """The authority it belongs to."""
        return self.panel.authority_id

    @property
    def is_open(self):
        """Neither settled nor withdrawn."""
        return self.stage not in OVER

    @property
    def is_late(self):
        """Whether its day has passed."""
        return self.is_open and self.due_on is not None and self.due_on < clock.today()


class DisputeStep(models.Model):
    """One step of one dispute: what was done, on which day, and by when an answer is due; never edited."""

    dispute = models.ForeignKey(Dispute, models.PROTECT, related_name="steps")
    stage = models.CharField(max_length=9, choices=DisputeStage)
    on = models.DateField()
    words = models.TextField()
    due_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")

    class Meta:
        triggers = [
            pgtrigger.Protect(name="dispute_steps_are_never_edited", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self):
        return self.get_stage_display()
