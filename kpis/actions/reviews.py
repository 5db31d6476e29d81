"""Reviews of a contract's performance: the panel that holds them, how often, each called, and what it found."""

from datetime import date, datetime, time

from django.db import transaction
from django.utils.text import slugify

from contracts.models import Contract, Lot
from core import audit, clock
from core.closures import working_days_of
from core.dates import day_in_words
from core.models import User
from core.rules import FieldReason, refuse_if
from kpis.choices import Side
from kpis.models import ContractReview, ReviewFinding, ReviewPlan, ReviewRhythm
from kpis.models.assessment import PROVIDERS
from kpis.models.review_rhythm import lots_of
from kpis.papers.review_terms import terms_of_reviews
from kpis.rules.reviews import (
    review_days,
    why_not_call_urgently,
    why_not_find,
    why_not_settle_rhythm,
)
from panels.actions.meeting import call_meeting
from panels.actions.panel import add_panel, adopt_terms, seat_person
from panels.choices import PanelKind
from panels.models import Meeting

MOST_AT_ONCE = 12
HOW_OFTEN = {1: "each month", 3: "every three months"}


@transaction.atomic
def begin_reviews(contract: Contract, *, chair: User, provider: User, by: User) -> ReviewPlan:
    """Make the panel that reviews a contract, with terms of its own and its three seats held; once a contract."""
    contract = Contract.objects.select_for_update(of=("self",)).select_related("authority").get(pk=contract.pk)
    exists = ReviewPlan.objects.filter(contract=contract).exists()
    reasons = ["Reviews of this contract are kept already."] if exists else []
    if provider.organisation_id != contract.provider_id:
        reasons.append(FieldReason("provider", "Choose somebody of the contract's provider."))
    refuse_if(reasons)

    panel = add_panel(
        authority=contract.authority, slug=f"{slugify(contract.slug)[:42]}-reviews", name=f"{contract.name[:100]}: reviews",
        kind=PanelKind.CONTRACT_REVIEW, by=by,
    )  # fmt: skip
    today = clock.today()
    adopt_terms(panel, in_force_from=today, by=by, **terms_of_reviews())
    for letter, person in {"a": chair, "b": by, "c": provider}.items():
        seat_person(panel, letter=letter, person=person, from_on=today, by=by)
    plan = ReviewPlan.objects.create(contract=contract, panel=panel, begun_on=today, begun_by=by)

    audit.record("reviews.begun", on=plan, by=by, sentence=f"Reviews of {contract} are held by a panel of their own.")
    return plan


def _locked(plan: ReviewPlan) -> ReviewPlan:
    """The plan's row, held until the deed is done."""
    rows = ReviewPlan.objects.select_for_update(of=("self",)).select_related("contract__authority", "panel__authority")
    return rows.get(pk=plan.pk)


@transaction.atomic
def settle_rhythm(plan: ReviewPlan, *, lot: Lot, months: int, from_on: date | None, because: str, by: User) -> ReviewRhythm:
    """Settle how often one lot is reviewed from a day: monthly, or every three months once it may be."""
    plan = _locked(plan)
    standing = next((row.rhythm for row in lots_of(plan) if row.lot.pk == lot.pk), None)
    refuse_if([] if standing else ["That is no part of this contract."])

    refuse_if(why_not_settle_rhythm(standing, months, from_on, because))

    rhythm = ReviewRhythm.objects.create(
        plan=plan, lot=lot, months=months, from_on=from_on, because=because.strip(), settled_by=by
    )

    audit.record(
        "reviews.settled", on=rhythm, by=by,
        sentence=f"{lot.name} of {plan.contract} is reviewed {HOW_OFTEN[months]} from {day_in_words(from_on)}.",
    )  # fmt: skip
    return rhythm


@transaction.atomic
def call_reviews(plan: ReviewPlan, *, first_on: date, at: time, venue: str, count: int = 1, by: User) -> list[ContractReview]:
    """Call the next reviews: each with the lots due by then, as often as they are settled, on Working Days."""
    plan = _locked(plan)
    lots = {row.lot.pk: row for row in lots_of(plan)}
    dues = {pk: row.next_on for pk, row in lots.items()}
    refuse_if(_why_not_call(lots, count))

    calendar, called = working_days_of(plan.authority_id), []
    for day, keys in review_days(dues, {pk: row.months for pk, row in lots.items()}, first_on, count):
        on = day if calendar.is_working(day) else calendar.add(day, 1)
        meeting = call_meeting(plan.panel, starts_at=clock.moment(on, at), venue=venue, by=by)
        called.append(_keep(plan, meeting, [lots[pk].lot for pk in keys], max(lots[pk].months for pk in keys)))

    plan.proposals.open().filter(lots__in=[lot for review in called for lot in review.lots.all()]).update(settled_at=clock.now())
    audit.record(
        "reviews.called", on=plan, by=by, sentence=f"Called {len(called)} of the reviews of {plan.contract}."
    )
    return called


def _why_not_call(lots: dict, count: int) -> list[str]:
    """A contract has parts to review, and a year's reviews at most are called at once."""
    reasons = [] if lots else ["This contract has no parts to review."]
    return reasons + ([] if 1 <= count <= MOST_AT_ONCE else [FieldReason("count", f"Call from 1 to {MOST_AT_ONCE} at once.")])


def _keep(plan: ReviewPlan, meeting: Meeting, lots: list[Lot], months: int, **more) -> ContractReview:
    """The review that a meeting holds."""
    review = ContractReview.objects.create(plan=plan, meeting=meeting, months=months, **more)
    review.lots.set(lots)
    return review


@transaction.atomic
def call_urgent_review(plan: ReviewPlan, *, starts_at: datetime, venue: str, reason: str, by: User) -> ContractReview:
    """Either side calls a review of everything that cannot wait: with reasonable notice, and the reason on its agenda."""
    plan = _locked(plan)
    on, side = starts_at.astimezone(clock.LONDON).date(), _side_of(plan, by)
    terms = plan.panel.terms_on(clock.today())
    days = terms.thresholds.get("urgent working days") if terms else None
    latest = working_days_of(plan.authority_id).last_day_for_notice(on, days) if days is not None else None
    refuse_if(why_not_call_urgently(side, reason, on=on, latest_notice=latest, today=clock.today()))

    meeting = call_meeting(plan.panel, starts_at=starts_at, venue=venue, kind="emergency", reason=reason.strip(), by=by)
    review = _keep(plan, meeting, list(plan.contract.lots.order_by("pk")), 1, asked_by_side=side, reason=reason.strip())

    audit.record(
        "review.urgent", on=review, by=by,
        sentence=f"{Side(side).label} called an urgent review of {plan.contract} for {day_in_words(on)}.",
    )  # fmt: skip
    return review


def _side_of(plan: ReviewPlan, by: User) -> str:
    """The side somebody is on, or nothing for anybody else."""
    acting = by.acting
    if acting.role in PROVIDERS:
        return Side.PROVIDER if acting.organisation_id == plan.contract.provider_id else ""
    return Side.COMMISSIONERS if acting.authority_id == plan.contract.authority_id else ""


@transaction.atomic
def record_findings(review: ContractReview, *, said: dict[int, tuple[bool | None, str]], by: User) -> list[ReviewFinding]:
    """Write what a review found of each of its lots; written again, the later words stand. `said` is by the lot's key."""
    review = ContractReview.objects.select_for_update(of=("self",)).select_related("plan__contract", "meeting").get(pk=review.pk)
    lots = list(review.lots.order_by("pk"))
    answers = [(f"lot_{lot.pk}", *said.get(lot.pk, (None, ""))) for lot in lots]
    refuse_if(why_not_find(is_held=review.meeting.started_at is not None, said=answers, lots=[lot.name for lot in lots]))

    found = [
        ReviewFinding.objects.update_or_create(
            review=review, lot=lot,
            defaults={"is_satisfactory": good, "words": words.strip(), "recorded_by": by, "recorded_at": clock.now()},
        )[0]
        for lot, (_, good, words) in zip(lots, answers, strict=True)
    ]  # fmt: skip

    audit.record("review.found", on=review, by=by, sentence=f"Wrote what the {str(review)[0].lower()}{str(review)[1:]} found.")
    return found
