"""What a provider reports of a quarter: computed from the service's own records, sent, reviewed, locked."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse

from contracts.models import Contract
from contracts.rules.quarters import quarter_from
from core import clock
from core.references import ReferenceField
from core.roles import Permission, Role
from kpis.choices import Better, Rating, ReturnState, Verdict


class ReturnQuerySet(models.QuerySet):
    """Returns, asked for in words."""

    def visible_to(self, user):
        """Those of contracts one may see, for those who see returns; a draft is the provider's alone."""
        if user.acting is None or not user.can(Permission.SEE_RETURNS):
            return self.none()
        rows = self.filter(contract__in=Contract.objects.visible_to(user))
        return rows if user.acting.role == Role.PROVIDER_MANAGER else rows.exclude(state=ReturnState.DRAFT, version=None)


class Return(models.Model):
    """One provider's return for one contract and quarter; provisional until the commissioner has accepted it."""

    reference = ReferenceField()
    contract = models.ForeignKey("contracts.Contract", models.PROTECT, related_name="returns")
    period = models.CharField(max_length=10)
    starts_on = models.DateField()
    ends_on = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=ReturnState, default=ReturnState.DRAFT)
    opened_at = models.DateTimeField(default=clock.now)
    complaints = models.TextField(blank=True)
    satisfaction = models.TextField(blank=True)
    other = models.TextField(blank=True)
    commentary = models.TextField(blank=True)
    saves = models.PositiveIntegerField(default=0)
    saved_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    saved_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    version = models.ForeignKey("core.DocumentVersion", models.PROTECT, null=True, blank=True, related_name="+")
    review_words = models.TextField(blank=True)
    reviewed_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)

    objects = ReturnQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "period"], name="one_return_of_a_contract_and_period"),
            *(
                models.CheckConstraint(
                    name=f"return_{deed}_by_and_at_go_together",
                    condition=Q(**{f"{deed}_by": None, f"{deed}_at": None})
                    | Q(**{f"{deed}_by__isnull": False, f"{deed}_at__isnull": False}),
                )
                for deed in ("saved", "sent", "reviewed")
            ),
            models.CheckConstraint(
                name="an_accepted_return_was_sent_and_reviewed_by_two",
                condition=~Q(state="accepted")
                | (Q(sent_by__isnull=False, reviewed_by__isnull=False) & ~Q(sent_by=models.F("reviewed_by"))),
            ),
        ]

    def __str__(self):
        return f"Return for {self.quarter}"

    def get_absolute_url(self):
        return reverse("kpis:return", args=[self.contract.slug, self.period])

    @property
    def quarter(self):
        """The quarter it reports."""
        return quarter_from(self.period)

    @property
    def tone(self) -> str:
        """The colour of its state's tag."""
        return ReturnState(self.state).tone

    @property
    def is_late(self) -> bool:
        """True when its day has passed and it was not sent."""
        return self.sent_at is None and self.due_on < clock.today()

    @property
    def sent_late(self) -> bool:
        """True when it was sent after its day."""
        return self.sent_at is not None and self.sent_at.astimezone(clock.LONDON).date() > self.due_on


class ReturnRow(models.Model):
    """One measure of a return: what was counted when it was sent, the provider's words, and what was said of it."""

    provider_return = models.ForeignKey(Return, models.CASCADE, related_name="rows")
    order = models.PositiveSmallIntegerField()
    measure = models.SlugField(max_length=40)
    value = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)
    numerator = models.PositiveIntegerField(null=True, blank=True)
    denominator = models.PositiveIntegerField(null=True, blank=True)
    target = models.DecimalField(max_digits=12, decimal_places=3, null=True, blank=True)
    rating = models.CharField(max_length=1, choices=Rating, blank=True)
    was = models.CharField(max_length=1, choices=Rating, blank=True)
    words = models.TextField(blank=True)
    verdict = models.CharField(max_length=9, choices=Verdict, blank=True)
    challenge = models.TextField(blank=True)
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider_return", "measure"], name="a_return_has_each_measure_once")
        ]

    def __str__(self):
        return self.measure


class ReturnCorrection(models.Model):
    """A dated adjustment of one row of an accepted return; the row itself is not edited."""

    row = models.ForeignKey(ReturnRow, models.PROTECT, related_name="corrections")
    says = models.CharField(max_length=80)
    because = models.TextField()
    at = models.DateTimeField(default=clock.now)
    by = models.ForeignKey("core.User", models.PROTECT, related_name="+")

    class Meta:
        triggers = [pgtrigger.Protect(name="a_correction_is_never_edited", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self):
        return self.says


class ReturnTarget(models.Model):
    """What one measure of a contract's returns is to reach from a day: the Performance Management Framework, as data."""

    contract = models.ForeignKey("contracts.Contract", models.CASCADE, related_name="return_targets")
    measure = models.SlugField(max_length=40)
    value = models.DecimalField(max_digits=12, decimal_places=3)
    better = models.CharField(max_length=4, choices=Better)
    tolerance = models.DecimalField(max_digits=6, decimal_places=3, default="0.1")
    from_on = models.DateField()
    source = models.CharField(max_length=120, blank=True)
    set_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contract", "measure", "from_on"], name="one_target_of_a_measure_from_a_day")
        ]

    def __str__(self):
        return f"{self.measure}: {self.value}"
