"""What carers and young people say every six months, and what came of it."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from contracts.models.contract import Contract
from core import clock
from core.references import ReferenceField
from core.roles import Permission
from referrals.models import Child

# The questions are the same each time, so that one round can be laid beside another.
QUESTIONS = (
    ("listened", "People listened to me"),
    ("respected", "I was treated with respect"),
    ("reached", "I could reach somebody when I needed to"),
    ("helped", "The support helped"),
    ("better", "Things are better than before"),
)


class Asked(models.TextChoices):
    """Who is asked."""

    CARERS = "carers", "Carers"
    YOUNG_PEOPLE = "young people", "Young people"


class Route(models.TextChoices):
    """How an answer was given: several ways, for those who say less (002:908)."""

    TALK = "talk", "In a talk with somebody they trust"
    ADVOCATE = "advocate", "Through an advocate"
    DRAWING = "drawing", "By drawing, cards or pictures"
    PAPER = "paper", "On paper"
    PHONE = "phone", "On a phone or computer"
    GROUP = "group", "In a group"


class FeedbackRoundQuerySet(models.QuerySet):
    """Rounds of feedback, asked for in words."""

    def visible_to(self, user):
        """Those of contracts the person sees, for roles that read feedback."""
        if user.acting is None or not user.can(Permission.SEE_FEEDBACK):
            return self.none()
        return self.filter(contract__in=Contract.objects.visible_to(user))


class FeedbackRound(models.Model):
    """One time that carers, or young people, are asked how the service is; due every six months."""

    reference = ReferenceField()
    contract = models.ForeignKey("contracts.Contract", models.CASCADE, related_name="feedback")
    asked = models.CharField(max_length=12, choices=Asked)
    opens_on = models.DateField()
    due_on = models.DateField()
    discussed = models.TextField(blank=True)
    changes = models.TextField(blank=True)
    closed_on = models.DateField(null=True, blank=True)
    opened_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=clock.now)

    objects = FeedbackRoundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "asked"], condition=Q(closed_on=None), name="one_open_round_for_each_who_is_asked"
            )
        ]

    def __str__(self):
        return f"{self.get_asked_display()}, {self.due_on:%B %Y}"

    def get_absolute_url(self):
        return reverse("kpis:feedback_round", args=[self.reference])

    @property
    def is_late(self) -> bool:
        """True when it is open and its day has passed."""
        return self.closed_on is None and self.due_on < clock.today()


class FeedbackAnswerQuerySet(models.QuerySet):
    """Answers, asked for in words."""

    def visible_to(self, user):
        """Those of rounds the person sees, and of no child kept from them."""
        about = Q(child=None) | Q(child__in=Child.objects.visible_to(user))
        return self.filter(about, round__in=FeedbackRound.objects.visible_to(user))

    def to_use(self):
        """What a young person said of the difference made, not yet looked at with their plan."""
        return self.filter(used_on=None).exclude(child=None).exclude(impact="")


class FeedbackAnswer(models.Model):
    """What one carer or young person said; a young person’s own evaluation may go into their next plan."""

    reference = ReferenceField()
    round = models.ForeignKey(FeedbackRound, models.CASCADE, related_name="answers")
    given_on = models.DateField()
    route = models.CharField(max_length=10, choices=Route)
    listened = models.PositiveSmallIntegerField(null=True, blank=True)
    respected = models.PositiveSmallIntegerField(null=True, blank=True)
    reached = models.PositiveSmallIntegerField(null=True, blank=True)
    helped = models.PositiveSmallIntegerField(null=True, blank=True)
    better = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.TextField(blank=True)
    child = models.ForeignKey("referrals.Child", models.PROTECT, null=True, blank=True, related_name="+")
    impact = models.TextField(blank=True)
    used_on = models.DateField(null=True, blank=True)
    used_how = models.TextField(blank=True)
    entered_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)

    objects = FeedbackAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_evaluation_is_used_with_what_changed",
                condition=Q(used_on=None, used_how="") | (Q(used_on__isnull=False) & ~Q(used_how="")),
            )
        ]

    def __str__(self):
        return self.reference

    def get_absolute_url(self):
        return self.round.get_absolute_url()
