"""What a provider shows under a contract: policies and plans by date, days logged, and evidence packs."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from contracts.models.contract import Contract
from contracts.models.register import RegisterQuerySet
from contracts.rules.assurance import EntryKind
from core import clock
from core.references import ReferenceField


class DayKind(models.TextChoices):
    """A day that is not a performance review, and is logged apart from them (002:644, 881)."""

    DEVELOPMENT = "development", "Service development day"
    CONTACT = "contact", "Contact day"
    TRAINING = "training", "Training session"
    INVOLVEMENT = "involvement", "Planning with young people or families"


class AssuranceEntry(models.Model):
    """One thing shown on a day: a policy reviewed, a plan, an assessment, a commitment, an inspection; a later one takes its place."""

    contract = models.ForeignKey("contracts.Contract", models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=24, choices=[(kind.value, kind.words) for kind in EntryKind])
    title = models.CharField(max_length=160)
    owner = models.CharField(max_length=120)
    on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    evidence = models.TextField(blank=True)
    kept_at = models.CharField(max_length=200, blank=True)
    entered_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)

    objects = RegisterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="what_is_shown_is_due_again_later", condition=Q(due_on=None) | Q(due_on__gt=F("on"))
            )
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("contracts:assurance", args=[self.contract.slug])


class ContractDay(models.Model):
    """One day held under a contract: development, contact, training, or planning with those who use it."""

    contract = models.ForeignKey("contracts.Contract", models.CASCADE, related_name="days")
    kind = models.CharField(max_length=12, choices=DayKind)
    held_on = models.DateField()
    about = models.CharField(max_length=200)
    who = models.CharField(max_length=200)
    hours = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    came_of_it = models.TextField(blank=True)
    entered_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)

    objects = RegisterQuerySet.as_manager()

    def __str__(self):
        return f"{self.get_kind_display()}, {self.held_on}"

    def get_absolute_url(self):
        return reverse("contracts:assurance", args=[self.contract.slug])


class EvidencePack(models.Model):
    """One frozen set of a contract’s registers, made for an inspection or an audit, and kept as it was."""

    reference = ReferenceField()
    contract = models.ForeignKey(Contract, models.PROTECT, related_name="evidence_packs")
    for_what = models.CharField(max_length=200)
    version = models.OneToOneField("core.DocumentVersion", models.PROTECT, null=True, related_name="+")
    drawn_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField(default=clock.now)

    objects = RegisterQuerySet.as_manager()

    def __str__(self):
        return f"Evidence pack {self.reference}"

    def get_absolute_url(self):
        return reverse("contracts:evidence_pack", args=[self.reference])
