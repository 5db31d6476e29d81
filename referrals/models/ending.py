"""Endings: why a stay ends, how the child is kept safe after it, and how things were later."""

from datetime import datetime

import pghistory
from django.db import models
from django.db.models import Q

from core import clock
from referrals.choices import TaskName
from referrals.models.people_round import works_with
from referrals.models.plan import Agreement, OfAChildQuerySet
from referrals.rules.ending import EndingFacts, missing_by_task


class EndingReason(models.TextChoices):
    """Why support ends."""

    GOALS_MET = "goals met", "What was agreed is done"
    MOVED_ON = "moved on", "The child moved on to another home"
    OTHER_HELP = "other help", "Other help is better now"
    CHILD_CHOSE = "child chose", "The child or young person chose to stop"
    CARER_CHOSE = "carer chose", "The carer or family chose to stop"
    HOME_ENDED = "home ended", "The home ended early"
    ADULT = "adult", "Adult services took over"
    DIED = "died", "The child died"
    ADOPTED = "adopted", "The child was adopted"
    OTHER = "other", "Another reason"


class OutcomeType(models.TextChoices):
    """Where the child moved, from residential care or instead of it (004:515-521, 543-546)."""

    FROM_TO_LODGINGS = "from:lodgings", "Moved from residential care to supported lodgings"
    FROM_TO_ONE_TO_ONE = "from:one to one", "Moved from residential care to a one-to-one carer"
    FROM_TO_PATHWAY = "from:pathway", "Moved from residential care to a pathway carer"
    FROM_TO_FOSTER = "from:foster", "Moved from residential care to a foster home"
    FROM_TO_HOME = "from:home", "Moved from residential care back home"
    FROM_TO_SEMI = "from:independent", "Moved from residential care to live semi-independently"
    INSTEAD_LODGINGS = "instead:lodgings", "Supported lodgings instead of residential care"
    INSTEAD_ONE_TO_ONE = "instead:one to one", "A one-to-one carer instead of residential care"
    INSTEAD_PATHWAY = "instead:pathway", "A pathway carer instead of residential care"
    INSTEAD_FOSTER = "instead:foster", "A foster home instead of residential care"
    INSTEAD_HOME = "instead:home", "At home instead of residential care"
    STAYED = "stayed", "Stayed in the same home"
    INTO_RESIDENTIAL = "into residential", "Moved into residential care"
    OTHER = "other", "Something else"

    @property
    def is_moved(self) -> bool:
        """Moved from residential care: what was paid stops, so it may be cashable."""
        return self.value.startswith("from:")

    @property
    def is_instead(self) -> bool:
        """Instead of residential care: a cost avoided, never cashed."""
        return self.value.startswith("instead:")


class Achieved(models.TextChoices):
    """Whether the goal of the referral was reached."""

    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NO = "no", "No"


class Helped(models.TextChoices):
    """How much support helped, as somebody says themselves."""

    LOT = "a lot", "A lot"
    BIT = "a bit", "A bit"
    NOT = "not", "Not really"
    WORSE = "worse", "It made things harder"


class Known(models.TextChoices):
    """Yes, no, or not known; not known is never counted as either."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_KNOWN = "not known", "Not known"


class EndingQuerySet(models.QuerySet):
    """Endings, asked for in words."""

    def unfinished(self):
        """Stays that ended unplanned and have an exit plan still to come."""
        return self.filter(is_unplanned=True, finished_at=None, exit_due_on__isnull=False)


@pghistory.track()
class Ending(models.Model):
    """How one stay ends: four tasks, saved as typed, and what came of it, for the child and for whom the team worked with.

    `works_with` is that person in words, as the referral named them; the carer's feedback is theirs where there is one.
    """

    stay = models.OneToOneField("referrals.Stay", models.PROTECT, related_name="ending")
    why = models.CharField(max_length=12, choices=EndingReason, blank=True)
    why_words = models.TextField(blank=True)
    outcome = models.CharField(max_length=20, choices=OutcomeType, blank=True)
    goal_achieved = models.CharField(max_length=8, choices=Achieved, blank=True)
    exit_plan = models.TextField(blank=True)
    relapse_plan = models.TextField(blank=True)
    child_agrees = models.CharField(max_length=10, choices=Agreement, blank=True)
    carer_agrees = models.CharField(max_length=10, choices=Agreement, blank=True)
    agencies = models.TextField(blank=True)
    lives_next = models.TextField(blank=True)
    supports_next = models.TextField(blank=True)
    child_helped = models.CharField(max_length=6, choices=Helped, blank=True)
    child_feedback = models.TextField(blank=True)
    child_not_asked = models.TextField(blank=True)
    carer_helped = models.CharField(max_length=6, choices=Helped, blank=True)
    carer_feedback = models.TextField(blank=True)
    carer_not_asked = models.TextField(blank=True)
    works_with = models.CharField(max_length=400, blank=True)
    works_with_changed = models.CharField(max_length=8, choices=Achieved, blank=True)
    works_with_words = models.TextField(blank=True)
    planned_end_was = models.DateField(null=True, blank=True)
    is_unplanned = models.BooleanField(default=False)
    unplanned_because = models.TextField(blank=True)
    exit_due_on = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField(default=clock.now)
    saves = models.JSONField(default=dict, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    finished_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = EndingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="ending_finished_by_and_at_go_together",
                condition=Q(finished_by=None, finished_at=None)
                | Q(finished_by__isnull=False, finished_at__isnull=False),
            ),
            models.CheckConstraint(
                name="an_unplanned_ending_says_why",
                condition=Q(is_unplanned=False) | ~Q(unplanned_because=""),
            ),
        ]

    def __str__(self):
        return f"Ending of {self.stay}"

    def name_whom_it_worked_with(self):
        """Take from the referral whom the team worked with, until the ending is finished; the caller saves."""
        referral = self.stay.referral
        if referral is not None and self.finished_at is None:
            self.works_with = works_with(referral.task_answers.get(TaskName.SUPPORT, {}))

    def version_of(self, task: str) -> int:
        """How often a task of this ending was saved: what a page that saves it began from."""
        return self.saves.get(task, {}).get("version", 0)

    def saved_by(self, task: str) -> str:
        """Who saved a task last."""
        return self.saves.get(task, {}).get("by", "")

    def saved_at(self, task: str) -> datetime | None:
        """When a task was saved last."""
        at = self.saves.get(task, {}).get("at")
        return datetime.fromisoformat(at) if at else None

    def facts(self) -> EndingFacts:
        """What the rule asks."""
        return EndingFacts(**{name: getattr(self, name) for name in EndingFacts.__annotations__})

    def missing(self, *, support_goes_on: bool) -> dict[str, list[str]]:
        """What each task still lacks, in sentences."""
        return missing_by_task(self.facts(), support_goes_on=support_goes_on)


class SustainedCheck(models.Model):
    """How things are three, six or twelve months after support ended (004:1101-1102)."""

    child = models.ForeignKey("referrals.Child", models.PROTECT, related_name="checks")
    referral = models.ForeignKey("referrals.Referral", models.PROTECT, related_name="checks")
    months = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    lives = models.CharField(max_length=300, blank=True)
    is_sustained = models.CharField(max_length=10, choices=Known, blank=True)
    came_back = models.CharField(max_length=10, choices=Known, blank=True)
    notes = models.TextField(blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    stopped_because = models.CharField(max_length=200, blank=True)

    objects = OfAChildQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral", "months"], name="one_check_of_each_month"),
            models.CheckConstraint(
                name="check_checked_by_and_at_go_together",
                condition=Q(checked_by=None, checked_at=None)
                | Q(checked_by__isnull=False, checked_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.referral}, {self.months} months after"
