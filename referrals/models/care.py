"""A child's care: since when, whose reviews, the plans there must be, and how learning goes."""

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core import clock
from core.references import ReferenceField
from referrals.models.journey import ChildRows


@pghistory.track()
class CareDetails(models.Model):
    """What is true of one child's care whatever week it is: since when, the reviewing officer, the plans."""

    child = models.OneToOneField("referrals.Child", models.PROTECT, related_name="care")
    in_care_since = models.DateField(null=True, blank=True)
    reviewing_officer = models.CharField(max_length=200, blank=True)
    permanence_plan = models.CharField(max_length=300, blank=True)
    permanence_plan_on = models.DateField(null=True, blank=True)
    pathway_plan_on = models.DateField(null=True, blank=True)
    personal_adviser = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = "care details"
        constraints = [
            models.CheckConstraint(
                name="a_permanence_plan_has_its_day",
                condition=Q(permanence_plan="", permanence_plan_on=None)
                | ~Q(permanence_plan="") & Q(permanence_plan_on__isnull=False),
            )
        ]

    def __str__(self):
        return "Care details"


@pghistory.track()
class Review(models.Model):
    """One review of a child: due on a day, held on another, chaired by somebody."""

    KINDS = [("statutory", "Statutory review"), ("bed", "Review of the place"), ("pathway", "Pathway plan review")]

    reference = ReferenceField()
    child = models.ForeignKey("referrals.Child", models.PROTECT, related_name="reviews")
    kind = models.CharField(max_length=9, choices=KINDS)
    due_on = models.DateField()
    chaired_by = models.CharField(max_length=200, blank=True)
    held_on = models.DateField(null=True, blank=True)
    child_took_part = models.CharField(max_length=200, blank=True)
    outcome = models.TextField(blank=True)
    booked_by = models.ForeignKey("core.User", models.PROTECT, related_name="+", null=True)
    booked_at = models.DateTimeField(default=clock.now)

    objects = ChildRows.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["child", "kind", "due_on"], name="one_review_of_a_kind_on_a_day"
            )
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("referrals:child_reviews", args=[self.child.reference])

    @property
    def is_overdue(self) -> bool:
        """Its day has passed and it is not written up."""
        return self.held_on is None and self.due_on < clock.today()


@pghistory.track()
class Learning(models.Model):
    """How a child's education, training or work stood at the start, at a review, or at the end."""

    AT = [("start", "Start"), ("review", "Review"), ("end", "End")]
    STATES = [
        ("full", "In school or college full time"),
        ("part", "On a part-time timetable"),
        ("apart", "Taught elsewhere"),
        ("training", "In training or an apprenticeship"),
        ("work", "In work"),
        ("out", "Not in education, training or work"),
    ]  # fmt: skip

    child = models.ForeignKey("referrals.Child", models.PROTECT, related_name="learning")
    at = models.CharField(max_length=6, choices=AT)
    on = models.DateField()
    state = models.CharField(max_length=8, choices=STATES)
    where = models.CharField(max_length=120, blank=True)
    with_virtual_school = models.BooleanField(default=False)
    words = models.TextField(blank=True)
    recorded_by = models.ForeignKey("core.User", models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = "education record"
        constraints = [
            models.UniqueConstraint(fields=["child", "at", "on"], name="one_education_record_of_a_kind_a_day")
        ]

    def __str__(self):
        return f"{self.get_at_display()}: {self.get_state_display()}"
