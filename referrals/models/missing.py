"""Missing from home: each episode, its reviews, and the return interview."""

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse

from core import clock
from core.references import ReferenceField
from referrals.models.journey import ChildRows
from referrals.rules import missing


class MomentRange(Func):
    """tstzrange(from, until): the moment of the end is not in it."""

    function = "tstzrange"
    output_field = DateTimeRangeField()


class MissingQuerySet(ChildRows):
    """Episodes, asked for in words."""

    def open(self):
        """Those from which the child has not come back."""
        return self.filter(until_at=None)

    def touching(self, first, until):
        """Those that share a moment with a time."""
        return self.filter(Q(until_at=None) | Q(until_at__gt=first), from_at__lt=until)


@pghistory.track()
class MissingEpisode(models.Model):
    """One time a child was missing from home, or away without agreement; the bed is held meanwhile."""

    KINDS = [("missing", "Missing from home"), ("away", "Away from home without agreement")]

    reference = ReferenceField()
    child = models.ForeignKey("referrals.Child", models.PROTECT, related_name="missing_episodes")
    kind = models.CharField(max_length=7, choices=KINDS)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    circumstances = models.TextField(blank=True)
    police_reference = models.CharField(max_length=60, blank=True)
    interview_hours = models.PositiveSmallIntegerField(default=missing.INTERVIEW_HOURS)
    interview_offered_at = models.DateTimeField(null=True, blank=True)
    interview_accepted = models.BooleanField(null=True, blank=True)
    interview_done_at = models.DateTimeField(null=True, blank=True)
    interview_because = models.TextField(blank=True)
    reported_by = models.ForeignKey("core.User", models.PROTECT, related_name="+", null=True)
    reported_at = models.DateTimeField(default=clock.now)

    objects = MissingQuerySet.as_manager()

    class Meta:
        verbose_name = "missing episode"
        constraints = [
            ExclusionConstraint(
                name="a_child_is_missing_once_at_a_time",
                expressions=[
                    ("child", RangeOperators.EQUAL),
                    (MomentRange("from_at", "until_at"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="An episode covers that time already.",
            ),
            models.CheckConstraint(
                name="a_child_returns_after_going", condition=Q(until_at=None) | Q(until_at__gt=F("from_at"))
            ),
            models.CheckConstraint(
                name="an_interview_follows_its_offer_and_the_return",
                condition=Q(interview_offered_at=None, interview_accepted=None, interview_done_at=None)
                | Q(interview_offered_at__isnull=False, until_at__isnull=False),
            ),
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("referrals:missing", args=[self.reference])

    @property
    def days(self) -> int:
        """Days away so far, a part of one as a whole."""
        return missing.days_missing(self.from_at, self.until_at or clock.now())

    @property
    def review_due_at(self):
        """When it is next reviewed, while the child is away."""
        return missing.next_review(self.from_at, [r.at for r in self.reviews.all()]) if self.until_at is None else None

    @property
    def is_review_late(self) -> bool:
        """A review is due by now."""
        return self.until_at is None and self.review_due_at <= clock.now()

    @property
    def interview_due_at(self):
        """When the return interview is due; nothing before the return."""
        return missing.interview_due(self.until_at, self.interview_hours) if self.until_at else None

    @property
    def interview_words(self) -> str:
        """How the return interview stands."""
        if self.until_at is None:
            return "Offered on return"
        if self.interview_done_at:
            in_time = missing.is_in_time(self.until_at, self.interview_done_at, self.interview_hours)
            return f"Done {'within' if in_time else 'after'} {self.interview_hours} hours"
        if self.interview_accepted is False:
            return "Offered, not taken up"
        late = f", and {self.interview_hours} hours have passed" if self.is_interview_late else ""
        return ("Accepted, not done yet" if self.interview_accepted else "Offered" if self.interview_offered_at else "Not offered yet") + late

    @property
    def is_interview_late(self) -> bool:
        """Not done, not said no to, and the hours asked for on the day of the return have passed."""
        open_yet = self.interview_done_at is None and self.interview_accepted is not False
        return bool(self.until_at and open_yet and self.interview_due_at < clock.now())


class MissingReview(models.Model):
    """One review of a child who is still away: what is known, what is done, whether the bed is held."""

    episode = models.ForeignKey(MissingEpisode, models.CASCADE, related_name="reviews")
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey("core.User", models.PROTECT, related_name="+", null=True)
    words = models.TextField()

    def __str__(self):
        return f"Review at {self.at}"
