"""Prices, by date."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import Q

from referrals.choices import RateBasis
from referrals.models.provision import DateRange


class Price(models.Model):
    """What one lot pays for one provision from a day; indicative until someone confirms it."""

    lot = models.ForeignKey("contracts.Lot", models.CASCADE, related_name="prices")
    provision = models.ForeignKey("referrals.Provision", models.PROTECT, related_name="prices")
    label = models.CharField(max_length=80)
    weekly_rate = models.DecimalField(max_digits=9, decimal_places=2)
    basis = models.CharField(max_length=12, choices=RateBasis)
    other_reading = models.CharField(max_length=200, blank=True)
    places = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    confirmed_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=40, blank=True)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_price_is_positive", condition=Q(weekly_rate__gt=0)
            ),
            models.CheckConstraint(
                name="price_confirmed_by_and_at_go_together",
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
            ExclusionConstraint(
                name="prices_of_a_label_never_overlap",
                expressions=[
                    ("lot", RangeOperators.EQUAL),
                    ("label", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self):
        return f"{self.label}: £{self.weekly_rate:,.2f} {self.get_basis_display()}"
