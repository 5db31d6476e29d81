"""After a meeting: decisions held back or released, and actions chased and done."""

from django.db import transaction

from core import audit, clock, post
from core.dates import day_in_words
from core.models import User
from core.rules import FieldReason, refuse_if
from panels.actions.decision import release_decision
from panels.choices import MeetingStatus
from panels.models import Action, AgendaItem, Decision
from panels.models.room import may_chair
from panels.rules.decisions import why_not_hold_back
from referrals.choices import Depth

OFF = (MeetingStatus.CANCELLED, MeetingStatus.NOT_HELD)


@transaction.atomic
def hold_back(decision: Decision, *, because: str, by: User) -> Decision:
    """The decision is not released with the others when the meeting ends, and why."""
    decision = Decision.objects.select_for_update(of=("self",)).select_related("item__meeting__panel").get(pk=decision.pk)
    reasons = [FieldReason("because", r) for r in why_not_hold_back(because, decision.released_at is not None)]

    refuse_if(reasons + _why_not_release(decision, by))

    decision.held_back_because = because.strip()
    decision.save()

    audit.record(
        "decision.held_back", on=decision, by=by, authority=decision.item.meeting.panel.authority,
        sentence=f"Held back the decision on item {decision.item.number} of {decision.item.meeting}.",
    )  # fmt: skip
    return decision


@transaction.atomic
def release_now(decision: Decision, *, by: User) -> Decision:
    """Release an agreed decision by itself: one that was held back, or an urgent one while the panel still sits."""
    refuse_if(_why_not_release(decision, by))

    return release_decision(decision, by=by)


def _why_not_release(decision: Decision, by: User) -> list[str]:
    """Only the administrator or whoever chairs says when it is told."""
    if by.acting.role == "PA" or may_chair(decision.item.meeting, by):
        return []
    return ["Only the administrator or the chair releases a decision or holds it back."]


@transaction.atomic
def remind_of_action(reference: str, days_after: int, *, by: User | None = None) -> bool:
    """Tell the owner of an action still to be done that its day is near or past; never about a meeting that was not held."""
    rows = Action.objects.open().select_related("item__decision", "item__meeting__panel__authority", "item__referral__child", "owner")
    action = rows.filter(reference=reference).exclude(owner=None).exclude(item__meeting__status__in=OFF).first()
    if action is None or _is_kept(action):
        return False
    late = action.due_on < clock.today()
    due = day_in_words(action.due_on)
    post.send(
        "action.reminder", key=f"action:{action.reference}:{action.due_on}:{days_after}", to=action.owner, about=action,
        subject=f"An action from {action.item.meeting} {'was' if late else 'is'} due on {due}",
        body="It has not been marked as done." if late else "Mark it as done when it is.",
        link="/actions",
    )  # fmt: skip

    audit.record(
        "action.chased", on=action, by=by, authority=action.item.meeting.panel.authority,
        sentence=f"Reminded the owner of an action from {action.item.meeting}.",
    )  # fmt: skip
    return True


def _is_kept(action: Action) -> bool:
    """Whether its owner is out of the item, or the child has died."""
    referral = action.item.referral
    facts = {"depth": Depth.RECORD} if referral is not None and action.item.decision.released_at else {}
    seen = AgendaItem.objects.not_kept_from(action.owner, **facts).filter(pk=action.item_id).exists()
    return not seen or (referral is not None and referral.child.died_on is not None)


@transaction.atomic
def finish_action(action: Action, *, by: User) -> Action:
    """Something that was to be done is done."""
    may = action.owner_id == by.pk or by.acting.role in {"PA", "CH"}
    reasons = [] if may else ["Only its owner or the administrator marks this as done."]

    refuse_if(reasons)

    if action.done_at is None:
        action.done_at, action.done_by = clock.now(), by
        action.save()

    audit.record(
        "action.done", on=action, by=by, authority=action.item.meeting.panel.authority,
        sentence=f"An action from {action.item.meeting} is done.",
    )  # fmt: skip
    return action
