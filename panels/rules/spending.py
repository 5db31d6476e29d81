"""What a panel's remit asks of some decisions about money: sums, limits and days (003:30-33), all from the terms."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

SECTION_17, NO_RECOURSE, ASSESSMENT = "section 17", "no recourse", "assessment"
PLACEMENTS = {"out of area", "at a distance"}


@dataclass(frozen=True)
class Asked:
    """One decision that would agree to something, and what the terms and earlier decisions say about it."""

    kind: str
    amount: Decimal | None = None
    committed: Decimal = Decimal(0)  # to the child already, of the same kind
    threshold: Decimal | None = None  # more than this is the panel's to authorise
    national_rate: Decimal | None = None
    rate_because: str = ""
    review_on: date | None = None
    review_by: date | None = None
    tried_first: str = ""


def why_not_authorise(asked: Asked) -> list[str]:
    """SPD-1. What is agreed under section 17 or for an assessment says its whole amount."""
    reasons = []
    if asked.kind in {SECTION_17, ASSESSMENT} and asked.amount is None:
        reasons.append("Give the amount: the whole commitment, to its end or review.")
    return reasons + why_not_pay_more(asked) + why_not_review_later(asked) + why_not_place_away(asked)


def why_not_pay_more(asked: Asked) -> list[str]:
    """SPD-2. An assessment above the national rate on file gives its reason."""
    rate, amount = asked.national_rate, asked.amount
    if asked.kind != ASSESSMENT or rate is None or amount is None or amount <= rate or asked.rate_because.strip():
        return []
    return [f"Say why it is above the national rate on file, £{rate:,.0f}."]


def why_not_review_later(asked: Asked) -> list[str]:
    """SPD-3. An arrangement without recourse to public funds is reviewed within the terms' weeks."""
    if asked.kind != NO_RECOURSE or asked.review_by is None:
        return []
    if asked.review_on is None or asked.review_on > asked.review_by:
        return [f"Review it by {asked.review_by.day} {asked.review_by:%B %Y}."]
    return []


def why_not_place_away(asked: Asked) -> list[str]:
    """SPD-4. Agreeing a placement away says what was tried before: services for all, family support, a family group conference."""
    if asked.kind not in PLACEMENTS or asked.tried_first.strip():
        return []
    return ["Say what was tried first."]


def review_by(today: date, weeks: int | None) -> date | None:
    """The last day for a review that is due within so many weeks, where the terms say."""
    return today + timedelta(weeks=weeks) if weeks else None


def commitment_words(asked: Asked) -> str:
    """The sum with what was committed before, beside the limit; nothing where the kind has none."""
    if asked.threshold is None or asked.amount is None:
        return ""
    whole = asked.amount + (asked.committed if asked.kind == SECTION_17 else 0)
    before = f" with £{asked.committed:,.0f} committed before" if asked.kind == SECTION_17 and asked.committed else ""
    limit = f"£{asked.threshold:,.0f}"
    if whole > asked.threshold:
        return f"£{whole:,.0f} in all{before}: more than {limit}, so it is the panel’s to authorise."
    return f"£{whole:,.0f} in all{before}: not more than {limit}, so it need not have come to the panel."
