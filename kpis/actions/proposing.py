"""Reviews that come due: the timetable proposes a day for each, once, and tells whose it is to call."""

from django.db import transaction

from core import audit, clock, post
from core.closures import working_days_of
from core.dates import day_in_words
from core.models import User
from kpis.models import ProposedReview, ReviewPlan
from kpis.models.review_rhythm import callers_of, lots_of, usual_of
from kpis.rules.reviews import Proposal, review_to_propose


@transaction.atomic
def propose_review(plan: ReviewPlan, *, by: User | None) -> ProposedReview | None:
    """Propose a day for what is due and not called; again with nothing changed, or nothing due, it changes nothing.

    A proposal that was called, overtaken, or whose last day to call it has passed, is settled; what is still due gets a new day.
    """
    plan = ReviewPlan.objects.select_for_update(of=("self",)).select_related("contract__authority", "panel").get(pk=plan.pk)
    today, terms = clock.today(), plan.panel.terms_on(clock.today())
    dues = {row.lot.pk: row.due_on for row in lots_of(plan) if row.called_for is None}
    wanted = review_to_propose(dues, today, working_days_of(plan.authority_id), terms.papers_working_days) if terms else None
    standing = plan.proposals.open().prefetch_related("lots").first()
    if standing is not None:
        if _still_stands(standing, wanted):
            return None
        standing.settled_at = clock.now()
        standing.save(update_fields=["settled_at"])
    return _propose(plan, wanted, by) if wanted else None


def _still_stands(standing: ProposedReview, wanted: Proposal | None) -> bool:
    """Whether what is proposed is still what is due, and may still be called in time."""
    if wanted is None or clock.today() > standing.call_by:
        return False
    return (standing.due_on, tuple(sorted(lot.pk for lot in standing.lots.all()))) == (wanted.due_on, wanted.lots)


def _propose(plan: ReviewPlan, wanted: Proposal, by: User | None) -> ProposedReview:
    """Keep the day, and tell whoever holds the commissioner's seat."""
    at, venue = usual_of(plan)
    made = ProposedReview.objects.create(plan=plan, due_on=wanted.due_on, on=wanted.on, call_by=wanted.call_by, at=at, venue=venue)
    made.lots.set(wanted.lots)
    post.send_each(
        "review.proposed", callers_of(plan), key=f"review-proposed:{made.pk}", about=plan, link=f"{plan.get_absolute_url()}/call",
        subject=f"A review of {plan.contract} is due by {day_in_words(made.due_on)}",
        body=f"It is proposed for {day_in_words(made.on)}. Call it by {day_in_words(made.call_by)}: that day, or another.",
    )  # fmt: skip

    audit.record(
        "review.proposed", on=plan, by=by, sentence=f"A review of {plan.contract} is proposed for {day_in_words(made.on)}."
    )
    return made
