"""What the chair does between meetings: papers to everybody first, the act, and what the next meeting makes of it."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from core import audit, clock, documents, post
from core.models import User
from core.rules import FieldReason, refuse_if
from panels.actions.agenda_order import move_item
from panels.actions.decision import FACTS, give_number, release_decision, tell_referral
from panels.choices import (
    STILL_TO_COME,
    DecisionState,
    ItemKind,
    ItemState,
    MeetingStatus,
    Settled,
)
from panels.models import Action, AgendaItem, Decision, Meeting, Panel, Recusal
from panels.models.commitment import AGREES, agreeing_of
from panels.models.decision_words import RULE_WORDS, agreed_facts, awaiting_of, beside
from panels.models.minute_words import compose_sentence
from panels.models.room import Room, may_chair, people_served
from panels.rules.acts import Act, Settling, why_not_act, why_not_settle
from panels.rules.decisions import Deciding, why_not_commit, why_not_record
from panels.rules.remit import against_agreeing
from referrals.actions.access import give_access_each
from referrals.actions.outcome import book_referral
from referrals.choices import Basis
from referrals.models import Referral

BETWEEN = {"quorate": True, "sentence": "Agreed by the chair between meetings.", "reasons": [], "seats": [], "by_delegate": 0}
FIELDS = {"Choose whether": "settled_as", "Say how": "words", "Give the day on": "ends_on"}


def _beside(reasons: list[str]) -> list[str]:
    """Each reason beside the field it is about."""
    return [next((FieldReason(f, r) for start, f in FIELDS.items() if r.startswith(start)), r) for r in reasons]


@transaction.atomic
def send_papers_for_act(referral: Referral, panel: Panel, *, by: User) -> AgendaItem:
    """Send a referral's paper to every member before the chair acts; it is first business of the next meeting."""
    meeting = panel.meetings.to_come().filter(starts_at__gt=clock.now()).soonest_first().first()
    reasons = [] if meeting else ["Call the next meeting first: it ratifies what the chair does."]
    if referral.status != "READY" or referral.next_signing_status() != "SENT":
        reasons.append("Only a referral that is signed off and ready for panel is acted on.")
    if meeting and by.acting.role != "PA" and not may_chair(meeting, by):
        reasons.append("Only the administrator or the chair sends papers.")
    refuse_if(reasons)

    meeting = Meeting.objects.locked().get(pk=meeting.pk)
    last = meeting.items.standing().aggregate(n=Max("number"))["n"] or 0
    item = AgendaItem.objects.create(
        meeting=meeting, kind=ItemKind.ACT, number=last + 1, referral=referral, presenter=referral.author,
        title=f"Chair’s act between meetings: {referral.reference}", minutes=5,
    )  # fmt: skip
    if meeting.circulated_at is None:
        item = move_item(item, to=3, by=by)
    book_referral(referral, meeting=str(meeting), by=by)
    _send(item, by)

    audit.record(
        "act.papers_sent", on=item, by=by, child=referral.child, authority=panel.authority,
        sentence=f"Sent the paper of {referral.reference} to the members of {panel} for the chair to act on.",
    )  # fmt: skip
    return item


def _send(item: AgendaItem, by: User) -> None:
    """Freeze the paper, let each member who is not out of it read it, and send each a link."""
    meeting = item.meeting
    document = documents.document_for(item, kind="panel_paper", title=item.title, authority=meeting.panel.authority)
    item.paper = documents.freeze(document, item.referral.paper_facts(), why="Sent between meetings")
    item.save()
    out = set(Recusal.objects.filter(item=item, withdrawn_at=None).values_list("person_id", flat=True))
    readers = [person for _, person in people_served(meeting) if person.pk not in out]
    give_access_each(item.referral, readers, basis=Basis.PAPER, told_by=meeting.reference, by=by)
    post.send_each(
        "meeting.act", readers, key=f"act:{item.meeting.reference}:{item.pk}", about=meeting,
        subject=f"A paper of {meeting.panel} for the chair to act on",
        body="The chair is asked to act before the panel next meets. Read the paper, and tell the chair what you think.",
        link=f"{meeting.get_absolute_url()}/papers/{item.number}",
    )  # fmt: skip


@transaction.atomic
def act_between_meetings(item: AgendaItem, *, outcome: str, reasons: str, conditions: str = "", by: User, **facts) -> Decision:
    """The chair decides by their own sign-in before the panel meets; it is told at once and ratified at that meeting.

    Held to the panel's remit as its own decision would be; `facts` are any of FACTS.
    """
    meeting = Meeting.objects.locked().get(pk=item.meeting_id)
    item = AgendaItem.objects.select_related("referral__child", "meeting__panel", "meeting__terms").get(pk=item.pk)
    act = Act(
        is_chair=by.acting.role != "PA" and may_chair(meeting, by),
        is_recused=item.recusals.filter(withdrawn_at=None, person=by).exists(),
        papers_are_sent=item.kind == ItemKind.ACT and item.paper_id is not None,
        meeting_is_to_come=meeting.status in STILL_TO_COME, is_done_already=Decision.objects.filter(item=item).exists(),
    )  # fmt: skip

    facts = {name: value for name, value in facts.items() if name in FACTS}
    refuse_if([beside(r) for r in why_not_act(act) + _why_not_decide(item, outcome, reasons, conditions, facts)])

    awaiting = awaiting_of(outcome, facts, meeting)
    sentence = compose_sentence(
        item, outcome, weeks=facts.get("weeks"), after=facts.get("outreach_weeks"), conditions=conditions, review_on=facts.get("review_on"), who="chair"
    )
    Panel.objects.select_for_update(of=("self",)).get(pk=meeting.panel_id)
    decision = Decision(
        item=item, panel=meeting.panel, outcome=outcome, reasons=reasons, conditions=conditions, sentence=sentence,
        recorded_by=by, quorum=BETWEEN, agreed_at=clock.now(), agreed_by=by, awaiting=awaiting,
        state=DecisionState.AWAITING if awaiting else DecisionState.AGREED, **agreed_facts(outcome, facts),
    )  # fmt: skip
    _tell(decision, by)

    audit.record(
        "act.done", on=decision, by=by, child=item.referral.child, authority=meeting.panel.authority,
        sentence=f"The chair acted on {item.referral.reference} before {meeting}.",
    )  # fmt: skip
    return decision


def _why_not_decide(item: AgendaItem, outcome: str, reasons: str, conditions: str, facts: dict) -> list[str]:
    """What would stand against the panel's own decision: its words, its money, and the remit."""
    deciding = Deciding(
        outcome=RULE_WORDS.get(outcome, ""), reasons=reasons, conditions=conditions, meeting_is_in_progress=False,
        amount=facts.get("amount"), budget=facts.get("budget") or "", starts_on=facts.get("starts_on"), ends_on=facts.get("ends_on"),
    )  # fmt: skip
    remit = against_agreeing(agreeing_of(item, facts)) if outcome in AGREES else []
    return why_not_record(deciding.outcome, reasons, conditions) + why_not_commit(deciding) + remit


def _tell(decision: Decision, by: User) -> None:
    """Number it, tell the referral, and release it at once unless it waits for whoever decides in law."""
    if decision.state == DecisionState.AGREED:
        give_number(decision)
    decision.save()
    tell_referral(decision, by)
    if decision.state == DecisionState.AGREED:
        release_decision(decision, by=by)
        decision.refresh_from_db()


@transaction.atomic
def settle_act(item: AgendaItem, *, settled_as: str, words: str = "", ends_on: date | None = None, by: User) -> Decision:
    """The meeting ratifies, varies or ends the chair's act; what was done until then stays authorised.

    Where it is varied or ended, its entry on the case system is to be made again.
    """
    meeting = Meeting.objects.locked().get(pk=item.meeting_id)
    item = AgendaItem.objects.select_related("referral__child", "meeting__panel").get(pk=item.pk)
    decision = Decision.objects.select_for_update(of=("self",)).filter(item=item).first()

    refuse_if(_beside(_why_not_settle(item, meeting, decision, settled_as, words, ends_on, by)))

    decision.settled_as, decision.settled_words = settled_as, words.strip()
    decision.settled_at, decision.settled_by = clock.now(), by
    if settled_as != Settled.RATIFIED:
        decision.ends_on = ends_on or decision.ends_on
        decision.on_case_system_at = decision.on_case_system_by = None
        decision.entry_checked_at = decision.entry_checked_by = None
        decision.entry_reopened_because = f"{decision.get_settled_as_display()} at {meeting}."
    decision.save()
    item.state = ItemState.DECIDED
    item.save()
    if settled_as == Settled.ENDED:
        Action.objects.create(
            item=item, what="See that what the chair agreed has ended", owner=by, owner_name=by.full_name, due_on=ends_on
        )

    audit.record(
        "act.settled", on=decision, by=by, child=item.referral.child, authority=meeting.panel.authority,
        sentence=f"{meeting}: the chair’s act on {item.referral.reference} was {settled_as}.",
    )  # fmt: skip
    return decision


def _why_not_settle(item, meeting, decision, settled_as, words, ends_on, by) -> list[str]:
    """Gather what the rule asks, and whether the panel may decide this item with those in the room."""
    settling = Settling(
        settled_as=settled_as, words=words, ends_on=ends_on, was_acted=decision is not None and decision.agreed_at is not None,
        meeting_is_in_progress=meeting.status == MeetingStatus.IN_PROGRESS,
        is_settled_already=bool(decision and decision.settled_as),
    )  # fmt: skip
    reasons = why_not_settle(settling) + Room(meeting).why_not_quorate(item)
    if item.recusals.filter(withdrawn_at=None, person=by).exists():
        reasons.append("You are recused from this item.")
    if by.acting.role != "PA" and not may_chair(meeting, by):
        reasons.append("Only the administrator or the chair records what the panel made of it.")
    return reasons


def carry_acts(meeting: Meeting) -> None:
    """In its caller's transaction: acts that an earlier meeting did not settle are this one's business."""
    rows = AgendaItem.objects.standing().filter(
        kind=ItemKind.ACT, meeting__panel=meeting.panel_id, decision__agreed_at__isnull=False, decision__settled_as=""
    )
    last = meeting.items.standing().aggregate(n=Max("number"))["n"] or 0
    late = rows.exclude(meeting=meeting).exclude(meeting__status__in=STILL_TO_COME)
    for number, item in enumerate(late.order_by("pk"), last + 1):
        item.meeting, item.number = meeting, number
        item.save()
