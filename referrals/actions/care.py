"""A child's care details, reviews and learning are written down."""

from datetime import date

from django.db import transaction

from core import audit, clock
from core.dates import day_in_words
from core.models import User
from core.rules import FieldReason, refuse_if
from referrals.models import CareDetails, Child, Learning, Review, Stay
from referrals.rules.care import why_not_care_date, why_not_hold_review


@transaction.atomic
def keep_care_details(child: Child, *, by: User | None, **facts) -> CareDetails:
    """Keep since when the child is in care, who chairs their reviews, and the plans there are."""
    today = clock.today()
    reasons = [
        reason
        for field in ("in_care_since", "permanence_plan_on", "pathway_plan_on")
        for reason in why_not_care_date(field, facts.get(field), today=today)
    ]
    if bool(facts.get("permanence_plan", "").strip()) != bool(facts.get("permanence_plan_on")):
        reasons.append(FieldReason("permanence_plan_on", "Give the permanence plan in a line and the day it was made."))
    refuse_if(reasons)

    details, _ = CareDetails.objects.update_or_create(child=child, defaults=facts)

    audit.record(
        "care.kept", on=details, by=by, child=child, authority=child.authority,
        sentence=f"Kept the care details of {child.reference}.",
    )  # fmt: skip
    return details


@transaction.atomic
def book_review(child: Child, *, kind: str, due_on: date, chaired_by: str = "", by: User | None) -> Review:
    """A review is due on a day, chaired by somebody."""
    reasons = []
    if child.reviews.filter(kind=kind, due_on=due_on).exists():
        reasons.append(FieldReason("due_on", "That review is booked already."))
    refuse_if(reasons)

    review = Review.objects.create(
        child=child, kind=kind, due_on=due_on, chaired_by=chaired_by, booked_by=by, booked_at=clock.now()
    )

    audit.record(
        "review.booked", on=review, by=by, child=child, authority=child.authority,
        sentence=f"Booked a review of {child.reference} for {day_in_words(due_on)}.",
    )  # fmt: skip
    return review


@transaction.atomic
def hold_review(review: Review, *, held_on: date, outcome: str, child_took_part: str = "", next_on: date | None = None,
                by: User | None) -> Review:  # fmt: skip
    """A review was held: when, how the child took part, what was decided, and when the next one is.

    Locks the review. A review of the place moves the review day of the child's stay.
    """
    review = Review.objects.select_for_update(of=("self",)).select_related("child__authority").get(pk=review.pk)
    reasons = why_not_hold_review(held_on=held_on, today=clock.today(), is_held=review.held_on is not None)
    if next_on is not None and next_on <= held_on:
        reasons.append(FieldReason("next_on", "The next review comes after this one."))
    refuse_if(reasons)

    review.held_on, review.outcome, review.child_took_part = held_on, outcome, child_took_part[:200]
    review.save()
    if next_on is not None:
        Review.objects.get_or_create(
            child=review.child, kind=review.kind, due_on=next_on,
            defaults={"chaired_by": review.chaired_by, "booked_by": by, "booked_at": clock.now()},
        )  # fmt: skip
    if review.kind == "bed":
        Stay.objects.filter(child=review.child, state="begun", review_on__lte=held_on).update(review_on=next_on)

    audit.record(
        "review.held", on=review, by=by, authority=review.child.authority,
        sentence=f"Wrote up a review of {review.child.reference} held on {day_in_words(held_on)}.",
    )  # fmt: skip
    return review


@transaction.atomic
def add_learning(child: Child, *, at: str, on: date, state: str, where: str = "", with_virtual_school: bool = False,
                 words: str = "", by: User | None) -> Learning:  # fmt: skip
    """Keep how education, training or work stands at the start, a review or the end."""
    reasons = why_not_care_date("on", on, today=clock.today())
    if child.learning.filter(at=at, on=on).exists():
        reasons.append(FieldReason("on", "That is written down for that day already."))
    refuse_if(reasons)

    row = Learning.objects.create(
        child=child, at=at, on=on, state=state, where=where, with_virtual_school=with_virtual_school, words=words,
        recorded_by=by, recorded_at=clock.now(),
    )  # fmt: skip

    audit.record(
        "learning.added", on=row, by=by, child=child, authority=child.authority,
        sentence=f"Wrote down the learning of {child.reference} on {day_in_words(on)}.",
    )  # fmt: skip
    return row
