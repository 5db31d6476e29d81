"""The meeting as it happens: started, people in and out of the room, items taken, notes kept."""

from datetime import timedelta

from django.db import transaction

from core import audit, clock
from core.models import User
from core.rules import refuse_if
from panels.actions.act import carry_acts
from panels.actions.decision import record_decision, release_decision
from panels.actions.minutes import draft_minutes
from panels.choices import STILL_TO_COME, DecisionState, ItemState, MeetingStatus, MinutesState
from panels.models import AgendaItem, Decision, Meeting, Minutes, Presence
from panels.models.business import open_acts
from panels.models.room import Room, may_chair, people_served
from panels.models.stale import StaleNote
from panels.rules.minutes import why_not_change

SITTING = timedelta(minutes=30)

def _why_not_run(meeting: Meeting, by: User) -> list[str]:
    """Only the administrator, or whoever chairs, runs the meeting."""
    if by.acting.role == "PA" or may_chair(meeting, by):
        return []
    return ["Only the administrator or the chair runs the meeting."]


@transaction.atomic
def start_meeting(meeting: Meeting, *, by: User) -> Meeting:
    """The meeting begins: attendance is taken and items can be decided."""
    meeting = Meeting.objects.locked().get(pk=meeting.pk)
    reasons = _why_not_run(meeting, by)
    if meeting.status not in STILL_TO_COME:
        reasons.append("This meeting has been held, cancelled or closed.")
    if clock.today() < meeting.on:
        reasons.append("This meeting is on another day.")

    refuse_if(reasons)

    carry_acts(meeting)
    meeting.status, meeting.started_at, meeting.started_by = MeetingStatus.IN_PROGRESS, clock.now(), by
    meeting.current_item = meeting.items.standing().order_by("number").first()
    meeting.save()

    audit.record(
        "meeting.started", on=meeting, by=by, authority=meeting.panel.authority, sentence=f"{meeting} began."
    )
    return meeting


@transaction.atomic
def arrive(meeting: Meeting, *, person: User, letter: str = "", stands_for: User | None = None,
           mode: str = "room", by: User) -> Presence:  # fmt: skip
    """Somebody is in the room from now, for their own seat or for one they stand for."""
    reasons = _why_not_run(meeting, by)
    if meeting.status != MeetingStatus.IN_PROGRESS:
        reasons.append("This meeting is not in progress.")
    if stands_for is not None and not _is_delegate(meeting, person, stands_for):
        reasons.append("That person was not named to stand for that seat.")

    refuse_if(reasons)

    if not letter:
        letter = next((seat for seat, p in people_served(meeting) if p.pk == person.pk), "")
    presence, is_new = Presence.objects.get_or_create(
        meeting=meeting, person=person, left_at=None,
        defaults={"letter": letter, "stands_for": stands_for, "mode": mode, "arrived_at": clock.now()},
    )  # fmt: skip

    if is_new:
        audit.record(
            "person.arrived", on=presence, by=by, authority=meeting.panel.authority,
            sentence=f"{person.full_name} came into {meeting}.",
        )  # fmt: skip
    return presence


@transaction.atomic
def arrive_together(meeting: Meeting, *, people: list[tuple[str, User]], by: User) -> list[Presence]:
    """These people, each with the letter of a seat or "", are in the room from now; who is there already stays so."""
    meeting = Meeting.objects.locked().get(pk=meeting.pk)
    reasons = _why_not_run(meeting, by)
    if meeting.status != MeetingStatus.IN_PROGRESS:
        reasons.append("This meeting is not in progress.")

    refuse_if(reasons)

    here = set(meeting.presences.filter(left_at=None).values_list("person", flat=True))
    seats = {person.pk: letter for letter, person in reversed(people_served(meeting))}
    wanted = {person.pk: (letter or seats.get(person.pk, ""), person) for letter, person in reversed(people)}
    came = Presence.objects.bulk_create(
        Presence(meeting=meeting, person=person, letter=letter)
        for letter, person in reversed(wanted.values()) if person.pk not in here
    )  # fmt: skip

    audit.record_for_each("person.arrived", came, by=by, sentence=lambda row: f"{row.person.full_name} came into {meeting}.")
    return came


def _is_delegate(meeting: Meeting, person: User, stands_for: User) -> bool:
    """Named for this meeting by that holder, or standing delegate of a seat they hold."""
    if meeting.delegations.filter(delegate=person, holder=stands_for).exists():
        return True
    letters = meeting.panel.seat_holders.on(meeting.on).filter(person=stands_for).values("letter")
    always = meeting.panel.standing_delegates.on(meeting.on)
    return always.filter(person=person, letter__in=letters).exists()


@transaction.atomic
def leave(meeting: Meeting, *, person: User, by: User) -> Presence | None:
    """Somebody has left the room."""
    refuse_if(_why_not_run(meeting, by))

    presence = meeting.presences.filter(person=person, left_at=None).first()
    if presence is None:
        return None
    presence.left_at = clock.now()
    presence.save()

    audit.record(
        "person.left", on=presence, by=by, authority=meeting.panel.authority,
        sentence=f"{person.full_name} left {meeting}.",
    )  # fmt: skip
    return presence


@transaction.atomic
def take_item(item: AgendaItem, *, by: User) -> AgendaItem:
    """Turn to an item; those out of it leave, and those out of the one before may return."""
    meeting = Meeting.objects.locked().select_related("current_item").get(pk=item.meeting_id)

    refuse_if(_why_not_run(meeting, by))

    now = clock.now()
    if meeting.current_item_id and meeting.current_item_id != item.pk:
        meeting.current_item.recusals.filter(left_at__isnull=False, returned_at=None).update(returned_at=now)
    item.recusals.filter(withdrawn_at=None, left_at=None).update(left_at=now)
    meeting.current_item, meeting.clearing_until = item, None
    if meeting.next_item_id == item.pk:
        meeting.next_item = None
    meeting.save()

    audit.record(
        "item.taken", on=item, by=by, authority=meeting.panel.authority,
        sentence=f"Item {item.number} of {meeting} was taken.",
    )  # fmt: skip
    return item


@transaction.atomic
def save_note(item: AgendaItem, *, note: str, version: int, draft: dict | None = None, by: User) -> AgendaItem:
    """Keep what was said about an item, and its decision half typed (`draft`); older than it stands raises StaleNote."""
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting__panel").get(pk=item.pk)
    draft = item.draft if draft is None else draft
    is_same = note == item.note and draft == item.draft
    if item.note_version != version and not is_same:
        raise StaleNote(item)

    agreed = Minutes.objects.filter(meeting=item.meeting_id, state=MinutesState.AGREED).exists()
    refuse_if(_why_not_run(item.meeting, by) + why_not_change(agreed))

    if is_same:
        return item
    item.note, item.draft, item.note_version = note, draft, item.note_version + 1
    if item.state == ItemState.TO_COME:
        item.state = ItemState.DISCUSSED
    item.save()

    _note_the_sitting(item, by)
    return item


@transaction.atomic
def record_with_note(item: AgendaItem, *, note: str, version: int, by: User, **decision) -> Decision:
    """Keep a note and record the decision from one page; where somebody wrote since it was opened, StaleNote and nothing else."""
    Meeting.objects.locked().get(pk=item.meeting_id)
    item = AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting__panel").get(pk=item.pk)
    if item.note_version != version:
        raise StaleNote(item)

    item = save_note(item, note=note, version=version, by=by)
    return record_decision(item, version=item.note_version, by=by, **decision)


def _note_the_sitting(item: AgendaItem, by: User) -> None:
    """One row in the trail for a sitting at one item, however often it is saved."""
    rows = audit.about(item).filter(verb="item.noted", person_id=by.pk)
    if not rows.filter(at__gt=clock.now() - SITTING).exists():
        audit.record(
            "item.noted", on=item, by=by, authority=item.meeting.panel.authority,
            sentence=f"Noted item {item.number} of {item.meeting}.",
        )  # fmt: skip


@transaction.atomic
def finish_meeting(meeting: Meeting, *, by: User) -> Meeting:
    """The meeting ends: everybody leaves, agreed decisions are released, and minutes are drafted."""
    meeting = Meeting.objects.locked().get(pk=meeting.pk)
    reasons = _why_not_run(meeting, by)
    if meeting.status != MeetingStatus.IN_PROGRESS:
        reasons.append("This meeting is not in progress.")
    room = Room(meeting)
    reasons += [
        f"Item {act.number}: ratify, vary or end the chair’s act before the meeting ends."
        for act in open_acts(meeting)
        if not room.why_not_quorate(act)
    ]

    refuse_if(reasons)

    now = clock.now()
    meeting.presences.filter(left_at=None).update(left_at=now)
    meeting.status, meeting.finished_at, meeting.current_item = MeetingStatus.DRAFT_MINUTES, now, None
    meeting.save()
    agreed = Decision.objects.filter(
        item__meeting=meeting, state=DecisionState.AGREED, held_back_because=""
    )
    for decision in agreed.select_related("item__referral", "item__meeting__panel"):
        release_decision(decision, by=by)
    draft_minutes(meeting, by=by)

    audit.record(
        "meeting.finished", on=meeting, by=by, authority=meeting.panel.authority,
        sentence=f"{meeting} ended.",
    )  # fmt: skip
    return meeting
