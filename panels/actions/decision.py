"""Decisions: recorded with the quorum as it was, agreed by the chair, released."""

from django.db import transaction

from core import audit, clock
from core.models import User
from core.roles import Role
from core.rules import FieldReason, refuse_if
from panels.actions.altering import follow_decision
from panels.choices import DecisionState, ItemKind, ItemState, MeetingStatus, Outcome
from panels.models import Action, AgendaItem, Decision, Meeting
from panels.models.minute_words import compose_sentence
from panels.models.room import Room, may_chair
from panels.rules.decisions import ChairAgreement, Deciding, why_not_agree_decision, why_not_decide
from referrals.actions.outcome import record_panel_outcome, release_outcome, unbook_referral

RULE_WORDS = {
    Outcome.AGREE: "AGREED",
    Outcome.CONDITIONS: "CONDITIONS",
    Outcome.PART: "PART",
    Outcome.DEFER: "DEFERRED",
    Outcome.NOT_AGREED: "DECLINED",
    Outcome.REDIRECT: "REDIRECTED",
}


@transaction.atomic
def record_decision(item: AgendaItem, *, outcome: str, reasons: str, conditions: str = "",
                    weeks: int | None = None, weekly_cost=None, review_on=None, sentence: str = "",
                    held_back_because: str = "", awaiting: str = "", actions=(), by: User) -> Decision:  # fmt: skip
    """Record what the panel decided; until the chair agrees it is a recommendation.

    `awaiting` names whoever decides in law where that is beyond the chair. Without a quorum for this item it is kept as a recommendation to the next quorate meeting.
    """
    meeting = Meeting.objects.locked().get(pk=item.meeting_id)
    item = AgendaItem.objects.select_related("referral__child", "meeting__panel").get(pk=item.pk)
    room = Room(meeting)
    light = room.light(item)
    standing = Decision.objects.filter(item=item).first()

    refuse_if(_why_not_record(item, meeting, room, outcome, reasons, conditions, standing, by))

    state = DecisionState.RECOMMENDED if light["quorate"] else DecisionState.INQUORATE
    sentence = sentence or compose_sentence(
        item, outcome, weeks=weeks, conditions=conditions, review_on=review_on
    )
    decision, _ = Decision.objects.update_or_create(
        item=item,
        defaults={
            "outcome": outcome, "reasons": reasons, "conditions": conditions, "weeks": weeks,
            "weekly_cost": weekly_cost, "review_on": review_on, "sentence": sentence, "state": state,
            "quorum": light, "recorded_at": clock.now(), "recorded_by": by,
            "held_back_because": held_back_because, "awaiting": awaiting,
        },
    )  # fmt: skip
    item.state = ItemState.DECIDED
    item.save()
    _keep_actions(item, actions, administrator=_administrator(meeting, by) if actions else by)

    audit.record(
        "decision.recorded", on=decision, by=by, child=item.referral.child if item.referral else None,
        authority=meeting.panel.authority, sentence=f"Recorded a decision on item {item.number} of {meeting}.",
    )  # fmt: skip
    return decision


def _why_not_record(item, meeting, room, outcome, reasons, conditions, standing, by) -> list[str]:
    """Gather what the rule asks; reasons that belong to a field say which."""
    out = item.recusals.filter(withdrawn_at=None, person=by)
    deciding = Deciding(
        outcome=RULE_WORDS.get(outcome, ""), reasons=reasons, conditions=conditions,
        meeting_is_in_progress=meeting.status == MeetingStatus.IN_PROGRESS,
        not_quorate_because=room.why_not_quorate(item), as_recommendation=True,
        recused_taking_part=[row.person.full_name for row in out.select_related("person")],
    )  # fmt: skip
    found = why_not_decide(deciding)
    if by.acting.role != "PA" and not may_chair(meeting, by):
        found.append("Only the administrator or the chair records decisions.")
    if standing and standing.agreed_at:
        found.append("The chair has already agreed this decision.")
    fields = {"Choose": "outcome", "Give the reasons": "reasons", "Name the conditions": "conditions"}
    return [
        next((FieldReason(f, r) for start, f in fields.items() if r.startswith(start)), r) for r in found
    ]


def _keep_actions(item: AgendaItem, actions, *, administrator: User) -> None:
    """What is to be done, by whom, by when; the same one is kept once.

    Where nobody here has the name that was typed, the administrator owns it and sees to it that they know.
    """
    for action in actions:
        owner = action.get("owner")
        facts = {"owner_name": owner.full_name if owner else "", **action, "owner": owner or administrator}
        Action.objects.get_or_create(item=item, what=action["what"], defaults=facts)


def _locked_with_item(decision: Decision) -> Decision:
    """The decision, locked, with its item, meeting and referral read beside it."""
    rows = Decision.objects.select_for_update(of=("self",))
    return rows.select_related("item__meeting__panel__authority", "item__referral__child").get(pk=decision.pk)


def _administrator(meeting: Meeting, by: User) -> User:
    """Whoever recorded it where that is a panel administrator, otherwise the authority's first."""
    if by.acting is not None and by.acting.role == Role.PANEL_ADMINISTRATOR:
        return by
    rows = User.objects.holding(Role.PANEL_ADMINISTRATOR).filter(roles_held__authority=meeting.panel.authority_id)
    return rows.order_by("pk").first() or by


@transaction.atomic
def agree_decision(decision: Decision, *, by: User) -> Decision:
    """The chair makes a decision final, at their own sign-in; the referral is told.

    A recommendation made without a quorum stays one, and its referral is ready for the next meeting.
    """
    decision = _locked_with_item(decision)
    item = decision.item
    recused = item.recusals.filter(withdrawn_at=None, person=by).exists()
    chairs = by.acting.role != "PA" and may_chair(item.meeting, by)

    agreement = ChairAgreement(
        signs_in_as_chair=chairs, is_recused=recused, is_agreed_already=decision.agreed_at is not None
    )
    refuse_if(why_not_agree_decision(agreement))

    decision.agreed_at, decision.agreed_by = clock.now(), by
    inquorate = decision.state == DecisionState.INQUORATE
    if not inquorate:
        decision.state = DecisionState.AWAITING if decision.awaiting else DecisionState.AGREED
    decision.save()
    if item.kind == ItemKind.REVIEW:
        pass  # a review changes nothing about where its referral has got to
    elif item.referral_id and inquorate:
        unbook_referral(item.referral, reason="The item was not quorate.", by=by)
    elif item.referral_id:
        record_panel_outcome(
            item.referral, outcome="recommended" if decision.awaiting else decision.outcome,
            weeks=decision.weeks, review_on=decision.review_on, by=by,
        )  # fmt: skip
    follow_decision(decision, by=by)

    audit.record(
        "decision.agreed", on=decision, by=by, child=item.referral.child if item.referral else None,
        authority=item.meeting.panel.authority,
        sentence=f"The chair agreed the decision on item {item.number} of {item.meeting}.",
    )  # fmt: skip
    return decision


@transaction.atomic
def settle_decision(decision: Decision, *, outcome: str, decided_by: str, by: User) -> Decision:
    """Whoever decides in law has answered a recommendation; the administrator writes down who and what."""
    decision = _locked_with_item(decision)
    item = decision.item
    reasons = [] if decision.state == DecisionState.AWAITING else ["This decision does not wait for anybody."]
    reasons += [] if decided_by.strip() else [FieldReason("decided_by", "Say who decided, and when.")]
    if by.acting.role not in {"PA", "CH"}:
        reasons.append("Only the administrator or the chair records what was decided.")

    refuse_if(reasons)

    decision.state, decision.outcome = DecisionState.AGREED, outcome
    decision.awaiting = f"Decided: {decided_by.strip()}"[:120]
    decision.save()
    if item.referral_id:
        record_panel_outcome(
            item.referral, outcome=outcome, weeks=decision.weeks, review_on=decision.review_on, by=by
        )

    audit.record(
        "decision.settled", on=decision, by=by, child=item.referral.child if item.referral else None,
        authority=item.meeting.panel.authority,
        sentence=f"The recommendation on item {item.number} of {item.meeting} was decided.",
    )  # fmt: skip
    return decision


@transaction.atomic
def agree_all(meeting: Meeting, *, by: User) -> list[Decision]:
    """The chair agrees every decision of a meeting that they may, at the close."""
    waiting = Decision.objects.filter(item__meeting=meeting, agreed_at=None).order_by("item__number")
    mine = waiting.exclude(item__recusals__in=by.recusals.filter(withdrawn_at=None))

    agreed = [agree_decision(decision, by=by) for decision in mine]

    audit.record(
        "decisions.agreed", on=meeting, by=by, authority=meeting.panel.authority,
        sentence=f"The chair agreed {len(agreed)} decisions of {meeting}.",
    )  # fmt: skip
    return agreed


@transaction.atomic
def release_decision(decision: Decision, *, by: User) -> Decision:
    """Let the referrer and the provider read an agreed decision."""
    decision = _locked_with_item(decision)
    reasons = [] if decision.state == DecisionState.AGREED else ["Only an agreed decision is released."]

    refuse_if(reasons)

    decision.released_at, decision.state = clock.now(), DecisionState.RELEASED
    decision.save()
    if decision.item.referral_id and decision.item.kind != ItemKind.REVIEW:
        release_outcome(decision.item.referral, by=by)

    audit.record(
        "decision.released", on=decision, by=by, authority=decision.item.meeting.panel.authority,
        child=decision.item.referral.child if decision.item.referral else None,
        sentence=f"Released the decision on item {decision.item.number} of {decision.item.meeting}.",
    )  # fmt: skip
    return decision


@transaction.atomic
def enter_on_case_system(decision: Decision, *, by: User) -> Decision:
    """The decision has been copied onto the council's case system."""
    reasons = ["It was entered before."] if decision.on_case_system_at else []

    refuse_if(reasons)

    decision.on_case_system_at, decision.on_case_system_by = clock.now(), by
    decision.save()

    audit.record(
        "decision.entered", on=decision, by=by, authority=decision.item.meeting.panel.authority,
        sentence=f"Decision {decision.reference} is on the case system.",
    )  # fmt: skip
    return decision


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
