"""Indicators: versioned definitions, targets by date, values by period and reading."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core import clock
from kpis.choices import Better, Frequency, ValueState


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
    order = models.PositiveSmallIntegerField(default=0)
    name = models.TextField()
    owner_role = models.CharField(max_length=120, blank=True)
    source = models.CharField(max_length=120, blank=True)
    flag = models.TextField(blank=True)

    objects = IndicatorQuerySet.as_manager()

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("kpis:indicator", args=[self.slug])


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

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "version"], name="a_definition_has_its_own_version"
            )
        ]

    def __str__(self):
        return f"{self.indicator}, definition {self.version}"


class IndicatorTarget(models.Model):
    """What an indicator is to reach by a day; words where the document gives words."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="targets")
    due_on = models.DateField()
    value = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)
    printed = models.CharField(max_length=120)

    def __str__(self):
        return self.printed


class IndicatorValue(models.Model):
    """One indicator's value for one period and reading, with what it was counted from."""

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
    source = models.CharField(max_length=120, blank=True)
    entered_at = models.DateTimeField(default=clock.now)
    entered_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    validated_at = models.DateTimeField(null=True, blank=True)
    validated_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

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
                name="value_validated_by_and_at_go_together",
                condition=Q(validated_by=None, validated_at=None)
                | Q(validated_by__isnull=False, validated_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.indicator}, {self.period_label}"
