"""What the terms and earlier decisions say about the money of one decision."""

from decimal import Decimal

from django.db.models import Sum

from core import clock
from panels.choices import DecisionState, Outcome
from panels.models.decision import Decision
from panels.rules.spending import ASSESSMENT, SECTION_17, Asked, review_by

COUNTS = (DecisionState.AGREED, DecisionState.RELEASED)
AGREES = (Outcome.AGREE, Outcome.CONDITIONS, Outcome.PART)
# The names under which the terms keep their limits.
LIMITS = {SECTION_17: "section 17", ASSESSMENT: "specialist assessment"}


def asked_of(item, facts: dict, thresholds: dict) -> Asked:
    """Gather one decision's facts with what was committed to its child before and the terms' limits."""
    kind = facts.get("kind") or "resource"
    limit, rate = thresholds.get(LIMITS.get(kind, "")), thresholds.get("national rate for an assessment")
    return Asked(
        kind=kind, amount=facts.get("amount"), committed=committed(item, kind) if kind == SECTION_17 else Decimal(0),
        threshold=None if limit is None else Decimal(str(limit)), national_rate=None if rate is None else Decimal(str(rate)),
        rate_because=facts.get("rate_because") or "", review_on=facts.get("review_on"),
        review_by=review_by(clock.today(), thresholds.get("no recourse review weeks")), tried_first=facts.get("tried_first") or "",
    )  # fmt: skip


def committed(item, kind: str) -> Decimal:
    """What panels agreed to for the same child, of one kind, that has not ended."""
    if item.referral_id is None:
        return Decimal(0)
    rows = Decision.objects.filter(
        item__referral__child=item.referral.child_id, kind=kind, outcome__in=AGREES, state__in=COUNTS
    ).exclude(item=item).exclude(ends_on__lt=clock.today())
    return rows.aggregate(whole=Sum("amount"))["whole"] or Decimal(0)
