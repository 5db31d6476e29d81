"""While a child waits: the band and its history, contacts, the plan agreed with the referrer, the order."""

import pghistory
from django.db import models
from django.db.models import F, Q

from core import clock
from referrals.choices import Band, BandingBasis, ContactWith


class Banding(models.Model):
    """One judgement of one referral's priority: its band, the working, who judged and who agreed."""

    referral = models.ForeignKey("referrals.Referral", models.CASCADE, related_name="bandings")
    basis = models.CharField(max_length=8, choices=BandingBasis)
    was = models.CharField(max_length=10, choices=Band, blank=True)
    proposed = models.CharField(max_length=10, choices=Band)
    band = models.CharField(max_length=10, choices=Band)
    working = models.JSONField(default=list)
    at_risk_in_days = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.TextField(blank=True)
    agreed_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="bandings_agreed"
    )
    banded_at = models.DateTimeField(default=clock.now)
    banded_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")

    def __str__(self):
        return f"{self.get_band_display()}, {self.get_basis_display().lower()}"

    @property
    def is_up(self):
        """Whether it moved the child up from where they stood, or from what was proposed."""
        order = list(Band.values)
        return order.index(self.band) < order.index(self.was or self.proposed)


class Contact(models.Model):
    """One contact with somebody round a child who waits, and when the next one is."""

    referral = models.ForeignKey("referrals.Referral", models.CASCADE, related_name="contacts")
    with_whom = models.CharField(max_length=8, choices=ContactWith)
    note = models.TextField()
    next_contact_on = models.DateField()
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")

    def __str__(self):
        return f"Contact with the {self.get_with_whom_display().lower()}"


@pghistory.track()
class WaitingPlan(models.Model):
    """What helps while one child waits, whom to ring, and whether the referrer has agreed it."""

    referral = models.OneToOneField(
        "referrals.Referral", models.CASCADE, related_name="waiting_plan"
    )
    meanwhile = models.TextField()
    ring_name = models.CharField(max_length=100)
    ring_number = models.CharField(max_length=40)
    ring_hours = models.CharField(max_length=100, blank=True)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="waiting_plan_agreed_by_and_at_go_together",
                condition=Q(agreed_by=None, agreed_at=None)
                | Q(agreed_by__isnull=False, agreed_at__isnull=False),
            )
        ]

    def __str__(self):
        return f"While {self.referral} waits"


class OrderChange(models.Model):
    """One change of the order in which children wait for a service: before, after, why and agreed by whom."""

    provision = models.ForeignKey(
        "referrals.Provision", models.CASCADE, related_name="order_changes"
    )
    before = models.JSONField()
    after = models.JSONField()
    reason = models.TextField()
    agreed_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)
    changed_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")

    def __str__(self):
        return f"New order for {self.provision}"


@pghistory.track()
class LeadWorker(models.Model):
    """One time in which one worker leads the support of one referral's child; no end while it lasts."""

    referral = models.ForeignKey("referrals.Referral", models.CASCADE, related_name="lead_workers")
    person = models.ForeignKey("core.User", models.PROTECT, related_name="leads")
    from_at = models.DateTimeField(default=clock.now)
    until_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)
    named_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral"], name="a_referral_has_one_lead_worker_at_a_time", condition=Q(until_at=None)
            ),
            models.CheckConstraint(
                name="a_lead_worker_ends_after_they_begin",
                condition=Q(until_at=None) | Q(until_at__gte=F("from_at")),
            ),
        ]

    def __str__(self):
        return str(self.person)
