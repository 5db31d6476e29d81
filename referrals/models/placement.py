"""Homes: where a child has lived, one at a time, and the dated prices of each."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core import clock
from core.references import ReferenceField
from referrals.models.child import Child
from referrals.models.provision import DateRange
from referrals.rules.placement import FAMILY, KINDS, REASONS, RESIDENTIAL, duration_band, outcome_of


class PlacementQuerySet(models.QuerySet):
    """Homes, asked for in words."""

    def visible_to(self, user):
        """Homes of children whose record this person may see."""
        return self.filter(child__in=Child.objects.visible_to(user))

    def on(self, day):
        """Homes lived in on a day; the day a home ends is not in it."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)

    def oldest_first(self):
        """By the day each began."""
        return self.order_by("starts_on", "pk")

    def ended_early(self, first, until):
        """Those that ended between two days without being planned."""
        return self.filter(was_planned=False, ends_on__gte=first, ends_on__lt=until)


@pghistory.track()
class Placement(models.Model):
    """One home a child lived in between two days; where they truly live, registered or not."""

    reference = ReferenceField()
    child = models.ForeignKey("referrals.Child", models.PROTECT, related_name="homes")
    kind = models.CharField(max_length=12, choices=list(KINDS.items()))
    provider = models.CharField(max_length=120, blank=True)
    is_internal = models.BooleanField(null=True, blank=True)
    is_in_county = models.BooleanField(null=True, blank=True)
    is_registered = models.BooleanField(null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ending_reason = models.CharField(max_length=6, blank=True, choices=[(c, w) for c, (w, _) in REASONS.items()])
    was_planned = models.BooleanField(null=True, blank=True)
    ending_note = models.CharField(max_length=300, blank=True)
    corrected_because = models.CharField(max_length=300, blank=True)
    instead_of_residential = models.BooleanField(default=False)
    stay = models.OneToOneField("referrals.Stay", models.PROTECT, null=True, blank=True, related_name="home")
    recorded_by = models.ForeignKey("core.User", models.PROTECT, related_name="+", null=True, blank=True)
    recorded_at = models.DateTimeField(default=clock.now)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        verbose_name = "home"
        constraints = [
            ExclusionConstraint(
                name="a_child_lives_in_one_home_at_a_time",
                expressions=[
                    ("child", RangeOperators.EQUAL),
                    (DateRange("starts_on", "ends_on"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="The child already has a home in those days.",
            ),
            models.CheckConstraint(
                name="a_home_ends_after_it_starts", condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on"))
            ),
            models.CheckConstraint(
                name="an_ended_home_has_its_reason",
                condition=Q(ends_on=None, ending_reason="", was_planned=None)
                | Q(ends_on__isnull=False, was_planned__isnull=False) & ~Q(ending_reason=""),
            ),
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("referrals:child_homes", args=[self.child.reference])

    @property
    def words(self) -> str:
        """The kind of home, as a bar or a row says it."""
        return self.get_kind_display()

    @property
    def sector(self) -> str:
        """Own provision or an agency's, where that is a question."""
        if self.is_internal is None:
            return "Not asked"
        return "Own provision" if self.is_internal else "Agency provision"

    @property
    def area(self) -> str:
        """In or out of the county."""
        if self.is_in_county is None:
            return "Not known"
        return "In county" if self.is_in_county else "Out of county"

    @property
    def band(self) -> str:
        """How long it lasted, where it ended without being planned."""
        return duration_band(self.starts_on, self.ends_on) if self.was_planned is False and self.ends_on else ""

    def outcome_after(self, before: str) -> str:
        """The outcome this move is, from the kind of home before it; nothing where it is none."""
        return outcome_of(before, self.kind, instead_of_residential=self.instead_of_residential)

    @property
    def is_family(self) -> bool:
        """With a family of some kind: what a move out of a children's home may lead to."""
        return self.kind in FAMILY

    @property
    def is_residential(self) -> bool:
        """A children's home of some kind."""
        return self.kind in RESIDENTIAL


@pghistory.track()
class PlacementPrice(models.Model):
    """One weekly price of a home, or of a social worker's travel to it, from a day on, with its source."""

    PARTS = [("home", "The home"), ("travel", "Social worker’s travel")]

    placement = models.ForeignKey(Placement, models.CASCADE, related_name="prices")
    part = models.CharField(max_length=6, choices=PARTS, default="home")
    from_on = models.DateField()
    weekly_rate = models.DecimalField(max_digits=9, decimal_places=2)
    source = models.CharField(max_length=120)
    set_by = models.ForeignKey("core.User", models.PROTECT, related_name="+", null=True, blank=True)
    set_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["placement", "part", "from_on"], name="one_price_of_a_home_from_a_day"),
            models.CheckConstraint(name="a_price_is_not_below_nought", condition=Q(weekly_rate__gte=0)),
        ]

    def __str__(self):
        return f"{self.get_part_display()} from {self.from_on}"
