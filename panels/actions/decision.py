"""Decisions: recorded with the quorum as it was, agreed by the chair, released."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max

from core import audit, clock, outbox
from core.models import User
from core.roles import Role
from core.rules import FieldReason, refuse_if
from panels.actions.altering import follow_decision
from panels.choices import DecisionState, ItemKind, ItemState, MeetingStatus
from panels.models import Action, AgendaItem, Decision, Meeting, Panel
from panels.models.business import BEFORE_ACTS, open_acts
from panels.models.commitment import AGREES, agreeing_of
from panels.models.decision_words import RULE_WORDS, agreed_facts, awaiting_of, beside
from panels.models.minute_words import compose_sentence
from panels.models.room import Room, may_chair
from panels.models.stale import StaleNote
from panels.rules.acts import why_not_decide_yet
from panels.rules.decisions import (
    ChairAgreement,
    Deciding,
    why_not_agree_decision,
    why_not_decide,
    why_not_send_on,
)
from panels.rules.remit import against_agreeing
from referrals.actions.outcome import (
    OUTCOMES,
    record_panel_outcome,
    release_outcome,
    unbook_referral,
)

FACTS = (
    "kind", "weeks", "outreach_weeks", "weekly_cost", "amount", "budget", "starts_on", "ends_on", "review_on", "resource",
    "short_term", "long_term", "tried_first", "rate_because", "principles", "unmet_need", "reason", "sent_to",
)  # fmt: skip
# Days after an action is due (before, where less than nought) on which its owner is told.
REMIND = (-2, 1, 8)


@transaction.atomic
def record_decision(item: AgendaItem, *, outcome: str, reasons: str, conditions: str = "",
                    sentence: str = "", held_back_because: str = "", awaiting: str = "", actions=(),
                    version: int | None = None, by: User, **facts) -> Decision:  # fmt: skip
    """Record what the panel decided; until the chair agrees it is a recommendation.

    `facts` are any of FACTS. `awaiting` names whoever decides in law beyond the chair; where it is empty the terms do. Where somebody
    wrote since `version`, StaleNote is raised. Without a quorum for this item it is a recommendation to the next quorate meeting.
    """
    meeting = Meeting.objects.locked().get(pk=item.meeting_id)
    item = AgendaItem.objects.select_related("referral__child", "meeting__panel", "meeting__terms").get(pk=item.pk)
    if version is not None and version != item.note_version:
        raise StaleNote(item)
    light = (room := Room(meeting)).light(item)
    deciding = _deciding(item, meeting, room, outcome, reasons, conditions, facts, by)

    remit = against_agreeing(agreeing_of(item, facts)) if outcome in AGREES else []
    refuse_if(_why_not_record(item, meeting, deciding, remit, by))

    kept = agreed_facts(outcome, facts)
    weeks, review_on, after = facts.get("weeks"), kept.get("review_on"), facts.get("outreach_weeks")
    sentence = sentence or compose_sentence(item, outcome, weeks=weeks, after=after, conditions=conditions, review_on=review_on)
    awaiting = awaiting or awaiting_of(outcome, facts, meeting)
    decision, _ = Decision.objects.update_or_create(
        item=item,
        defaults={
            **{name: value for name, value in kept.items() if name in FACTS}, "outcome": outcome, "reasons": reasons,
            "conditions": conditions, "sentence": sentence, "panel": meeting.panel, "quorum": light,
            "state": DecisionState.RECOMMENDED if light["quorate"] else DecisionState.INQUORATE,
            "recorded_at": clock.now(), "recorded_by": by, "held_back_because": held_back_because, "awaiting": awaiting,
        },
    )  # fmt: skip
    _close_item(item)
    _keep_actions(item, actions, administrator=_administrator(meeting, by) if actions else by)

    audit.record(
        "decision.recorded", on=decision, by=by, child=item.referral.child if item.referral else None,
        authority=meeting.panel.authority, sentence=f"Recorded a decision on item {item.number} of {meeting}.",
    )  # fmt: skip
    return decision


def _close_item(item: AgendaItem) -> None:
    """Decided, with nothing half typed; what the chair was asked to act on and did not is a referral like any other."""
    item.state, item.draft, item.note_version = ItemState.DECIDED, {}, item.note_version + 1
    if item.kind == ItemKind.ACT:
        item.kind, item.title = ItemKind.REFERRAL, f"Referral {item.referral.reference}"
    item.save()


def _deciding(item, meeting, room, outcome, reasons, conditions, facts, by) -> Deciding:
    """Gather what the rule asks about one decision."""
    out = item.recusals.filter(withdrawn_at=None, person=by).select_related("person")
    reason, sent_to = facts.get("reason"), facts.get("sent_to")
    return Deciding(
        outcome=RULE_WORDS.get(outcome, ""), reasons=reasons, conditions=conditions,
        meeting_is_in_progress=meeting.status == MeetingStatus.IN_PROGRESS,
        not_quorate_because=room.why_not_quorate(item), as_recommendation=True,
        recused_taking_part=[row.person.full_name for row in out], sent_to=str(sent_to or ""),
        amount=facts.get("amount"), budget=facts.get("budget") or "",
        starts_on=facts.get("starts_on"), ends_on=facts.get("ends_on"),
        reason_outcome=RULE_WORDS[reason.outcome] if reason else "",
    )  # fmt: skip


def _why_not_record(item, meeting, deciding, remit, by) -> list[str]:
    """What the rules say; reasons that belong to a field say which."""
    found = why_not_decide(deciding) + why_not_send_on(deciding.outcome, deciding.sent_to) + remit
    if by.acting.role != "PA" and not may_chair(meeting, by):
        found.append("Only the administrator or the chair records decisions.")
    if Decision.objects.filter(item=item, agreed_at__isnull=False).exists():
        found.append("The chair has already agreed this decision.")
    if item.kind not in BEFORE_ACTS:
        found += why_not_decide_yet(open_acts(meeting).values_list("number", flat=True))
    return [beside(reason) for reason in found]


def _keep_actions(item: AgendaItem, actions, *, administrator: User) -> None:
    """What is to be done, by whom, by when; the same one is kept once.

    Where nobody here has the name that was typed, the administrator owns it and sees to it that they know.
    """
    for action in actions:
        owner = action.get("owner")
        facts = {"owner_name": owner.full_name if owner else "", **action, "owner": owner or administrator}
        kept, is_new = Action.objects.get_or_create(item=item, what=action["what"], defaults=facts)
        if is_new:
            _chase(kept)


def _chase(action: Action) -> None:
    """Its owner is told before and after its day, on the days that the terms say."""
    days = action.item.meeting.terms.thresholds.get("remind days", REMIND)
    due = {f"{action.reference} {after}": clock.moment(action.due_on + timedelta(days=after), clock.TEN) for after in days}
    outbox.enqueue_all("action.remind", {subject: at for subject, at in due.items() if at > clock.now()})


def _locked_with_item(decision: Decision) -> Decision:
    """The decision, locked after its panel, so that its number is the next; with its item, meeting and referral."""
    Panel.objects.select_for_update(of=("self",)).get(meetings__items__decision=decision)
    rows = Decision.objects.select_for_update(of=("self",))
    return rows.select_related("item__meeting__panel__authority", "item__referral__child").get(pk=decision.pk)


def give_number(decision: Decision) -> None:
    """The next number of its panel in its meeting's year, under the panel's lock: there are no gaps."""
    if decision.serial is None:
        decision.panel, decision.year = decision.item.meeting.panel, decision.item.meeting.on.year
        taken = Decision.objects.filter(panel=decision.panel, year=decision.year).aggregate(n=Max("serial"))["n"]
        decision.serial = (taken or 0) + 1
        decision.number = f"{decision.year}/{decision.serial}"


def _administrator(meeting: Meeting, by: User) -> User:
    """Whoever recorded it where that is a panel administrator, otherwise the authority's first."""
    if by.acting is not None and by.acting.role == Role.PANEL_ADMINISTRATOR:
        return by
    rows = User.objects.holding(Role.PANEL_ADMINISTRATOR, authority=meeting.panel.authority_id)
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
    if decision.state == DecisionState.AGREED:
        give_number(decision)
    decision.save()
    tell_referral(decision, by)
    follow_decision(decision, by=by)

    audit.record(
        "decision.agreed", on=decision, by=by, child=item.referral.child if item.referral else None,
        authority=item.meeting.panel.authority,
        sentence=f"The chair agreed the decision on item {item.number} of {item.meeting}.",
    )  # fmt: skip
    return decision


def tell_referral(decision: Decision, by: User) -> None:
    """The referral hears what was agreed: ready for the next meeting where there was no quorum; a review moves nothing."""
    referral = decision.item.referral
    if referral is None or decision.item.kind == ItemKind.REVIEW:
        return
    if decision.state == DecisionState.INQUORATE:
        if referral.status == "BOOKED":
            unbook_referral(referral, reason="The item was not quorate.", by=by)
        return
    outcome = "recommended" if decision.state == DecisionState.AWAITING else decision.outcome
    if referral.status != OUTCOMES[outcome]:
        agreed = {"weeks": decision.weeks, "outreach_weeks": decision.outreach_weeks, "review_on": decision.review_on}
        record_panel_outcome(referral, outcome=outcome, **agreed, by=by)


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
    for name, value in agreed_facts(outcome, {}).items():
        setattr(decision, name, value)
    decision.awaiting = f"Decided: {decided_by.strip()}"[:120]
    give_number(decision)
    decision.save()
    tell_referral(decision, by)

    audit.record(
        "decision.settled", on=decision, by=by, child=item.referral.child if item.referral else None,
        authority=item.meeting.panel.authority,
        sentence=f"The recommendation on item {item.number} of {item.meeting} was decided.",
    )  # fmt: skip
    return decision


@transaction.atomic
def agree_all(meeting: Meeting, *, by: User) -> list[Decision]:
    """The chair agrees every decision of a meeting that they may, at the close."""
    panel = Panel.objects.select_for_update(of=("self",)).select_related("authority").get(pk=meeting.panel_id)
    waiting = Decision.objects.filter(item__meeting=meeting, agreed_at=None).order_by("item__number")
    mine = waiting.exclude(item__recusals__in=by.recusals.filter(withdrawn_at=None))

    agreed = [agree_decision(decision, by=by) for decision in mine]

    audit.record(
        "decisions.agreed", on=meeting, by=by, authority=panel.authority,
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
