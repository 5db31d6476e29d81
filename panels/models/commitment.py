"""What panels committed before, and one item's sum as the rules read it: the same for a request and for its decision."""

from datetime import date
from decimal import Decimal

from django.db.models import Q

from core import clock
from core.dated import setting
from core.dates import months_after
from panels.choices import DecisionState, Outcome, RequestKind
from panels.models.decision import Decision
from panels.rules.commitment import ASSESSMENT, SECTION_17, Commitment
from panels.rules.remit import EXPLORES, JOINT, Agreeing, Ask, review_by
from referrals.models.linked import linked_to

RATES, HIGH_COST = "national assessment rates", "high cost placement a week"
COUNTS = (DecisionState.AGREED, DecisionState.RELEASED)
AGREES = (Outcome.AGREE, Outcome.CONDITIONS, Outcome.PART)
# The names under which the terms keep their limits.
LIMITS = {SECTION_17: "section 17", ASSESSMENT: "specialist assessment"}
BY_FAMILY, MONTHS = "section 17 by family", "section 17 months"


def committed_before(children, *, without=None, months: int | None = None) -> Decimal:
    """What panels agreed under section 17 for these children, in pounds; one item is left out.

    A decision's amount counts, and where it has none what its item asked for. `months` is how far back the terms look for what
    has ended: none looks at everything, nought only at what still runs.
    """
    rows = Decision.objects.filter(
        Q(kind=SECTION_17) | Q(item__request__kind=SECTION_17), item__referral__child__in=children, outcome__in=AGREES, state__in=COUNTS,
    ).select_related("item__request")  # fmt: skip
    rows = rows.exclude(item=without) if without else rows
    since = None if months is None else months_after(clock.today(), -months)
    return sum((_sum_of(row) for row in rows if _counts(row, since)), Decimal(0))


def _sum_of(decision) -> Decimal:
    """What one decision commits."""
    request = getattr(decision.item, "request", None)
    return decision.amount if decision.amount is not None else request.commitment if request else Decimal(0)


def _counts(decision, since: date | None) -> bool:
    """Whether it had not ended before that day; what has no end still runs."""
    request = getattr(decision.item, "request", None)
    ends = decision.ends_on or (request.until_on if request else None)
    return since is None or ends is None or ends >= since


def commitment_of(item, *, kind: str, amount: Decimal | None, above_because: str = "", must_say: bool = False) -> Commitment:
    """One item's sum with what was committed before and the limits of its meeting's terms."""
    thresholds, request = item.meeting.terms.thresholds, getattr(item, "request", None)
    elsewhere = (request.committed_elsewhere if request else None) or Decimal(0)
    counted = child_before(item) + elsewhere + (family_before(item) if thresholds.get(BY_FAMILY) else 0)
    return Commitment(
        kind=kind, amount=amount, before=counted if kind == SECTION_17 else Decimal(0), limit=limit_for(item.meeting, kind),
        national_rate=_rate(item, request), above_because=above_because, must_say=must_say,
    )  # fmt: skip


def child_before(item) -> Decimal:
    """What panels committed before to the child an item is about."""
    months = item.meeting.terms.thresholds.get(MONTHS)
    return committed_before([item.referral.child_id], without=item, months=months) if item.referral_id else Decimal(0)


def family_before(item) -> Decimal:
    """What panels committed before to the children linked to the one an item is about."""
    months = item.meeting.terms.thresholds.get(MONTHS)
    return committed_before(linked_to(item.referral.child), without=item, months=months) if item.referral_id else Decimal(0)


def limit_for(meeting, kind: str) -> Decimal | None:
    """The sum above which a kind is the panel's, by the terms a meeting is judged by."""
    return as_sum(meeting.terms.thresholds.get(LIMITS.get(kind, "")))


def as_sum(value) -> Decimal | None:
    """A number of the terms or of a setting in pounds, or None."""
    return None if value is None else Decimal(str(value))


def rates_on_file(authority) -> list[dict]:
    """The national rates on file today: what for, how much, and where that is written."""
    rows = setting(RATES, [], authority=authority)
    return [{**row, "rate": as_sum(row["rate"])} for row in rows]


def rate_for(assessment: str, authority) -> Decimal | None:
    """The national rate of one assessment, or None where none is on file."""
    return next((row["rate"] for row in rates_on_file(authority) if row["what"] == assessment), None)


def _rate(item, request) -> Decimal | None:
    """The rate on file of the assessment an item asks for; where it names none, the terms' one rate."""
    named = rate_for(request.assessment, item.meeting.panel.authority) if request and request.assessment else None
    return named if named is not None else as_sum(item.meeting.terms.thresholds.get("national rate for an assessment"))


def high_cost_limit(authority) -> Decimal | None:
    """The weekly cost above which a placement is on the oversight list today, or None where none is set."""
    return as_sum(setting(HIGH_COST, None, authority=authority))


def ask_of(request) -> Ask:
    """One request as the rules read it."""
    asked = commitment_of(
        request.item, kind=request.kind, amount=request.commitment or None, above_because=request.above_rate_because,
        must_say=request.kind not in {*EXPLORES, JOINT},
    )  # fmt: skip
    return Ask(asked, explored=(request.universal, request.family_support, request.family_group), explored_words=request.explored_words)


def agreeing_of(item, facts: dict) -> Agreeing:
    """One decision that would agree to something, as the rules read it."""
    kind = facts.get("kind") or "resource"
    request = getattr(item, "request", None)
    said = facts.get("rate_because") or (request.above_rate_because if request and request.kind == RequestKind.ASSESSMENT else "")
    asked = commitment_of(item, kind=kind, amount=facts.get("amount"), above_because=said, must_say=kind in LIMITS)
    last = review_by(clock.today(), item.meeting.terms.thresholds.get("no recourse review weeks"))
    return Agreeing(asked, review_on=facts.get("review_on"), review_by=last, tried_first=facts.get("tried_first") or "")
