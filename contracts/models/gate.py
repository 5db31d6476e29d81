"""Gates: what lets a pilot be rolled out or a term be extended; the frozen baseline; reports of progress; plans."""

import hashlib
import json

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from contracts.choices import Criterion, GateDecision, GateKind, PlanKind, ReportKind
from contracts.models.variation import of_contracts
from core import clock
from core.references import ReferenceField


def fingerprint(content: dict) -> str:
    """Give the SHA-256 of frozen content, in hexadecimal; the order of keys does not matter."""
    plain = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


class ByContract(models.QuerySet):
    """Rows that hang on a contract."""

    def visible_to(self, user):
        """Those of the contracts that the person may see."""
        return of_contracts(self, user)


class Baseline(models.Model):
    """Figures frozen before a pilot, against which its effect is judged (002:644, 491-616). Never changed.

    `content` is a list of tables under "tables": each a title, columns, rows of cells, and its source line.
    """

    reference = ReferenceField()
    contract = models.ForeignKey("contracts.Contract", models.PROTECT, related_name="baselines")
    title = models.CharField(max_length=160)
    as_of_on = models.DateField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    frozen_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(default=clock.now)
    source = models.CharField(max_length=80, blank=True)

    objects = ByContract.as_manager()

    class Meta:
        triggers = [
            pgtrigger.Protect(name="a_baseline_never_changes", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("contracts:baseline", args=[self.reference])

    @property
    def is_whole(self) -> bool:
        """True when its content still has the fingerprint it was frozen with."""
        return fingerprint(self.content) == self.sha256


class Gate(models.Model):
    """One decision that a contract waits for: roll a pilot out, or extend the term; with who and when."""

    reference = ReferenceField()
    contract = models.ForeignKey("contracts.Contract", models.PROTECT, related_name="gates")
    lot = models.ForeignKey("contracts.Lot", models.PROTECT, null=True, blank=True, related_name="gates")
    kind = models.CharField(max_length=9, choices=GateKind)
    due_on = models.DateField()
    baseline = models.ForeignKey(Baseline, models.PROTECT, null=True, blank=True, related_name="gates")
    decision = models.CharField(max_length=5, choices=GateDecision, blank=True)
    reason = models.TextField(blank=True)
    despite = models.TextField(blank=True)
    decided_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=40, blank=True)

    objects = ByContract.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="gate_decided_by_and_at_go_together",
                condition=Q(decided_by=None, decided_at=None, decision="")
                | (Q(decided_by__isnull=False, decided_at__isnull=False) & ~Q(decision="")),
            )
        ]

    def __str__(self):
        return self.get_kind_display()

    def get_absolute_url(self):
        return reverse("contracts:gate", args=[self.reference])


class GateEvidence(models.Model):
    """One piece of evidence at a gate: what it is put forward for, what it says, and whether it shows it."""

    gate = models.ForeignKey(Gate, models.CASCADE, related_name="evidence")
    criterion = models.CharField(max_length=10, choices=Criterion)
    text = models.TextField()
    is_met = models.BooleanField()
    added_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=clock.now)

    def __str__(self):
        return self.get_criterion_display()


class ProgressReport(models.Model):
    """One report of progress that came in, and whether it was satisfactory: a condition of the term (002:955)."""

    contract = models.ForeignKey("contracts.Contract", models.CASCADE, related_name="progress_reports")
    kind = models.CharField(max_length=9, choices=ReportKind)
    period_from = models.DateField()
    received_on = models.DateField()
    is_satisfactory = models.BooleanField()
    note = models.TextField(blank=True)
    judged_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    judged_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "kind", "period_from"], name="one_report_of_progress_a_period"),
            models.CheckConstraint(
                name="a_report_comes_after_its_period_began", condition=Q(received_on__gt=F("period_from"))
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} report from {self.period_from}"


class PlanStep(models.Model):
    """One step of a mobilisation plan, or of handing over and ending (002:919, 001:155-160)."""

    reference = ReferenceField()
    contract = models.ForeignKey("contracts.Contract", models.CASCADE, related_name="steps")
    lot = models.ForeignKey("contracts.Lot", models.CASCADE, null=True, blank=True, related_name="steps")
    plan = models.CharField(max_length=8, choices=PlanKind)
    what = models.CharField(max_length=200)
    owner = models.CharField(max_length=120)
    due_on = models.DateField()
    note = models.CharField(max_length=300, blank=True)
    done_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="step_done_by_and_at_go_together",
                condition=Q(done_by=None, done_at=None) | Q(done_by__isnull=False, done_at__isnull=False),
            )
        ]

    def __str__(self):
        return self.what

    @property
    def is_late(self) -> bool:
        """True when its day has passed and it is not done."""
        return self.done_at is None and self.due_on < clock.today()
