"""What stands behind a service: its team, its homes' kite marks, the reviews of demand."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from core import clock
from referrals.choices import DemandOutcome
from referrals.models.provision import Home, Provision


class DatedQuerySet(models.QuerySet):
    """Rows with a first day and a last, asked for in words."""

    def on(self, day):
        """Those that hold on a day; the last day is exclusive."""
        return self.filter(Q(until_on=None) | Q(until_on__gt=day), from_on__lte=day)


class TeamPost(models.Model):
    """One kind of post in a service's team from a day: how many there are, and how many are filled."""

    provision = models.ForeignKey(Provision, models.CASCADE, related_name="team_posts")
    title = models.CharField(max_length=80)
    posts = models.DecimalField(max_digits=4, decimal_places=1)
    filled = models.DecimalField(max_digits=4, decimal_places=1, default=Decimal(0))
    works_with_children = models.BooleanField(default=True)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=80, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="no_more_posts_are_filled_than_there_are", condition=Q(filled__lte=F("posts"))
            )
        ]

    def __str__(self):
        return self.title


class KiteMark(models.Model):
    """One quality mark of a home that is not registered: who gave it, on what evidence, when."""

    home = models.ForeignKey(Home, models.CASCADE, related_name="kite_marks")
    name = models.CharField(max_length=80)
    evidence = models.TextField()
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    entered_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)

    objects = DatedQuerySet.as_manager()

    def __str__(self):
        return self.name


class DemandReview(models.Model):
    """One look at how a home is used, after its first 6 to 12 months, and what was decided."""

    home = models.ForeignKey(Home, models.CASCADE, related_name="demand_reviews")
    due_from = models.DateField()
    due_by = models.DateField()
    held_on = models.DateField(null=True, blank=True)
    finding = models.TextField(blank=True)
    outcome = models.CharField(max_length=12, choices=DemandOutcome, blank=True)
    decided_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="demand_review_decided_by_and_at_go_together",
                condition=Q(decided_by=None, decided_at=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False),
            )
        ]

    def __str__(self):
        return f"Review of demand for {self.home}"
