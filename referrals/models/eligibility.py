"""Exceptions to a contract's criteria, and how a referral stands against them."""

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core import clock
from core.dated import setting
from core.references import ReferenceField
from core.roles import Role
from referrals.models.panel_dates import told_panel_terms
from referrals.rules import eligibility


class Criterion(models.TextChoices):
    """What a contract may ask of a child."""

    AGE = "age", "Age"
    DISTANCE = "distance", "Distance"
    HOME = "home", "Where the child lives"


class EligibilityExceptionQuerySet(models.QuerySet):
    """Exceptions, asked for in words."""

    def visible_to(self, user):
        """Those of referrals this person may see."""
        referrals = EligibilityException.referral.field.related_model
        return self.filter(referral__in=referrals.objects.visible_to(user))

    def to_decide(self, user):
        """Those that wait for this strategic manager, the oldest first."""
        if user.acting is None or user.acting.role != Role.STRATEGIC_MANAGER:
            return self.none()
        return self.visible_to(user).filter(decided_at=None).order_by("asked_at", "pk")


@pghistory.track()
class EligibilityException(models.Model):
    """One exception asked for one referral: the fact it is about, why, who allowed it or did not."""

    reference = ReferenceField()
    referral = models.ForeignKey("referrals.Referral", models.CASCADE, related_name="exceptions")
    criterion = models.CharField(max_length=10, choices=Criterion)
    fact = models.CharField(max_length=400)
    asked_because = models.TextField()
    asked_by = models.ForeignKey("core.User", models.PROTECT, related_name="exceptions_asked")
    asked_at = models.DateTimeField(default=clock.now)
    is_allowed = models.BooleanField(null=True, blank=True)
    decided_because = models.TextField(blank=True)
    decided_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="exceptions_decided")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = EligibilityExceptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "criterion"], name="an_exception_is_asked_once_at_a_time",
                condition=Q(decided_at=None),
            ),
            models.CheckConstraint(
                name="exception_decided_by_and_at_go_together",
                condition=Q(decided_by=None, decided_at=None, is_allowed=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False, is_allowed__isnull=False) & ~Q(decided_because=""),
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_criterion_display()}: {self.fact}"

    def get_absolute_url(self):
        return reverse("referrals:exception", args=[self.reference])

    @property
    def child_id(self):
        """The child it is about, for the reading log."""
        return self.referral.child_id


def findings_for(referral, *, on=None) -> list[eligibility.Finding]:
    """Every criterion of the contract in force, judged for this referral on a day (today)."""
    on = on or clock.today()
    return eligibility.findings(referral.facts(), criteria_for(referral), on=on)


def criteria_for(referral) -> eligibility.Criteria:
    """The criteria in force today for what this referral asks."""
    terms = referral.provision_terms
    return eligibility.criteria_from(terms.eligibility if terms else {})


def allowed_for(referral) -> set[tuple[str, str]]:
    """The exceptions allowed for this referral, each with the fact it was allowed for."""
    return set(referral.exceptions.filter(is_allowed=True).values_list("criterion", "fact"))


def panel_terms(authority) -> dict:
    """The panel's terms that referrers are asked to read first, by version; the council's own link where no panel tells any."""
    return told_panel_terms(authority.pk) or setting("referral panel terms", {}, authority=authority)


def judged(referral) -> dict:
    """How a referral is judged at this moment, to be kept with the sending."""
    criteria, allowed = criteria_for(referral), allowed_for(referral)
    terms = referral.provision_terms
    return {
        "on": clock.today().isoformat(),
        "contract": terms.contract_slug if terms else "",
        "version": criteria.version,
        "panel_terms": panel_terms(referral.authority),
        "source": criteria.source,
        "findings": [
            {"criterion": f.criterion, "asks": f.asks, "fact": f.fact, "met": not f.reasons,
             "allowed": (f.criterion, f.fact) in allowed}
            for f in findings_for(referral)
        ],
    }  # fmt: skip
