"""Benefits: what the service saves, by kind, with its baseline, forecast and actual, and what finance validated."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from contracts.choices import BenefitKind
from contracts.rules.benefit import Entry
from core import clock
from core.references import ReferenceField
from core.roles import Permission
from referrals.choices import ProvisionKind
from referrals.models import Child
from referrals.models.access import Access
from referrals.models.ending import OutcomeType
from referrals.models.provision import DateRange


class BenefitQuerySet(models.QuerySet):
    """Benefits, asked for in words."""

    def visible_to(self, user):
        """The council's own, for those who see them; of a restricted child only for whoever is named on the record."""
        if user.acting is None or not user.can(Permission.SEE_BENEFITS):
            return self.none()
        open_to_all = Q(child=None) | Q(child__is_restricted=False)
        withheld = Access.objects.withheld(user).filter(referral=None, child__isnull=False)
        return (
            self.filter(authority=user.acting.authority_id)
            .filter(open_to_all | Q(child__in=Child.objects.visible_to(user)))
            .exclude(child__in=withheld.values("child"))
        )

    def in_order(self):
        """By kind, the newest first."""
        return self.order_by("kind", "-starts_on", "pk")


@pghistory.track()
class Benefit(models.Model):
    """One benefit: of one child's journey, counted day by day, or of the service, stated with its source.

    `ends_on` is the last day it may be counted up to (not in it): the baseline's planned end, or earlier where somebody closed it.
    """

    reference = ReferenceField()
    authority = models.ForeignKey("core.Authority", models.PROTECT)
    contract = models.ForeignKey("contracts.Contract", models.PROTECT, related_name="benefits")
    kind = models.CharField(max_length=12, choices=BenefitKind)
    what = models.CharField(max_length=200)
    child = models.ForeignKey("referrals.Child", models.PROTECT, null=True, blank=True, related_name="benefits")
    outcome = models.CharField(max_length=20, choices=OutcomeType, blank=True)
    provision = models.ForeignKey("referrals.Provision", models.PROTECT, null=True, blank=True, related_name="benefits")
    is_modelled = models.BooleanField(default=False)
    modelled_for = models.CharField(max_length=20, blank=True)
    baseline = models.CharField(max_length=160)
    baseline_weekly = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    baseline_source = models.CharField(max_length=200)
    budget_line = models.CharField(max_length=120, blank=True)
    starts_on = models.DateField()
    baseline_ends_on = models.DateField()
    ends_on = models.DateField()
    closed_because = models.CharField(max_length=200, blank=True)
    forecast = models.DecimalField(max_digits=12, decimal_places=2)
    attribution = models.DecimalField(max_digits=5, decimal_places=2, default=100)
    attribution_words = models.CharField(max_length=200, blank=True)
    stated = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    stated_until = models.DateField(null=True, blank=True)
    stated_source = models.CharField(max_length=200, blank=True)
    owner = models.ForeignKey("core.User", models.PROTECT, related_name="benefits")
    entered_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)
    changed_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=clock.now)
    version = models.PositiveIntegerField(default=1)

    objects = BenefitQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_benefit_is_counted_inside_its_baseline",
                condition=Q(ends_on__gt=F("starts_on"), baseline_ends_on__gte=F("ends_on")),
            ),
            models.CheckConstraint(name="attribution_is_a_part_or_all", condition=Q(attribution__gt=0, attribution__lte=100)),
            models.CheckConstraint(
                name="a_childs_benefit_has_a_weekly_baseline",
                condition=Q(child=None) | Q(baseline_weekly__isnull=False, stated=None),
            ),
            models.CheckConstraint(
                name="a_stated_figure_has_its_day_and_source",
                condition=Q(stated=None, stated_until=None, stated_source="")
                | Q(stated__isnull=False, stated_until__isnull=False) & ~Q(stated_source=""),
            ),
            models.CheckConstraint(
                name="a_modelled_benefit_says_its_year_and_has_no_outturn",
                condition=Q(is_modelled=False, modelled_for="") | Q(is_modelled=True, child=None, stated=None) & ~Q(modelled_for=""),
            ),
            ExclusionConstraint(
                name="a_childs_day_is_in_one_benefit",
                expressions=[
                    ("child", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                condition=Q(child__isnull=False),
                violation_error_message="Those days are counted in another benefit of this child.",
            ),
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("contracts:benefit", args=[self.reference])

    @property
    def is_of_the_hub(self) -> bool:
        """Whether it comes from the hub's beds."""
        return self.provision_id is not None and self.provision.kind == ProvisionKind.HUB

    @property
    def heading(self) -> str:
        """Under which heading of the register it stands: its kind, or that it is modelled."""
        return "Modelled" if self.is_modelled else self.get_kind_display()

    def entry(self) -> Entry:
        """What the rules ask of it."""
        return Entry(
            kind=self.kind, what=self.what, is_of_a_child=self.child_id is not None,
            is_moved=bool(self.outcome) and OutcomeType(self.outcome).is_moved,
            **{name: getattr(self, name) for name in (
                "is_modelled", "modelled_for", "baseline", "baseline_weekly", "baseline_source", "budget_line", "starts_on",
                "baseline_ends_on", "forecast", "attribution", "attribution_words",
            )},
        )  # fmt: skip


class BenefitValidation(models.Model):
    """One figure of one benefit as finance validated it: frozen, with the working it was made of."""

    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="validations")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    counted_until = models.DateField()
    working = models.JSONField()
    note = models.CharField(max_length=300, blank=True)
    validated_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    validated_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["benefit", "-validated_at"])]

    def __str__(self):
        return f"{self.benefit} on {self.validated_at:%Y-%m-%d}"
