"""What stands behind a service: its team, its homes' kite marks, reviews of demand, extra support."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from core import audit, clock, outbox
from core.dates import months_after
from core.models import User
from core.roles import Permission
from core.rules import FieldReason, refuse_if
from referrals.choices import StayState
from referrals.models import DemandReview, ExtraSupport, Home, KiteMark, Provision, Stay, TeamPost


@transaction.atomic
def set_team_post(provision: Provision, *, title: str, posts: Decimal, filled: Decimal, from_on: date,
                  works_with_children: bool = True, source: str = "", by) -> TeamPost:  # fmt: skip
    """Say how many posts of a kind a team has from a day, and how many are filled."""
    refuse_if([FieldReason("filled", "No more posts are filled than there are.")] if filled > posts else [])

    provision.team_posts.filter(title=title, until_on=None, from_on__lt=from_on).update(until_on=from_on)
    provision.team_posts.filter(title=title, until_on=None, from_on__gte=from_on).delete()
    post = TeamPost.objects.create(
        provision=provision, title=title, posts=posts, filled=filled, from_on=from_on,
        works_with_children=works_with_children, source=source,
    )  # fmt: skip

    audit.record("team.changed", on=post, by=by, authority=provision.authority, sentence=f"{provision}: {title} changed.")
    return post


@transaction.atomic
def give_kite_mark(home: Home, *, name: str, evidence: str, from_on: date, until_on: date | None = None, by) -> KiteMark:
    """Keep a home's quality mark with its evidence; registration, when it comes, takes its place."""
    reasons = [] if evidence.strip() else [FieldReason("evidence", "Write the evidence.")]
    if until_on is not None and until_on <= from_on:
        reasons.append(FieldReason("until_on", "The mark runs out after the day it was given."))

    refuse_if(reasons)

    mark = KiteMark.objects.create(
        home=home, name=name, evidence=evidence, from_on=from_on, until_on=until_on, entered_by=by, entered_at=clock.now()
    )

    audit.record("home.kite_mark", on=mark, by=by, authority=home.provision.authority, sentence=f"{home} has a kite mark.")
    return mark


@transaction.atomic
def plan_demand_review(home: Home, *, opened_on: date, by) -> DemandReview:
    """A home's demand and use are reviewed between 6 and 12 months after it opened (001:225-229)."""
    review = DemandReview.objects.create(
        home=home, due_from=months_after(opened_on, 6), due_by=months_after(opened_on, 12)
    )
    outbox.enqueue("demand.review", subject=str(review.pk), due_at=clock.moment(review.due_from))

    audit.record(
        "demand_review.planned", on=review, by=by, authority=home.provision.authority,
        sentence=f"A review of demand for {home} is planned.",
    )  # fmt: skip
    return review


@transaction.atomic
def hold_demand_review(review: DemandReview, *, held_on: date, finding: str, outcome: str, by: User) -> DemandReview:
    """The review was held: what was found and decided; "again" plans the next."""
    review = DemandReview.objects.select_for_update(of=("self",)).select_related("home__provision__authority").get(pk=review.pk)
    reasons = ["This review was held already."] if review.decided_at else []
    reasons += [] if finding.strip() else [FieldReason("finding", "Write what was found.")]
    reasons += [FieldReason("held_on", "The review was held today or before.")] if held_on > clock.today() else []

    refuse_if(reasons)

    review.held_on, review.finding, review.outcome = held_on, finding, outcome
    review.decided_by, review.decided_at = by, clock.now()
    review.save()
    if outcome == "again":
        plan_demand_review(review.home, opened_on=held_on, by=by)

    audit.record(
        "demand_review.held", on=review, by=by, authority=review.home.provision.authority,
        sentence=f"The demand for {review.home} was reviewed.",
    )  # fmt: skip
    return review


@transaction.atomic
def agree_extra_support(stay: Stay, *, what: str, weekly_price: Decimal, from_on: date, until_on: date | None,
                        by: User) -> ExtraSupport:  # fmt: skip
    """Agree extra support for one child, at its own price beside the place's (001:253-255)."""
    stay = Stay.objects.select_for_update(of=("self",)).select_related("place__provision__authority", "child").get(pk=stay.pk)
    reasons = [] if by.can(Permission.AGREE_EXTRA_SUPPORT) else ["Only the strategic manager agrees extra support."]
    if stay.state not in {StayState.OFFERED, StayState.PLANNED, StayState.BEGUN}:
        reasons.append("This stay is over.")
    if from_on < stay.starts_on:
        reasons.append(FieldReason("from_on", "Extra support starts with the stay, or after."))
    if until_on is not None and until_on <= from_on:
        reasons.append(FieldReason("until_on", "It ends after the day it starts."))

    refuse_if(reasons)

    extra = ExtraSupport.objects.create(
        stay=stay, child=stay.child, what=what, weekly_price=weekly_price, from_on=from_on, until_on=until_on,
        agreed_by=by, agreed_at=clock.now(),
    )  # fmt: skip

    audit.record(
        "extra_support.agreed", on=extra, by=by, authority=stay.place.provision.authority,
        sentence=f"Extra support agreed for {stay.reference}.",
    )  # fmt: skip
    return extra
