"""What there is to give: provisions, homes and places, and what contracts told them."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse

from core.references import ReferenceField
from core.roles import Role
from referrals.choices import ProvisionKind, RateBasis


class DateRange(Func):
    """daterange(from, until): the day of the end is not in it."""

    function = "daterange"
    output_field = DateRangeField()


class ProvisionQuerySet(models.QuerySet):
    """Provisions, asked for in words."""

    def visible_to(self, user):
        """The authority's own for council people, and the provider's own for its people."""
        return self.none() if user.acting is None else self.filter(whose(user))


def whose(user) -> tuple[str, int | None]:
    """By which key a person sees services and contracts, and which: a provider's people by their organisation, the council's by their authority."""
    acting = user.acting
    if acting.role in {Role.PROVIDER_MANAGER, Role.PRACTITIONER}:
        return "provider", acting.organisation_id
    return "authority", acting.authority_id


class Provision(models.Model):
    """One service that takes children: outreach, the hub, the properties."""

    slug = models.SlugField(unique=True)
    authority = models.ForeignKey("core.Authority", models.PROTECT)
    kind = models.CharField(max_length=12, choices=ProvisionKind)
    name = models.CharField(max_length=100)
    provider = models.ForeignKey("core.Organisation", models.PROTECT, related_name="provisions")

    objects = ProvisionQuerySet.as_manager()

    def __str__(self):
        return self.name

    @property
    def is_living(self):
        """True where a child lives in its places."""
        return ProvisionKind(self.kind).is_living


class Home(models.Model):
    """One building with beds or rooms."""

    provision = models.ForeignKey(Provision, models.PROTECT, related_name="homes")
    name = models.CharField(max_length=100)
    lowest_age = models.PositiveSmallIntegerField(default=0)
    highest_age = models.PositiveSmallIntegerField(default=17)
    looked_after_only = models.BooleanField(default=False)

    def __str__(self):
        return self.name


class Registration(models.Model):
    """A home's registration or accepted application, between dates."""

    home = models.ForeignKey(Home, models.CASCADE, related_name="registrations")
    number = models.CharField(max_length=40)
    is_application = models.BooleanField(default=False)
    covers_under_16 = models.BooleanField()
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    def __str__(self):
        return self.number


class PlaceQuerySet(models.QuerySet):
    """Places, asked for in words."""

    def open_on(self, day):
        """Places open on a day; the closing date is exclusive."""
        return self.filter(Q(closes_on=None) | Q(closes_on__gt=day), opens_on__lte=day)

    def visible_to(self, user):
        """Places of the provisions this person may see."""
        return self.filter(provision__in=Provision.objects.visible_to(user))

    def in_order(self):
        """By provision, home and number."""
        return self.order_by("provision_id", "home_id", "number")


@pghistory.track()
class Place(models.Model):
    """One unit of capacity: a numbered outreach place, a bed or a room."""

    reference = ReferenceField()
    provision = models.ForeignKey(Provision, models.PROTECT, related_name="places")
    home = models.ForeignKey(Home, models.PROTECT, null=True, blank=True, related_name="places")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    opens_on = models.DateField()
    closes_on = models.DateField(null=True, blank=True)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["provision", "number"], name="a_place_has_its_own_number"
            ),
            models.CheckConstraint(
                name="a_place_closes_after_it_opens",
                condition=Q(closes_on=None) | Q(closes_on__gt=F("opens_on")),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("referrals:place", args=[self.reference])


class ProvisionTermsQuerySet(models.QuerySet):
    """Provision terms, asked for in words."""

    def on(self, day):
        """Those in force on a day."""
        return self.filter(Q(until_on=None) | Q(until_on__gt=day), from_on__lte=day)


class ProvisionTerms(models.Model):
    """What a contract told a provision: how many places, at what price, signed off by whom."""

    provision = models.ForeignKey(Provision, models.CASCADE, related_name="terms")
    contract_slug = models.SlugField()
    provider = models.ForeignKey("core.Organisation", models.PROTECT)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    places = models.PositiveSmallIntegerField()
    weekly_rate = models.DecimalField(max_digits=9, decimal_places=2)
    under_16_rate = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    rate_basis = models.CharField(max_length=12, choices=RateBasis)
    rate_is_confirmed = models.BooleanField(default=False)
    other_reading = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=80, blank=True)
    sign_off_chain = models.JSONField(default=list)
    no_direct_work = models.BooleanField(default=False)
    eligibility = models.JSONField(default=dict, blank=True)

    objects = ProvisionTermsQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="a_provision_has_one_set_of_terms_a_day",
                expressions=[
                    ("provision", RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on"), RangeOperators.OVERLAPS),
                ],
            )
        ]

    def __str__(self):
        return f"{self.provision} from {self.from_on}"

    def holds_on(self, day) -> bool:
        """Whether they are in force on a day; the last day is exclusive."""
        return self.from_on <= day and (self.until_on is None or self.until_on > day)

    def rate_of(self, place):
        """The weekly price of one place: a home for under-16s may have its own."""
        is_young = place.home is not None and place.home.lowest_age < 16 and self.under_16_rate is not None
        return self.under_16_rate if is_young else self.weekly_rate
