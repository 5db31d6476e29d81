"""Support plans: written, acted on, and looked at again."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from core import audit, clock
from core.models import User
from core.rules import FieldReason, refuse_if
from referrals.models import Child, PlanAction, PlanReview, Referral, SupportPlan
from referrals.rules.plan import why_not_add_action, why_not_date_plan, why_not_review


@transaction.atomic
def write_plan(child: Child, *, referral: Referral | None, goal: str, outcomes: str, review_on: date,
               envisaged_end_on: date | None = None, by: User, **more) -> SupportPlan:  # fmt: skip
    """Start the child's plan, or change the one there is; nothing ends when a foreseen end passes.

    `more` may hold coping, given_at, child_agrees, child_words and carer_agrees.
    """
    child = Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    plan = SupportPlan.objects.filter(child=child, referral=referral).first()
    reasons = []
    if plan is None or (plan.review_on, plan.envisaged_end_on) != (review_on, envisaged_end_on):
        reasons = why_not_date_plan(review_on=review_on, envisaged_end_on=envisaged_end_on, today=clock.today())
    if child.died_on:
        reasons.append("This record was closed by a manager.")

    refuse_if(reasons)

    facts = {"goal": goal, "outcomes": outcomes, "review_on": review_on, "envisaged_end_on": envisaged_end_on, **more}
    is_new = plan is None
    plan = plan or SupportPlan(child=child, referral=referral, started_by=by, started_at=clock.now())
    for name, value in facts.items():
        setattr(plan, name, value)
    plan.changed_at = clock.now()
    plan.save()

    audit.record(
        "plan.started" if is_new else "plan.changed", on=plan, by=by, authority=child.authority,
        sentence=f"{'Started' if is_new else 'Changed'} the support plan of {child.reference}.",
    )  # fmt: skip
    return plan


@transaction.atomic
def add_plan_action(plan: SupportPlan, *, what: str, known_by: str, lessens: str, owner_name: str, due_on: date,
                    by: User) -> PlanAction:  # fmt: skip
    """Agree one thing that somebody does by a day."""
    plan = SupportPlan.objects.select_for_update(of=("self",)).select_related("child").get(pk=plan.pk)

    refuse_if(
        why_not_add_action(
            what=what, known_by=known_by, lessens=lessens, owner_name=owner_name, due_on=due_on, today=clock.today()
        )
    )

    last = plan.actions.aggregate(last=Max("number"))["last"] or 0
    action = PlanAction.objects.create(
        plan=plan, number=last + 1, what=what, known_by=known_by, lessens=lessens, owner_name=owner_name, due_on=due_on
    )

    audit.record(
        "plan_action.added", on=action, by=by, child=plan.child, authority=plan.child.authority,
        sentence=f"Added action {action.number} to the support plan of {plan.child.reference}.",
    )  # fmt: skip
    return action


@transaction.atomic
def finish_plan_action(action: PlanAction, *, done_on: date, came_of_it: str, by: User) -> PlanAction:
    """An action is done, and what came of it."""
    action = PlanAction.objects.select_for_update(of=("self",)).select_related("plan__child").get(pk=action.pk)
    reasons = ["This action is done."] if action.done_on else []
    if done_on > clock.today():
        reasons.append(FieldReason("done_on", "The day must be today or before"))

    refuse_if(reasons)

    action.done_on, action.came_of_it = done_on, came_of_it
    action.save()

    child = action.plan.child
    audit.record(
        "plan_action.done", on=action, by=by, child=child, authority=child.authority,
        sentence=f"Action {action.number} of the support plan of {child.reference} is done.",
    )  # fmt: skip
    return action


@transaction.atomic
def review_plan(plan: SupportPlan, *, held_on: date, who: str, seen: str, next_review_on: date,
                envisaged_end_on: date | None, child_view: str = "", by: User) -> PlanReview:  # fmt: skip
    """Record that the plan was looked at together, and set the next time."""
    plan = SupportPlan.objects.select_for_update(of=("self",)).select_related("child").get(pk=plan.pk)
    today = clock.today()

    refuse_if(
        why_not_review(held_on=held_on, next_review_on=next_review_on, today=today)
        + [
            FieldReason("next_review_on" if reason.field == "review_on" else reason.field, reason)
            for reason in why_not_date_plan(review_on=next_review_on, envisaged_end_on=envisaged_end_on, today=today)
        ]
    )

    review = PlanReview.objects.create(
        plan=plan, held_on=held_on, was_due_on=plan.review_on, who=who, seen=seen, child_view=child_view,
        next_review_on=next_review_on, envisaged_end_on=envisaged_end_on, recorded_by=by, recorded_at=clock.now(),
    )  # fmt: skip
    plan.review_on, plan.envisaged_end_on, plan.changed_at = next_review_on, envisaged_end_on, clock.now()
    plan.save()

    audit.record(
        "plan.reviewed", on=review, by=by, child=plan.child, authority=plan.child.authority,
        sentence=f"The support plan of {plan.child.reference} was reviewed.",
    )  # fmt: skip
    return review
