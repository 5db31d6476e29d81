"""What an item asks a resources panel to pay for."""

from decimal import Decimal

from django.db import models

from core import clock
from core.money import cost_of_stay
from core.paired import by_and_at
from panels.choices import Explored, RequestKind


class FundingRequest(models.Model):
    """One item's request for money: its kind, its sums, and what the kind asks beside."""

    item = models.OneToOneField("panels.AgendaItem", models.CASCADE, related_name="request")
    kind = models.CharField(max_length=14, choices=RequestKind)
    weekly_cost = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    one_off_cost = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    committed_elsewhere = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    family_total = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    assessment = models.CharField(max_length=120, blank=True)
    above_rate_because = models.TextField(blank=True)
    rate_agreed_at = models.DateTimeField(null=True, blank=True)
    rate_agreed_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    universal = models.CharField(max_length=10, choices=Explored, blank=True)
    family_support = models.CharField(max_length=10, choices=Explored, blank=True)
    family_group = models.CharField(max_length=10, choices=Explored, blank=True)
    explored_words = models.TextField(blank=True)
    note = models.TextField(blank=True)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            by_and_at("rate_agreed", of="request")
        ]

    def __str__(self):
        return self.get_kind_display()

    @property
    def commitment(self) -> Decimal:
        """The whole forward commitment: what is paid once, and every week to its end or review."""
        weeks = self.weekly_cost and self.starts_on and self.until_on and self.until_on > self.starts_on
        by_week = cost_of_stay(self.weekly_cost, self.starts_on, self.until_on) if weeks else Decimal(0)
        return (self.one_off_cost or Decimal(0)) + by_week

    @property
    def rate_is_agreed(self) -> bool:
        """The chair has accepted a cost above the national rate."""
        return self.rate_agreed_at is not None
