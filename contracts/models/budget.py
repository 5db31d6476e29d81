"""Budgets: what may be spent in a financial year, indicative until somebody confirms it."""

from datetime import date, timedelta
from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from core import clock
from core.money import retention
from core.references import ReferenceField
from core.roles import Role
from referrals.models.provision import DateRange


class BudgetQuerySet(models.QuerySet):
    """Budgets, asked for in words."""

    def visible_to(self, user):
        """Those of the contracts that the person may see: their authority's, or their own service's."""
        acting = user.acting
        if acting is None:
            return self.none()
        if acting.role in {Role.PROVIDER_MANAGER, Role.PRACTITIONER}:
            return self.filter(contract__provider=acting.organisation_id)
        return self.filter(contract__authority=acting.authority_id)

    def confirmed(self):
        """Those that somebody has confirmed."""
        return self.filter(confirmed_at__isnull=False)

    def late(self, today: date):
        """Indicative ones whose day for being confirmed has passed."""
        return self.filter(confirmed_at=None, confirm_by__lt=today)


class Budget(models.Model):
    """What a lot may spend in one financial year, or part of one (002:923-954).

    `lot` is None where the document gives one sum for the whole contract, as for the last three months.
    `until_on` is the day after its last day. `retention_percent` is what is held back (nought: none is
    stated), and `retention_due_on` the day by which it is released or not. `query` says what is doubtful, and
    `query_answer` how a named person settled it.
    """

    reference = ReferenceField()
    contract = models.ForeignKey("contracts.Contract", models.CASCADE, related_name="budgets")
    lot = models.ForeignKey("contracts.Lot", models.CASCADE, null=True, blank=True, related_name="budgets")
    financial_year = models.CharField(max_length=7)  # "2018/19"
    from_on = models.DateField()
    until_on = models.DateField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    retention_percent = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(5))
    retention_due_on = models.DateField(null=True, blank=True)
    confirm_by = models.DateField(null=True, blank=True)
    confirmed_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    query = models.TextField(blank=True)
    query_answer = models.TextField(blank=True)
    query_settled_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    query_settled_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=40, blank=True)

    objects = BudgetQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="a_budget_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="a_budget_ends_after_it_starts", condition=Q(until_on__gt=F("from_on"))),
            models.CheckConstraint(
                name="what_is_held_back_of_a_budget_is_a_part_of_it",
                condition=Q(retention_percent__gte=0, retention_percent__lte=100),
            ),
            models.CheckConstraint(
                name="budget_confirmed_by_and_at_go_together",
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="budget_query_settled_by_and_at_go_together",
                condition=Q(query_settled_by=None, query_settled_at=None, query_answer="")
                | (Q(query_settled_by__isnull=False, query_settled_at__isnull=False) & ~Q(query="") & ~Q(query_answer="")),
            ),
            ExclusionConstraint(
                name="budgets_of_a_lot_never_overlap",
                expressions=[
                    ("contract", RangeOperators.EQUAL),
                    (Coalesce("lot", 0), RangeOperators.EQUAL),
                    (DateRange("from_on", "until_on"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self):
        return f"{self.lot.name if self.lot_id else 'Whole contract'} {self.financial_year}"

    @property
    def last_on(self) -> date:
        """Its last day."""
        return self.until_on - timedelta(days=1)

    @property
    def is_confirmed(self) -> bool:
        """True when somebody has confirmed it."""
        return self.confirmed_at is not None

    @property
    def is_late(self) -> bool:
        """True when it is still indicative and the day for confirming it has passed."""
        return not self.is_confirmed and self.confirm_by is not None and self.confirm_by < clock.today()

    @property
    def is_in_doubt(self) -> bool:
        """True while nobody has settled what is doubtful about it."""
        return bool(self.query) and self.query_settled_at is None

    @property
    def retained(self) -> Decimal:
        """What is held back of it, in pounds and pence, rounded half up."""
        return retention(self.amount, self.retention_percent)
