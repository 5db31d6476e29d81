"""Reviews of contracts: the panel that holds them, how often, each one with its lots, and what it found."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from contracts.models import Contract, Lot
from core import clock
from kpis.choices import Side
from panels.models import Meeting, Panel


class OfContract(models.QuerySet):
    """Records of a contract's reviews, asked for in words."""

    path = "contract"

    def visible_to(self, user):
        """Those of contracts the person sees."""
        return self.filter(**{f"{self.path}__in": Contract.objects.visible_to(user)})


class OfPlan(OfContract):
    """The same, where the contract is the plan's."""

    path = "plan__contract"


class ReviewPlan(models.Model):
    """One contract's reviews: the panel that holds them, and since when they are kept here."""

    contract = models.OneToOneField(Contract, models.PROTECT, related_name="review_plan")
    panel = models.OneToOneField(Panel, models.PROTECT, related_name="reviews_of")
    begun_on = models.DateField()
    begun_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")

    objects = OfContract.as_manager()

    def __str__(self):
        return f"Reviews of {self.contract}"

    def get_absolute_url(self):
        return reverse("kpis:contract_reviews", args=[self.contract.slug])

    @property
    def authority_id(self):
        """The contract's."""
        return self.contract.authority_id


class ReviewRhythm(models.Model):
    """How often one lot is reviewed from a day, as the commissioners settled it, and why."""

    plan = models.ForeignKey(ReviewPlan, models.CASCADE, related_name="rhythms")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="+")
    months = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    because = models.TextField()
    settled_at = models.DateTimeField(default=clock.now)
    settled_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="reviews_are_monthly_or_three_monthly", condition=Q(months__in=[1, 3])),
        ]

    def __str__(self):
        return f"Every {self.months} months from {self.from_on}"

    @property
    def authority_id(self):
        """The contract's."""
        return self.plan.authority_id


class ContractReview(models.Model):
    """One review: the meeting that holds it, the lots it is of, and whether it could not wait."""

    plan = models.ForeignKey(ReviewPlan, models.PROTECT, related_name="reviews")
    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="contract_review")
    lots = models.ManyToManyField(Lot, related_name="+")
    months = models.PositiveSmallIntegerField(default=1)
    asked_by_side = models.CharField(max_length=13, choices=Side, blank=True)
    reason = models.TextField(blank=True)

    objects = OfPlan.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="an_urgent_review_says_whose_and_why",
                condition=Q(asked_by_side="", reason="") | (~Q(asked_by_side="") & ~Q(reason="")),
            )
        ]

    def __str__(self):
        return f"Review of {self.plan.contract}, {self.meeting.on:%-d %B %Y}"

    def get_absolute_url(self):
        return reverse("kpis:contract_review", args=[self.plan.contract.slug, self.meeting.reference])

    @property
    def authority_id(self):
        """The contract's."""
        return self.plan.authority_id


class ProposalQuerySet(OfPlan):
    """Proposed reviews, asked for in words."""

    def open(self):
        """Those neither called nor overtaken."""
        return self.filter(settled_at=None)


class ProposedReview(models.Model):
    """A day the timetable proposes for a review that is due: by when to call it, until it is called or overtaken."""

    plan = models.ForeignKey(ReviewPlan, models.CASCADE, related_name="proposals")
    lots = models.ManyToManyField(Lot, related_name="+")
    due_on = models.DateField()
    on = models.DateField()
    call_by = models.DateField()
    at = models.TimeField()
    venue = models.CharField(max_length=200, blank=True)
    proposed_at = models.DateTimeField(default=clock.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan"], name="one_review_is_proposed_at_a_time", condition=Q(settled_at=None)),
            models.CheckConstraint(name="a_proposed_review_is_called_before_it_meets", condition=Q(call_by__lt=models.F("on"))),
        ]

    def __str__(self):
        return f"Review of {self.plan.contract} proposed for {self.on:%-d %B %Y}"

    @property
    def authority_id(self):
        """The contract's."""
        return self.plan.authority_id


class ReviewFinding(models.Model):
    """What one review found of one lot: whether its performance is satisfactory, and why."""

    review = models.ForeignKey(ContractReview, models.CASCADE, related_name="findings")
    lot = models.ForeignKey(Lot, models.PROTECT, related_name="+")
    is_satisfactory = models.BooleanField()
    words = models.TextField()
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "lot"], name="a_review_finds_once_of_a_lot")]

    def __str__(self):
        return f"{self.lot}: {'satisfactory' if self.is_satisfactory else 'not satisfactory'}"
