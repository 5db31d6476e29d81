"""Support plans: what is done, by whom, by when, and when it is looked at again."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core import clock
from core.references import ReferenceField
from referrals.models.child import Child
from referrals.models.referral import Referral
from referrals.rules.plan import warnings


class Goal(models.TextChoices):
    """What support is for: the purpose of the team (000:15-19)."""

    MOVE = "move to family", "Move to a family-based home"
    STAY = "stay in family", "Stay in a family-based home"
    INDEPENDENCE = "independence", "Move towards living independently"
    EDGE = "edge of care", "Not come into care"


class DeliveryPlace(models.TextChoices):
    """Where support is given (002:709-713)."""

    SMALL_GROUP_HOME = "small group home", "A small group home"
    FOSTER_HOME = "foster home", "The foster carer’s home"
    FAMILY_HOME = "family home", "The family’s home"
    SCHOOL = "residential school", "A residential school"
    BASE = "council base", "One of the council’s bases"
    HUB = "hub", "The hub"
    ELSEWHERE = "elsewhere", "Somewhere else"


class Agreement(models.TextChoices):
    """Whether somebody agrees."""

    AGREES = "agrees", "Agrees"
    PART = "part", "Agrees with part of it"
    DISAGREES = "disagrees", "Does not agree"
    NOT_ASKED = "not asked", "Not asked yet"


class OfAChildQuerySet(models.QuerySet):
    """Rows about a child's support, seen by those who see the child and the referral."""

    def visible_to(self, user):
        """Those of children the person may see, and of no referral kept from them."""
        mine = Q(referral=None) | Q(referral__in=Referral.objects.visible_to(user))
        return self.filter(mine, child__in=Child.objects.visible_to(user))


@pghistory.track()
class SupportPlan(models.Model):
    """What one child, those who care for the child and the team have agreed to do, and how it will end."""

    reference = ReferenceField()
    child = models.ForeignKey("referrals.Child", models.PROTECT, related_name="plans")
    referral = models.OneToOneField(
        "referrals.Referral", models.PROTECT, null=True, blank=True, related_name="plan"
    )
    goal = models.CharField(max_length=20, choices=Goal)
    outcomes = models.TextField()
    coping = models.TextField(blank=True)
    given_at = models.CharField(max_length=20, choices=DeliveryPlace, blank=True)
    child_agrees = models.CharField(max_length=10, choices=Agreement, default=Agreement.NOT_ASKED)
    child_words = models.TextField(blank=True)
    carer_agrees = models.CharField(max_length=10, choices=Agreement, default=Agreement.NOT_ASKED)
    review_on = models.DateField()
    envisaged_end_on = models.DateField(null=True, blank=True)
    started_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    started_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    objects = OfAChildQuerySet.as_manager()

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return reverse("referrals:plan", args=[self.child.reference])

    @property
    def warnings(self):
        """What is missing or late, in sentences."""
        is_over = self.referral is not None and self.referral.status in {"ENDED", "WITHDRAWN"}
        if is_over:
            return []
        return warnings(
            today=clock.today(), review_on=self.review_on, envisaged_end_on=self.envisaged_end_on,
            child_asked=self.child_agrees != Agreement.NOT_ASKED, actions=len(self.actions.all()),
        )  # fmt: skip


@pghistory.track()
class PlanAction(models.Model):
    """One thing that somebody does by a day to make it less likely that a home is lost."""

    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="actions")
    number = models.PositiveSmallIntegerField()
    what = models.TextField()
    known_by = models.CharField(max_length=300)
    lessens = models.CharField(max_length=300)
    owner_name = models.CharField(max_length=120)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    came_of_it = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="a_plan_action_has_its_own_number")
        ]

    def __str__(self):
        return f"{self.plan}, action {self.number}"

    @property
    def is_late(self):
        """Past its day and not done."""
        return self.done_on is None and self.due_on < clock.today()


class PlanReview(models.Model):
    """One time the plan was looked at together: what was seen, and the dates set then."""

    plan = models.ForeignKey(SupportPlan, models.CASCADE, related_name="reviews")
    held_on = models.DateField()
    was_due_on = models.DateField()
    who = models.CharField(max_length=300)
    child_view = models.TextField(blank=True)
    seen = models.TextField()
    next_review_on = models.DateField()
    envisaged_end_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="the_next_review_is_after_this_one", condition=Q(next_review_on__gt=F("held_on"))
            )
        ]

    def __str__(self):
        return f"{self.plan}, review of {self.held_on}"
