"""A child's weeks: what was confirmed, what happened, and the journeys theirs is compared with."""

import pghistory
from django.db import models
from django.db.models import F, Q

from core import clock
from core.references import ReferenceField
from referrals.models.child import Child

EVENTS = {
    "contact": "Seen or spoken with",
    "words": "In the child’s own words",
    "well": "Something went well",
    "meeting": "Meeting",
    "health": "Health",
    "learning": "Education, training or work",
    "family": "Time with family",
    "support": "Support changed",
    "incident": "Incident",
    "other": "Something else",
}
# What is contact, and not a change from the last week.
IS_CONTACT = ("contact", "words")


class ChildRows(models.QuerySet):
    """Rows about a child, seen by whoever may see the child's record."""

    def visible_to(self, user):
        """Those of children whose record this person may see."""
        return self.filter(child__in=Child.objects.visible_to(user))


@pghistory.track()
class JourneyWeek(models.Model):
    """One child's week, from its Monday, written down by somebody: the same as the last, or what changed."""

    child = models.ForeignKey("referrals.Child", models.PROTECT, related_name="weeks")
    week_on = models.DateField()
    is_same = models.BooleanField()
    had_contact = models.BooleanField()
    note = models.TextField(blank=True)
    recorded_by = models.ForeignKey("core.User", models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "week"
        constraints = [
            models.UniqueConstraint(fields=["child", "week_on"], name="a_childs_week_is_recorded_once"),
            models.CheckConstraint(name="a_week_begins_on_a_monday", condition=Q(week_on__iso_week_day=1)),
        ]

    def __str__(self):
        return f"Week from {self.week_on}"


@pghistory.track()
class JourneyEvent(models.Model):
    """One thing that happened to a child on a day, in a few words."""

    child = models.ForeignKey("referrals.Child", models.PROTECT, related_name="happenings")
    on = models.DateField()
    kind = models.CharField(max_length=8, choices=list(EVENTS.items()))
    words = models.TextField(blank=True)
    recorded_by = models.ForeignKey("core.User", models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["child", "on"])]

    def __str__(self):
        return f"{self.get_kind_display()} on {self.on}"

    @property
    def sentence(self) -> str:
        """The words, or the kind where none were written."""
        return self.words or self.get_kind_display()


@pghistory.track()
class Scenario(models.Model):
    """One other way a child's journey might go: what was planned, or what there would be without the service."""

    KINDS = [("planned", "What we planned"), ("without", "Without the service")]

    reference = ReferenceField()
    child = models.ForeignKey("referrals.Child", models.PROTECT, related_name="scenarios")
    kind = models.CharField(max_length=8, choices=KINDS)
    basis = models.TextField()
    agreed_on = models.DateField()
    made_by = models.ForeignKey("core.User", models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField(default=clock.now)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "kind"], name="one_current_scenario_of_a_kind", condition=Q(replaced_at=None)
            )
        ]

    def __str__(self):
        return self.get_kind_display()


class ScenarioHome(models.Model):
    """One home of a scenario, with its dates and weekly price."""

    scenario = models.ForeignKey(Scenario, models.CASCADE, related_name="homes")
    words = models.CharField(max_length=120)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    weekly_rate = models.DecimalField(max_digits=9, decimal_places=2)
    has_support = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_scenarios_home_ends_after_it_starts", condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on"))
            ),
            models.CheckConstraint(name="a_scenarios_price_is_not_below_nought", condition=Q(weekly_rate__gte=0)),
        ]

    def __str__(self):
        return self.words


@pghistory.track()
class Narrative(models.Model):
    """The case study of one child's journey: what it changed for them, and how we know."""

    child = models.OneToOneField("referrals.Child", models.PROTECT, related_name="narrative")
    benefit = models.TextField()
    evidence = models.TextField(blank=True)
    written_by = models.ForeignKey("core.User", models.PROTECT, related_name="+", null=True)
    written_at = models.DateTimeField(default=clock.now)

    def __str__(self):
        return "Case study"
