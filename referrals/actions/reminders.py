"""Reminders: what the timetable tells people about places."""

from django.db import transaction

from core import audit, post
from core.dates import day_in_words
from core.models import User
from core.roles import Role
from referrals.models import DemandReview


@transaction.atomic
def remind_of_demand_review(review: DemandReview, *, by: User | None = None) -> DemandReview:
    """Six months after a home opened, the commissioner and the provider are told that its review is due."""
    if review.decided_at:
        return review
    provision = review.home.provision

    commissioners = User.objects.holding(Role.COMMISSIONER, authority=provision.authority_id)
    provider = User.objects.holding(Role.PROVIDER_MANAGER, organisation=provision.provider_id)
    for person in {p.pk: p for p in [*commissioners, *provider]}.values():
        post.send(
            "demand.review", key=f"demand:{review.pk}:{person.pk}", to=person, about=review,
            subject=f"The demand for {review.home} is to be reviewed",
            body=f"It is due by {day_in_words(review.due_by)}.", link=f"/places/services/{provision.slug}",
        )  # fmt: skip

    audit.record(
        "demand_review.due", on=review, by=by, authority=provision.authority,
        sentence=f"The review of demand for {review.home} is due.",
    )  # fmt: skip
    return review
