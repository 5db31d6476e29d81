"""Contracts and their lots."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from contracts.choices import ContractState, LotKind
from core.dates import months_after
from referrals.models.provision import whose


class ContractQuerySet(models.QuerySet):
    """Contracts, asked for in words."""

    def visible_to(self, user):
        """The authority's for its contract people; the provider's own for its people."""
        return self.none() if user.acting is None else self.filter(whose(user))


class Contract(models.Model):
    """One agreement with one provider."""

    slug = models.SlugField(unique=True)
    authority = models.ForeignKey("core.Authority", models.PROTECT)
    name = models.CharField(max_length=160)
    provider = models.ForeignKey("core.Organisation", models.PROTECT, related_name="contracts")
    state = models.CharField(max_length=8, choices=ContractState, default=ContractState.PROPOSED)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True)
    annual_value = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    value_note = models.TextField(blank=True)
    source = models.CharField(max_length=80, blank=True)
    no_direct_work = models.BooleanField(default=False)
    extension_months = models.PositiveSmallIntegerField(default=0)  # the option, from the day it ends on
    extended_on = models.DateField(null=True, blank=True)  # the day from which the option was used
    reports_from_on = models.DateField(null=True, blank=True)  # the first day that reports of progress cover

    objects = ContractQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_contract_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")),
            )
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("contracts:contract", args=[self.slug])


class Lot(models.Model):
    """One part of a contract, with its own start, paying for provisions.

    A pilot says how long it runs and within how many months of the award it is mobilised (002:13).
    """

    contract = models.ForeignKey(Contract, models.CASCADE, related_name="lots")
    kind = models.CharField(max_length=5, choices=LotKind)
    name = models.CharField(max_length=120)
    starts_on = models.DateField()
    awarded_on = models.DateField(null=True, blank=True)
    pilot_months = models.PositiveSmallIntegerField(null=True, blank=True)
    mobilise_within_months = models.PositiveSmallIntegerField(null=True, blank=True)

    def __str__(self):
        return self.name

    @property
    def pilot_ends_on(self):
        """The day on which the pilot has run its months, or None."""
        return months_after(self.starts_on, self.pilot_months) if self.pilot_months else None

    @property
    def mobilise_by(self):
        """The last day for having it under way, counted from the award, or None."""
        if self.awarded_on is None or not self.mobilise_within_months:
            return None
        return months_after(self.awarded_on, self.mobilise_within_months)
