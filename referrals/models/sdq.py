"""SDQ scores, as they were given."""

import pghistory
from django.db import models
from django.db.models import Q

from core import clock
from core.dated import number
from referrals.models.child import Child
from referrals.rules import care, sdq
from referrals.rules.readings import SDQ_FROM


class SdqScoreQuerySet(models.QuerySet):
    """SDQ scores, asked for in words."""

    def visible_to(self, user):
        """Those of children whose record this person may see."""
        return self.filter(child__in=Child.objects.visible_to(user))


@pghistory.track()
class SdqScore(models.Model):
    """One Strengths and Difficulties questionnaire: its total score, or why there is none."""

    BY = [("carer", "Carer"), ("parent", "Parent"), ("teacher", "Teacher"), ("self", "The young person"), ("worker", "Worker with the carer")]

    child = models.ForeignKey("referrals.Child", models.PROTECT, related_name="sdqs")
    on = models.DateField()
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    not_done_because = models.CharField(max_length=4, blank=True, choices=list(care.SDQ_REASONS.items()))
    completed_by = models.CharField(max_length=7, choices=BY, blank=True)
    recorded_by = models.ForeignKey("core.User", models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField(default=clock.now)

    objects = SdqScoreQuerySet.as_manager()

    class Meta:
        verbose_name = "SDQ"
        constraints = [
            models.CheckConstraint(
                name="an_sdq_is_a_score_or_a_reason",
                condition=Q(score__isnull=False, not_done_because="") | Q(score=None) & ~Q(not_done_because=""),
            ),
            models.CheckConstraint(name="an_sdq_score_is_0_to_40", condition=Q(score=None) | Q(score__lte=sdq.HIGHEST)),
            models.UniqueConstraint(fields=["child", "on", "completed_by"], name="one_sdq_of_a_person_a_day"),
        ]

    def __str__(self):
        return f"SDQ on {self.on}"

    @property
    def band(self) -> str:
        """The Department for Education's band, in words; nothing without a score."""
        return care.band_words(self.score) if self.score is not None else ""

    @property
    def stoke(self) -> str:
        """Whether the specification counts it, by the number of its own day; a list gives that once for all its rows."""
        return self.counted_from(number(SDQ_FROM, authority=self.child.authority_id, on=self.on))

    def counted_from(self, from_score: int) -> str:
        """Whether the specification counts it, by the score from which it counts; nothing without a score."""
        return care.stoke_words(self.score, from_score) if self.score is not None else ""
