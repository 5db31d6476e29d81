"""Interests: declared, and with them who is out of which item, everywhere."""

from django.db import transaction

from core import audit, clock
from core.models import User
from core.roles import Role
from core.rules import refuse_if
from panels.choices import DecisionState, ItemKind, MeetingStatus
from panels.models import AgendaItem, Decision, Interest, Meeting, Recusal
from panels.models.concerned import Concerned, those_concerned
from panels.models.room import Room, chairs_of, people_served
from panels.rules.interests import Declaring, why_not_declare
from referrals.actions.access import end_access, give_access_each, withhold_access
from referrals.actions.outcome import take_back_outcome
from referrals.choices import Basis, Depth
from referrals.models import Referral
from referrals.rules.progress import OUTCOMES


@transaction.atomic
def declare_interest(meeting: Meeting, *, person: User, item: AgendaItem | None = None,
                     nature: str = "", is_none: bool = False, depth: str = Depth.RECORD,
                     minuted_by: User | None = None, by: User) -> Interest:  # fmt: skip
    """Declare an interest in an item, or none; with one, the person is out of that item.

    They no longer see its paper, title, notes or decision, and referrals are told to keep
    the record from them. An administrator hands the item's minutes to somebody else, the chair
    where nobody is named. An interest declared after they recorded a decision is in the trail.
    """
    minutes_it = item is not None and _administers(person)
    instead = (minuted_by or _chair_instead(meeting, item, person)) if minutes_it else None

    refuse_if(why_not_declare(Declaring(
        for_self=by.pk == person.pk, role=by.acting.role if by.acting else "",
        is_on_the_agenda=item is None or item.meeting_id == meeting.pk, is_none=is_none,
        minutes_the_item=minutes_it, somebody_else_minutes=instead is not None,
    )))  # fmt: skip

    interest = Interest.objects.create(
        meeting=meeting, item=item, person=person, nature=nature, is_none=is_none,
        declared_at=clock.now(), declared_by=by,
    )  # fmt: skip
    if item is not None and not is_none:
        _recuse(item, interest, depth, by)
        if instead is not None:
            AgendaItem.objects.filter(pk=item.pk).update(minuted_by=instead)
        _void_part(item, person, by)

    audit.record(
        "interest.declared", on=interest, by=by, authority=meeting.panel.authority,
        sentence=f"{person.full_name} declared {'no interest' if is_none else 'an interest'} at {meeting}.",
    )  # fmt: skip
    return interest


def _administers(person: User) -> bool:
    """Whether somebody is a panel administrator, and so would minute the item."""
    return any(held.role == Role.PANEL_ADMINISTRATOR for held in person.current_roles)


def _chair_instead(meeting: Meeting, item: AgendaItem, person: User) -> User | None:
    """The chair, where they are somebody else and not out of the item themselves."""
    chair = meeting.chair
    if chair is None or chair.pk == person.pk or item.recusals.filter(person=chair, withdrawn_at=None).exists():
        return None
    return chair


@transaction.atomic
def recuse_those_concerned(meeting: Meeting, served: list[User], *, by: User) -> int:
    """Whoever presents an item, or is of a provider it chooses among, is out of its decision; gives how many."""
    rows = those_concerned(meeting, served)
    for row in rows:
        _recuse_concerned(row, by)
    return len(rows)


def _recuse_concerned(row: Concerned, by: User) -> None:
    """Out of the deliberation: the record that is theirs by own or team right stays."""
    interest = Interest.objects.create(
        meeting=row.item.meeting, item=row.item, person=row.person, nature=row.because,
        declared_at=clock.now(), declared_by=by,
    )  # fmt: skip
    _recuse(row.item, interest, Depth.ITEM, by)
    audit.record(
        "interest.declared", on=interest, by=by, authority=row.item.meeting.panel.authority,
        sentence=f"{row.person.full_name} is out of an item of {row.item.meeting}, as the terms ask.",
    )  # fmt: skip


def _recuse(item: AgendaItem, interest: Interest, depth: str, by: User) -> None:
    """Out of the item, once; a referral's record is kept from them as deeply as is needed."""
    recusal, is_new = Recusal.objects.get_or_create(
        item=item, person=interest.person, withdrawn_at=None,
        defaults={"interest": interest, "depth": depth, "recorded_by": by, "recorded_at": clock.now()},
    )  # fmt: skip
    if is_new and recusal.item.meeting.started_at:
        recusal.left_at = clock.now()
        recusal.save()
    if is_new and item.referral_id:
        withhold_access(
            item.referral, person=interest.person, because="interest", depth=depth,
            told_by=item.meeting.reference, by=by,
        )  # fmt: skip
        if depth == Depth.ITEM:
            # What is theirs by own or team right stays; what only the meeting let them read does not.
            end_access(item.referral, person=interest.person, basis=Basis.PAPER, by=by)


def _void_part(item: AgendaItem, person: User, by: User) -> None:
    """Declared after the item was decided: they count no longer, what they agreed as chair is to be agreed again, and the trail says so."""
    decision = Decision.objects.select_for_update(of=("self",)).filter(item=item).first()
    if decision is None:
        return
    meeting, quorum = item.meeting, _without(decision, person)
    decision.quorum = quorum
    if decision.released_at is None:
        if decision.agreed_by_id == person.pk:
            decision.agreed_at = decision.agreed_by = None
            _take_back(item, by)
        if decision.agreed_at is None:
            decision.state = DecisionState.RECOMMENDED if quorum["quorate"] else DecisionState.INQUORATE
    decision.save()
    audit.record(
        "part.voided", on=decision, by=by, authority=meeting.panel.authority,
        sentence=f"{person.full_name}’s part in item {item.number} of {meeting} does not count: an interest was declared later.",
    )  # fmt: skip


def _take_back(item: AgendaItem, by: User) -> None:
    """The referral heard what the chair agreed: it is booked again until the decision is agreed by somebody else."""
    referral = Referral.objects.filter(pk=item.referral_id).first()
    if referral is not None and item.kind != ItemKind.REVIEW and referral.status in {"RECOMMENDED", *OUTCOMES}:
        take_back_outcome(referral, reason="The chair declared an interest after agreeing the decision.", by=by)


def _without(decision: Decision, person: User) -> dict:
    """The quorum of a decision as it is with one person not counted: as the room is now, or as it was kept."""
    item, kept = decision.item, dict(decision.quorum)
    kept["voided"] = sorted({*kept.get("voided", []), person.full_name})
    if item.meeting.status == MeetingStatus.IN_PROGRESS:
        return {**Room(item.meeting).light(item), "voided": kept["voided"]}
    filled = {seat["filled_by"] for seat in kept.get("seats", [])}
    if person.full_name in filled or (not filled and person.pk in chairs_of(item.meeting)):
        kept["quorate"] = False
        kept["sentence"] = f"{person.full_name} declared an interest after this was decided, so it was not quorate."
    return kept


def _give_paper_back(recusal: Recusal, by: User) -> None:
    """Whoever was served and only left for the decision reads the paper again."""
    meeting = recusal.item.meeting
    served = any(person.pk == recusal.person_id for _, person in people_served(meeting))
    if recusal.depth == Depth.ITEM and meeting.circulated_at and served:
        give_access_each(recusal.item.referral, [recusal.person], basis=Basis.PAPER, told_by=meeting.reference, by=by)


@transaction.atomic
def withdraw_interest(recusal: Recusal, *, by: User) -> Recusal:
    """An interest was declared by mistake, before the item was decided."""
    decided = Decision.objects.filter(item=recusal.item).exists()
    reasons = ["This item has been decided."] if decided else []
    if by.acting.role not in {"PA", "CH"}:
        reasons.append("Only the chair or the administrator takes back an interest.")

    refuse_if(reasons)

    recusal.withdrawn_at = clock.now()
    recusal.save()
    if recusal.item.referral_id:
        end_access(recusal.item.referral, person=recusal.person, withheld=True, by=by)
        _give_paper_back(recusal, by)

    audit.record(
        "interest.withdrawn", on=recusal, by=by, authority=recusal.item.meeting.panel.authority,
        sentence=f"An interest of {recusal.person.full_name} was taken back.",
    )  # fmt: skip
    return recusal
