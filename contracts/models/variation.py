"""Dated variations of a contract, agreed by both parties, and consent to sub-contracting."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from contracts.choices import VariationKind
from core import clock
from core.references import ReferenceField
from core.roles import Role

_PROVIDERS = {Role.PROVIDER_MANAGER, Role.PRACTITIONER}


def of_contracts(rows, user):
    """Rows that hang on a contract of the person's own authority, or of their own service."""
    acting = user.acting
    if acting is None:
        return rows.none()
    if acting.role in _PROVIDERS:
        return rows.filter(contract__provider=acting.organisation_id)
    return rows.filter(contract__authority=acting.authority_id)


class VariationQuerySet(models.QuerySet):
    """Variations, asked for in words."""

    def visible_to(self, user):
        """Those of the contracts the person may see; and an agreed sale, for the council that bought (001:316-323)."""
        acting = user.acting
        if acting is None or acting.role in _PROVIDERS:
            return of_contracts(self, user)
        bought = Q(kind=VariationKind.SALE, buyer=acting.authority_id, applied_at__isnull=False)
        return self.filter(Q(contract__authority=acting.authority_id) | bought)

    def bought_by(self, authority_id: int):
        """Sales to this council that both parties have agreed."""
        return self.filter(kind=VariationKind.SALE, buyer=authority_id, applied_at__isnull=False)

    def open(self):
        """Those that one party or both have still to answer."""
        return self.filter(applied_at=None, refused_at=None)


def _together(stem: str) -> models.CheckConstraint:
    """Who and when are known together, or neither."""
    neither, both = {f"{stem}_by": None, f"{stem}_at": None}, {f"{stem}_by__isnull": False, f"{stem}_at__isnull": False}
    return models.CheckConstraint(name=f"variation_{stem}_by_and_at_go_together", condition=Q(**neither) | Q(**both))


class Variation(models.Model):
    """One change to a contract from a day; it holds once the council and the provider have both agreed.

    `price` is the one it succeeds, with `places` and `weekly_rate` as they are to be; `new_end_on` belongs
    to the term; `buyer`, `places`, `weekly_rate` and `until_on` to a sale.
    """

    reference = ReferenceField()
    contract = models.ForeignKey("contracts.Contract", models.PROTECT, related_name="variations")
    kind = models.CharField(max_length=6, choices=VariationKind)
    what = models.CharField(max_length=200)
    why = models.TextField()
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    price = models.ForeignKey("contracts.Price", models.PROTECT, null=True, blank=True, related_name="variations")
    places = models.PositiveSmallIntegerField(null=True, blank=True)
    weekly_rate = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    new_end_on = models.DateField(null=True, blank=True)
    buyer = models.ForeignKey("core.Authority", models.PROTECT, null=True, blank=True, related_name="+")
    proposed_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    proposed_at = models.DateTimeField(null=True, blank=True)
    council_agreed_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    council_agreed_at = models.DateTimeField(null=True, blank=True)
    provider_agreed_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    provider_agreed_at = models.DateTimeField(null=True, blank=True)
    refused_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    refused_at = models.DateTimeField(null=True, blank=True)
    refused_because = models.TextField(blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)

    objects = VariationQuerySet.as_manager()

    class Meta:
        constraints = [
            *[_together(stem) for stem in ("proposed", "council_agreed", "provider_agreed", "refused")],
            models.CheckConstraint(
                name="a_variation_holds_when_both_have_agreed",
                condition=Q(applied_at=None)
                | Q(council_agreed_at__isnull=False, provider_agreed_at__isnull=False, refused_at=None),
            ),
            models.CheckConstraint(
                name="a_sale_has_a_buyer_a_price_and_an_end",
                condition=~Q(kind="sale")
                | Q(buyer__isnull=False, places__gt=0, weekly_rate__gt=0, until_on__gt=F("from_on")),
            ),
        ]

    def __str__(self):
        return self.what

    def get_absolute_url(self):
        return reverse("contracts:variation", args=[self.reference])

    @property
    def state(self) -> str:
        """Where it has got to, in words."""
        if self.refused_at:
            return "Not agreed"
        if self.applied_at:
            return "Agreed"
        return "With the provider" if self.council_agreed_at else "With the council" if self.provider_agreed_at else "Proposed"


class SubcontractQuerySet(models.QuerySet):
    """Requests to sub-contract, asked for in words."""

    def visible_to(self, user):
        """Those of the contracts that the person may see."""
        return of_contracts(self, user)


class Subcontract(models.Model):
    """A provider's request to let somebody else do a part, and the commissioner's answer (002:797-798)."""

    reference = ReferenceField()
    contract = models.ForeignKey("contracts.Contract", models.PROTECT, related_name="subcontracts")
    who = models.CharField(max_length=160)
    what = models.CharField(max_length=300)
    from_on = models.DateField()
    asked_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now)
    is_consented = models.BooleanField(null=True)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = SubcontractQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="subcontract_decided_by_and_at_go_together",
                condition=Q(decided_by=None, decided_at=None, is_consented=None)
                | Q(decided_by__isnull=False, decided_at__isnull=False, is_consented__isnull=False),
            )
        ]

    def __str__(self):
        return self.who

    def get_absolute_url(self):
        return f"{self.contract.get_absolute_url()}/documents"
