"""Reviews of contracts that wait for the commissioners: to be called, and to be written up."""

from datetime import timedelta

from core import clock
from core.dates import day_in_words
from core.templatetags.ui import clock_time
from kpis.measures.to_do.thing import MOST_OF_A_KIND, Thing, long_day
from kpis.models import ContractReview, ProposedReview, ReviewPlan
from kpis.models.review_rhythm import callers_of, lots_of

AHEAD = timedelta(days=21)
MOST_PLANS = 10


def to_call(user) -> list[Thing]:
    """Lots of contracts in force that are due for review in the next weeks, with none called: whose each is, and the day proposed."""
    until = clock.today() + AHEAD
    found = []
    for plan in _plans(user):
        due = [row for row in lots_of(plan) if row.called_for is None and row.due_on <= until]
        proposed = plan.proposals.open().prefetch_related("lots").first() if due else None
        whose = _whose(plan) if due else ""
        found += [
            Thing(
                f"Call the review of {row.lot.name}", f"{plan.get_absolute_url()}/call",
                f"{plan.contract.name}. {row.how_often}. {_proposed_for(row.lot, proposed)}{whose}", row.due_on,
            )
            for row in due
        ]  # fmt: skip
    return found


def not_called(user) -> list[Thing]:
    """For the chair and those above: reviews that are past their day with none called, and whose it was to call them."""
    today = clock.today()
    return [
        Thing(
            f"The review of {row.lot.name} has not been called", plan.get_absolute_url(),
            f"{plan.contract.name}. It was due by {day_in_words(row.due_on)}. {_whose(plan)}", row.due_on,
        )
        for plan in _plans(user)
        for row in lots_of(plan)
        if row.called_for is None and row.due_on < today
    ]  # fmt: skip


def _plans(user):
    """Plans of contracts in force that this person sees."""
    plans = ReviewPlan.objects.visible_to(user).filter(contract__state="active").select_related("contract", "panel")
    return plans.order_by("pk")[:MOST_PLANS]


def _whose(plan: ReviewPlan) -> str:
    """Whose the call is, by name."""
    names = " or ".join(person.full_name for person in callers_of(plan))
    return f"It is {names}’s to call." if names else "Nobody holds the commissioner’s seat, so it is nobody’s to call."


def _proposed_for(lot, proposed: ProposedReview | None) -> str:
    """The day proposed for a lot's review, where one is, and by when to call it."""
    if proposed is None or lot not in proposed.lots.all():
        return ""
    return f"Proposed for {long_day(proposed.on)} at {clock_time(proposed.at)}; call it by {long_day(proposed.call_by)}. "


def to_write(user) -> list[Thing]:
    """Reviews that were held and of which nobody has written what they found, due in a week."""
    rows = ContractReview.objects.visible_to(user).filter(meeting__started_at__isnull=False, findings=None)
    return [
        Thing(
            "Write what a review found", row.get_absolute_url(),
            f"{row.plan.contract.name}, held on {day_in_words(row.meeting.on)}.", row.meeting.on + timedelta(days=7),
        )
        for row in rows.select_related("plan__contract", "meeting__panel").order_by("meeting__starts_at", "pk")[:MOST_OF_A_KIND]
    ]  # fmt: skip
