"""Figures of the dashboard, kept: each month's of each measure, the indicators' rows, and what has changed since they were counted."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, Now

from core import clock

LATE_AFTER = timedelta(seconds=60)
# What a change may concern; which figures each touches is in kpis/measures/keeping.py.
SOURCES = [
    "steps", "signatures", "waiting", "decisions", "meetings", "actions", "places", "stays", "endings", "children", "homes", "homes ended",
    "scores", "complaints", "marks", "money", "indicators", "all",
]  # fmt: skip


class KeptFigure(models.Model):
    """What one measure of the service's own came to in one month, with all that a quarter, a year or one service needs of it.

    `parts` says, by kind of service, what months are put together from (kpis/measures/parts.py).
    """

    authority = models.ForeignKey("core.Authority", models.CASCADE, related_name="+")
    measure = models.SlugField()
    month = models.DateField()
    value = models.DecimalField(max_digits=20, decimal_places=3, null=True, blank=True)
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField()
    longest = models.IntegerField(null=True, blank=True)
    parts = models.JSONField(default=dict)
    counted_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["authority", "measure", "month"], name="a_month_of_a_measure_is_kept_once"),
            models.CheckConstraint(name="a_kept_month_begins_on_its_first", condition=Q(month__day=1)),
        ]

    def __str__(self):
        return f"{self.measure}, {self.month:%B %Y}"


class KeptBoardQuerySet(models.QuerySet):
    """How kept figures stand, asked for in words."""

    def with_changes(self):
        """Each with when the oldest change was written that is not counted yet, and whether that is longer ago than a minute."""
        waits = FigureChange.objects.filter(Q(authority=models.OuterRef("authority")) | Q(authority=None))
        late = waits.filter(at__lt=Now() - LATE_AFTER)
        return self.annotate(is_behind=models.Exists(waits), is_late=models.Exists(late))

    def with_text(self):
        """Each with the indicators' rows as the database writes them: whoever drew the same text before need not read it."""
        texts = {f"{name}_text": Cast(name, models.TextField()) for name in ("seen", "watched")}
        return self.defer("seen", "watched").annotate(**texts)


class KeptBoard(models.Model):
    """How one authority's kept figures stand: when they were counted, for which day, by which rules, and what is kept beside the months.

    `seen` and `watched` are the indicators' rows for those who see counts of 1 to 5 children and for those who do not;
    `aims` the targets of measures and the days from which limits begin afresh.
    """

    authority = models.OneToOneField("core.Authority", models.CASCADE, related_name="+")
    counted_at = models.DateTimeField(default=clock.now)
    day = models.DateField()
    rules = models.CharField(max_length=64)
    first = models.DateField()
    last = models.DateField()
    seen = models.JSONField(default=list)
    watched = models.JSONField(default=list)
    aims = models.JSONField(default=dict)

    objects = KeptBoardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="kept_months_end_after_they_begin", condition=Q(last__gt=F("first"))),
        ]

    def __str__(self):
        return f"{self.authority}, counted {self.counted_at}"


class FigureChange(models.Model):
    """One change of a record that figures are counted from, written by the database in the deed's own transaction, until it is counted.

    `since` and `until` are the first and the last day that it may touch; all days where neither is known. No authority: any.
    """

    source = models.CharField(max_length=20, choices=[(name, name) for name in SOURCES])
    authority = models.ForeignKey("core.Authority", models.DO_NOTHING, null=True, blank=True, db_constraint=False, related_name="+")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["authority", "at"], name="changes_to_be_counted")]

    def __str__(self):
        return f"{self.source}, {self.since} to {self.until}"
