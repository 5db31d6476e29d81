"""The workforce register: who works under a contract, what was checked of them and when, and gaps with their cover."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from contracts.models.register import RegisterQuerySet
from contracts.rules import workforce as rules
from core import clock
from core.references import ReferenceField


class StaffRole(models.TextChoices):
    """What somebody in the team does (001:116-118)."""

    EDUCATIONAL = "educational psychologist", "Educational Psychologist"
    CLINICAL = "clinical psychologist", "Clinical Psychologist"
    SPEECH = "speech and language", "Speech and Language Therapist"
    PSYCHOTHERAPIST = "psychotherapist", "Psychotherapist"
    THERAPEUTIC = "therapeutic worker", "Therapeutic Worker"
    MANAGER = "manager", "Manager"
    ADMINISTRATION = "administration", "Administration"


class CheckKind(models.TextChoices):
    """What is checked of each person."""

    DBS = "dbs", "Enhanced DBS check"
    SUPERVISION = "supervision", "Supervision"
    SAFEGUARDING = "safeguarding", "Safeguarding training"


class GapReason(models.TextChoices):
    """Why somebody is not there."""

    VACANCY = "vacancy", "The post is vacant"
    LEAVE = "leave", "Holiday"
    SICKNESS = "sickness", "Sickness"
    TRAINING = "training", "Training"
    OTHER = "other", "Another absence"


class StaffQuerySet(RegisterQuerySet):
    """People on the register, asked for in words."""

    def working(self, day):
        """Those who have started and not left."""
        return self.filter(Q(left_on=None) | Q(left_on__gt=day), starts_on__lte=day)


class StaffMember(models.Model):
    """One person who works under a contract, with what they are qualified in and since when."""

    reference = ReferenceField()
    contract = models.ForeignKey("contracts.Contract", models.CASCADE, related_name="staff")
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=24, choices=StaffRole)
    qualification = models.CharField(max_length=160)
    qualified_on = models.DateField(null=True, blank=True)
    starts_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    entered_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)

    objects = StaffQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="nobody_leaves_before_they_start", condition=Q(left_on=None) | Q(left_on__gte=F("starts_on"))
            )
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("contracts:staff_member", args=[self.reference])

    @property
    def standing(self):
        """How each thing that is asked of them stands today."""
        return rules.standing(
            latest={check.kind: check for check in sorted(self.checks.all(), key=lambda check: (check.on, check.pk))},
            qualified_on=self.qualified_on, is_practitioner=self.role not in {StaffRole.MANAGER, StaffRole.ADMINISTRATION},
            today=clock.today(),
        )  # fmt: skip


class StaffCheck(models.Model):
    """One thing checked of one person on a day, and when it is due again."""

    member = models.ForeignKey(StaffMember, models.CASCADE, related_name="checks")
    kind = models.CharField(max_length=12, choices=CheckKind)
    on = models.DateField()
    next_on = models.DateField(null=True, blank=True)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    entered_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_check_is_due_again_after_it_was_made", condition=Q(next_on=None) | Q(next_on__gt=F("on"))
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.on}"


class StaffGap(models.Model):
    """One time that somebody, or nobody yet, is missing from a post, and who does the work meanwhile."""

    reference = ReferenceField()
    contract = models.ForeignKey("contracts.Contract", models.CASCADE, related_name="gaps")
    role = models.CharField(max_length=24, choices=StaffRole)
    why = models.CharField(max_length=12, choices=GapReason)
    from_on = models.DateField()
    last_on = models.DateField(null=True, blank=True)
    covered_by = models.CharField(max_length=200, blank=True)
    entered_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)

    objects = RegisterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_gap_ends_after_it_starts", condition=Q(last_on=None) | Q(last_on__gte=F("from_on"))
            )
        ]

    def __str__(self):
        return f"{self.get_role_display()}: {self.get_why_display().lower()}"

    def get_absolute_url(self):
        return reverse("contracts:workforce", args=[self.contract.slug])
