"""Indicators: versioned definitions, targets by date, values by period and reading."""

from datetime import timedelta

import pghistory
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core import clock
from core.paired import by_and_at
from core.references import ReferenceField
from core.roles import Role
from kpis.choices import Against, Better, Frequency, InQuartile, Rating, Scheme, ValueState


class IndicatorQuerySet(models.QuerySet):
    """Indicators, asked for in words."""

    def visible_to(self, user):
        """The authority's own."""
        acting = user.acting
        return self.none() if acting is None else self.filter(authority=acting.authority_id)


class Indicator(models.Model):
    """One measure the service is watched by."""

    slug = models.SlugField(unique=True, max_length=80)
    authority = models.ForeignKey("core.Authority", models.PROTECT)
    recommendation = models.ForeignKey(
        "kpis.Recommendation", models.CASCADE, null=True, blank=True, related_name="indicators"
    )
    register = models.ForeignKey("kpis.Register", models.CASCADE, null=True, blank=True, related_name="indicators")
    group = models.CharField(max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    name = models.TextField()
    owner_role = models.CharField(max_length=120, blank=True)
    checked_by_role = models.CharField(max_length=3, choices=Role, blank=True)
    source = models.CharField(max_length=120, blank=True)
    flag = models.TextField(blank=True)

    objects = IndicatorQuerySet.as_manager()

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("kpis:indicator", args=[self.slug])

    @property
    def definition_url(self):
        """Its definition, targets and figures, and the deeds on them."""
        return reverse("kpis:definition", args=[self.slug])


class IndicatorDefinition(models.Model):
    """What an indicator counts, from a day on: numerator, denominator, reading, polarity."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="definitions")
    version = models.PositiveSmallIntegerField(default=1)
    from_on = models.DateField()
    numerator = models.TextField(blank=True)
    denominator = models.TextField(blank=True)
    reading = models.CharField(max_length=40, default="as printed")
    unit = models.CharField(max_length=20, default="%")
    better = models.CharField(max_length=4, choices=Better, blank=True)
    frequency = models.CharField(max_length=8, choices=Frequency, default=Frequency.QUARTER)
    is_rolling = models.BooleanField(default=False)
    counts_children = models.BooleanField(default=True)
    tolerance = models.DecimalField(max_digits=6, decimal_places=3, default="0.1")
    tolerance_is_relative = models.BooleanField(default=True)
    scheme = models.CharField(max_length=8, choices=Scheme, default=Scheme.TARGET)
    baseline = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    baseline_words = models.CharField(max_length=160, blank=True)
    because = models.TextField(blank=True)
    made_at = models.DateTimeField(default=clock.now)
    made_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "version"], name="a_definition_has_its_own_version"
            ),
            models.CheckConstraint(
                name="a_baseline_has_its_day", condition=Q(baseline=None) | Q(baseline_on__isnull=False)
            ),
        ]

    def __str__(self):
        return f"{self.indicator}, definition {self.version}"


class IndicatorTarget(models.Model):
    """What an indicator is to reach by a day; words where the document gives words."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets")
    due_on = models.DateField()
    value = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)
    printed = models.CharField(max_length=120)
    because = models.TextField(blank=True)
    set_at = models.DateTimeField(default=clock.now)
    set_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    replaced_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "due_on"], name="one_target_in_force_a_day", condition=Q(replaced_on=None)
            )
        ]

    def __str__(self):
        return self.printed


class IndicatorBenchmark(models.Model):
    """What others came to in a period: statistical neighbours, England, or the Department's published figure of our own."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="benchmarks")
    against = models.CharField(max_length=10, choices=Against)
    period_end = models.DateField()
    period_label = models.CharField(max_length=40, blank=True)
    value = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    printed = models.CharField(max_length=160)
    source = models.CharField(max_length=120)
    note = models.CharField(max_length=300, blank=True)
    added_at = models.DateTimeField(default=clock.now)
    added_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self):
        return f"{self.get_against_display()}, {self.period_label}"

    @property
    def last_day(self):
        """The last day of its period, which ends on the day before `period_end`."""
        return self.period_end - timedelta(days=1)


class IndicatorValueQuerySet(models.QuerySet):
    """Values, asked for in words."""

    def visible_to(self, user):
        """Those of indicators that this person sees."""
        return self.filter(indicator__in=Indicator.objects.visible_to(user))


@pghistory.track()
class IndicatorValue(models.Model):
    """One indicator's value for one period and reading, with what it was counted from.

    The period ends on the day before `period_end`. `is_final`: nothing will change it any more; whether it may be
    shown outside is `state`.
    """

    reference = ReferenceField()
    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="values")
    definition = models.ForeignKey(IndicatorDefinition, models.PROTECT, related_name="+")
    period_start = models.DateField()
    period_end = models.DateField()
    period_label = models.CharField(max_length=40, blank=True)
    reading = models.CharField(max_length=40, default="as printed")
    numerator = models.BigIntegerField(null=True, blank=True)
    denominator = models.BigIntegerField(null=True, blank=True)
    value = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    printed = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=9, choices=ValueState, default=ValueState.ENTERED)
    is_final = models.BooleanField(default=False)
    quartile = models.PositiveSmallIntegerField(null=True, blank=True)
    in_quartile = models.CharField(max_length=4, choices=InQuartile, blank=True)
    change = models.CharField(max_length=40, blank=True)
    printed_rating = models.CharField(max_length=1, choices=Rating, blank=True)
    flag = models.TextField(blank=True)
    corrected_because = models.TextField(blank=True)
    source = models.CharField(max_length=120, blank=True)
    entered_at = models.DateTimeField(default=clock.now)
    entered_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    validated_at = models.DateTimeField(null=True, blank=True)
    validated_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = IndicatorValueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "period_start", "period_end", "reading"],
                name="one_value_a_period_and_reading",
            ),
            models.CheckConstraint(
                name="a_period_ends_after_it_starts", condition=Q(period_end__gt=F("period_start"))
            ),
            models.CheckConstraint(
                name="a_quartile_is_1_to_4", condition=Q(quartile=None) | Q(quartile__gte=1, quartile__lte=4)
            ),
            by_and_at("checked", of="value"),
            by_and_at("validated", of="value"),
        ]

    def __str__(self):
        return f"{self.indicator}, {self.period_label}"

    def get_absolute_url(self):
        return self.indicator.definition_url

    @property
    def authority_id(self):
        """Whose value it is, for the trail."""
        return self.indicator.authority_id

    @property
    def slug(self) -> str:
        """Its indicator's, under which it is found."""
        return self.indicator.slug

    @property
    def last_day(self):
        """The last day of its period."""
        return self.period_end - timedelta(days=1)
