"""What fills the standing items of a contract's review, told to panels from above: figures with few children hidden."""

from contracts.choices import LotKind
from contracts.models import Price
from core.dates import day_in_words, months_after
from kpis.measures.rows import rows_for
from kpis.models import ContractReview
from kpis.papers.review_terms import TOPICS
from panels.models.contents import fills, section

CORE, PILOT, FIGURES = (title for title, _, _ in TOPICS[:3])


def _review(meeting) -> ContractReview | None:
    """The review that a meeting holds, or None."""
    return ContractReview.objects.filter(meeting=meeting).select_related("plan__contract").first()


def _progress(meeting, kind: str) -> list[dict]:
    """The lots of one kind: since when, and how many places each pays for; places are not children."""
    review = _review(meeting)
    if review is None:
        return []
    prices = Price.objects.filter(lot__contract=review.plan.contract, lot__kind=kind, until_on=None).select_related("lot")
    rows = [(f"{p.lot.name}: {p.label}", f"{p.places} places since {day_in_words(p.from_on)}") for p in prices.order_by("pk")[:20]]
    return [section("What the contract pays for", rows=rows, words="" if rows else "This contract has no such part.")]


@fills(CORE)
def core_service(meeting) -> list[dict]:
    """The core lots."""
    return _progress(meeting, LotKind.CORE)


@fills(PILOT)
def pilot(meeting) -> list[dict]:
    """The pilot's lots."""
    return _progress(meeting, LotKind.PILOT)


@fills(FIGURES)
def figures(meeting) -> list[dict]:
    """The service's own measures over the month or the three months before the review's."""
    review = _review(meeting)
    if review is None:
        return []
    ends_on = meeting.on.replace(day=1)
    starts_on = months_after(ends_on, -review.months)
    own = rows_for(review.plan.contract.authority_id, starts_on=starts_on, ends_on=ends_on, hide=True)
    rows = [(row.measure.name, f"{row.value} {row.detail}".strip()) for row in own]
    return [section(f"From {day_in_words(starts_on)} until {day_in_words(ends_on)}", rows=rows)]
