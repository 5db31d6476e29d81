"""Booking beside the agenda: a place in a full meeting's line, and what the chair takes late."""

from django.db import transaction

from core import audit, clock, post
from core.dates import day_in_words
from core.models import User
from core.rules import refuse_if
from panels.actions.agenda import list_referral
from panels.actions.agenda_order import move_item
from panels.actions.interest import recuse_those_concerned
from panels.actions.paper import freeze_papers, give_papers
from panels.choices import OPEN_FOR_BUSINESS, STILL_TO_COME, ItemKind, ItemState, MeetingStatus
from panels.models import AgendaItem, Meeting, WaitingSlot
from panels.models.booking import slots_of, slots_taken
from panels.models.clocks import papers_due_on
from panels.models.order import presenters_told
from panels.models.readiness import missing_by_item
from panels.models.room import may_chair, people_served
from panels.rules.agenda import why_not_wait
from panels.rules.papers import why_not_answer_late, why_not_tell_presenters
from referrals.models import Referral

BY_PRIORITY, FIRST, LAST = "priority", "first", "last"


@transaction.atomic
def book_on_panel(referral: Referral, meeting: Meeting, *, beside: list[Referral] = (), place: str = BY_PRIORITY, by: User) -> AgendaItem:
    """Book a referral, and those of linked children beside it, for a meeting: by its priority, or first or last of the referrals."""
    item = list_referral(referral, meeting, by=by)
    for other in beside:
        list_referral(other, meeting, by=by)
    numbers = list(meeting.items.standing().filter(kind=ItemKind.REFERRAL).exclude(pk=item.pk).order_by("number").values_list("number", flat=True))
    item.refresh_from_db()
    if numbers and place == FIRST and item.number > numbers[0]:
        return move_item(item, to=numbers[0], by=by)
    if numbers and place == LAST and item.number < numbers[-1]:
        return move_item(item, to=numbers[-1], by=by)
    return item


@transaction.atomic
def wait_for_slot(referral: Referral, meeting: Meeting, *, by: User) -> WaitingSlot:
    """A referral waits for a slot of a full meeting, or for the chair to take it after its papers closed."""
    meeting = Meeting.objects.locked().get(pk=meeting.pk)
    taken = slots_taken(meeting)
    closed = meeting.circulated_at is not None or clock.today() > papers_due_on(meeting)

    refuse_if(why_not_wait(
        is_full=closed or taken >= slots_of(meeting), is_open=meeting.status in OPEN_FOR_BUSINESS,
        is_waiting=WaitingSlot.objects.filter(referral=referral, meeting=meeting, settled_at=None).exists(),
    ))  # fmt: skip

    row = WaitingSlot.objects.create(referral=referral, meeting=meeting, asked_by=by)

    audit.record(
        "slot.awaited", on=row, by=by, child=referral.child, authority=meeting.panel.authority,
        sentence=f"{referral.reference} waits for a slot of {meeting}.",
    )  # fmt: skip
    return row


@transaction.atomic
def take_late_referral(row: WaitingSlot, *, by: User) -> AgendaItem:
    """The chair takes a referral late: it comes last on the agenda; where papers are out, its own goes out now."""
    reasons = why_not_answer_late(
        chairs=by.acting.role != "PA" and may_chair(row.meeting, by), is_out=row.referral.author_id == by.pk,
        is_answered=row.settled_at is not None, refuses=False, because="",
    )  # fmt: skip
    refuse_if(reasons)

    item = list_referral(row.referral, row.meeting, accepted_late_by=by, by=by)
    meeting = Meeting.objects.locked().get(pk=row.meeting_id)
    if meeting.circulated_at is not None:
        _send_late(meeting, item, by)

    audit.record(
        "agenda_item.taken_late", on=item, by=by, child=row.referral.child, authority=meeting.panel.authority,
        sentence=f"The chair took {row.referral.reference} late for {meeting}.",
    )  # fmt: skip
    return item


def _send_late(meeting: Meeting, item: AgendaItem, by: User) -> None:
    """The late referral's own paper, to those who are not out of it."""
    served = [person for _, person in people_served(meeting)]
    recuse_those_concerned(meeting, served, by=by)
    freeze_papers(meeting, [item], by=by)
    give_papers([item], served, by=by)
    out = set(item.recusals.filter(withdrawn_at=None).values_list("person_id", flat=True))
    post.send_each(
        "meeting.supplement", [p for p in served if p.pk not in out], key=f"late-item:{item.pk}", about=meeting,
        subject=f"A late referral for {meeting}", link=f"{meeting.get_absolute_url()}/papers",
        body=f"The chair has taken item {item.number} late. The items sent before keep their numbers.",
    )  # fmt: skip


@transaction.atomic
def tell_running_late(meeting: Meeting, *, minutes: int, by: User) -> int:
    """Whoever presents an item that is still to be heard hears how late it runs; gives how many were told."""
    meeting = Meeting.objects.locked().get(pk=meeting.pk)
    is_on = meeting.status == MeetingStatus.IN_PROGRESS or (meeting.status in STILL_TO_COME and meeting.on == clock.today())

    refuse_if(why_not_tell_presenters(is_on=is_on, minutes=minutes))

    items = list(meeting.items.standing().in_order().select_related("referral__child", "presenter", "presenting_manager"))
    here = next((n for n, item in enumerate(items) if item.pk == meeting.current_item_id), -1)
    to_hear = {item.pk for item in items[here + 1 :] if item.state == ItemState.TO_COME}
    told = [row for row in presenters_told(meeting, items, late=minutes) if row[0].pk in to_hear and row[0].referral.child.died_on is None]
    for item, person, words in told:
        post.send(
            "meeting.late", key=f"late:{meeting.reference}:{item.pk}:{person.pk}:{clock.now():%H%M}:{minutes}", to=person,
            subject=f"{meeting.panel} is running {minutes} minutes late", about=meeting,
            body=f"{item.referral.reference} has not been heard. Come between {words}.", link=item.referral.get_absolute_url(),
        )  # fmt: skip

    audit.record(
        "meeting.runs_late", on=meeting, by=by, authority=meeting.panel.authority,
        sentence=f"Told {len(told)} presenters that {meeting} runs {minutes} minutes late.",
    )  # fmt: skip
    return len(told)


@transaction.atomic
def tell_late_authors(meeting: Meeting, *, by: User) -> int:
    """Each author whose paper is not ready hears which task or signature is missing; gives how many were told."""
    meeting = Meeting.objects.locked().get(pk=meeting.pk)
    refuse_if([] if meeting.status in STILL_TO_COME else ["This meeting has been held, cancelled or closed."])

    items = list(_of_referrals(meeting))
    missing = missing_by_item(items)
    late = [(item, missing[item.pk]) for item in items if missing[item.pk]]
    for item, said in late:
        post.send(
            "meeting.paper_late", key=f"paper-late:{meeting.reference}:{item.pk}:{clock.now().date()}", to=item.referral.author,
            subject=f"{item.referral.reference} is not ready for {meeting.panel}", about=meeting,
            body=f"Papers close on {day_in_words(papers_due_on(meeting))}. Missing: {', '.join(said)}.",
            link=item.referral.get_absolute_url(),
        )  # fmt: skip

    audit.record(
        "authors.told", on=meeting, by=by, authority=meeting.panel.authority,
        sentence=f"Told {len(late)} authors what {meeting} still waits for.",
    )  # fmt: skip
    return len(late)


def _of_referrals(meeting: Meeting):
    """The items about referrals of children who live."""
    rows = meeting.items.standing().filter(referral__isnull=False, referral__child__died_on=None).in_order()
    return rows.select_related("referral__child", "referral__author", "referral__authority")
