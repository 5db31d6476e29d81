"""What an item asks a resources panel to pay for; sums and limits come from the terms and dated settings."""

from decimal import Decimal

from django.db import models
from django.db.models import Q

from core import clock
from core.dated import setting
from core.money import cost_of_stay
from panels.choices import Explored, RequestKind
from panels.rules.remit import Ask, Limits

RATES, HIGH_COST = "national assessment rates", "high cost placement a week"
SETTLED = ("agreed", "released")


class FundingRequest(models.Model):
    """One item's request for money: its kind, its sums, and what the kind asks beside."""

    item = models.OneToOneField("panels.AgendaItem", models.CASCADE, related_name="request")
    kind = models.CharField(max_length=14, choices=RequestKind)
    weekly_cost = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    one_off_cost = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    committed_elsewhere = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    family_total = models.DecimalField(max_digits=10, decimal_places=2, null=True, blank=True)
    assessment = models.CharField(max_length=120, blank=True)
    above_rate_because = models.TextField(blank=True)
    rate_agreed_at = models.DateTimeField(null=True, blank=True)
    rate_agreed_by = models.ForeignKey("core.User", models.PROTECT, null=True, blank=True, related_name="+")
    universal = models.CharField(max_length=10, choices=Explored, blank=True)
    family_support = models.CharField(max_length=10, choices=Explored, blank=True)
    family_group = models.CharField(max_length=10, choices=Explored, blank=True)
    explored_words = models.TextField(blank=True)
    note = models.TextField(blank=True)
    recorded_at = models.DateTimeField(default=clock.now)
    recorded_by = models.ForeignKey("core.User", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="request_rate_agreed_by_and_at_go_together",
                condition=Q(rate_agreed_by=None, rate_agreed_at=None)
                | Q(rate_agreed_by__isnull=False, rate_agreed_at__isnull=False),
            )
        ]

    def __str__(self):
        return self.get_kind_display()

    @property
    def commitment(self) -> Decimal:
        """The whole forward commitment: what is paid once, and every week to its end or review."""
        weeks = self.weekly_cost and self.starts_on and self.until_on and self.until_on > self.starts_on
        by_week = cost_of_stay(self.weekly_cost, self.starts_on, self.until_on) if weeks else Decimal(0)
        return (self.one_off_cost or Decimal(0)) + by_week

    @property
    def rate_is_agreed(self) -> bool:
        """The chair has accepted a cost above the national rate."""
        return self.rate_agreed_at is not None


def limits_of(meeting) -> Limits:
    """The sums that the terms a meeting is judged by ask about."""
    found = meeting.terms.thresholds
    return Limits(
        section_17=_sum(found.get("section 17")), assessment=_sum(found.get("specialist assessment")),
    )  # fmt: skip


def _sum(value) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def rates_on_file(authority) -> list[dict]:
    """The national rates on file today: what for, how much, and where that is written."""
    rows = setting(RATES, [], authority=authority)
    return [{**row, "rate": _sum(row["rate"])} for row in rows]


def rate_for(assessment: str, authority) -> Decimal | None:
    """The national rate of one assessment, or None where none is on file."""
    return next((row["rate"] for row in rates_on_file(authority) if row["what"] == assessment), None)


def committed_to(referral, *, without=None) -> Decimal:
    """What panels have already committed to a child under section 17, one item left out."""
    rows = FundingRequest.objects.filter(
        kind=RequestKind.SECTION_17, item__referral__child=referral.child_id, item__decision__state__in=SETTLED,
        item__decision__outcome__in=("agree", "conditions", "part"),
    )  # fmt: skip
    rows = rows.exclude(item=without) if without else rows
    return sum((row.commitment for row in rows), Decimal(0))


def ask_of(request: FundingRequest) -> Ask:
    """One request as the rules read it."""
    item = request.item
    before = committed_to(item.referral, without=item) if item.referral_id else Decimal(0)
    return Ask(
        kind=request.kind, commitment=request.commitment, committed=before + (request.committed_elsewhere or 0),
        national_rate=rate_for(request.assessment, item.meeting.panel.authority),
        above_rate_because=request.above_rate_because,
        explored=(request.universal, request.family_support, request.family_group), explored_words=request.explored_words,
    )  # fmt: skip


def high_cost_limit(authority) -> Decimal | None:
    """The weekly cost above which a placement is on the oversight list today, or None where none is set."""
    return _sum(setting(HIGH_COST, None, authority=authority))
