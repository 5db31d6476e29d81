"""Agendas: built in order, and circulated with frozen papers and proof."""

from django.db import transaction

from core import audit, clock, post
from core.dates import day_in_words
from core.models import User
from core.rules import refuse_if
from panels.actions.agenda_order import add_in_place
from panels.actions.interest import recuse_those_concerned
from panels.actions.paper import freeze_papers, give_papers
from panels.actions.slots import close_up, leave_slot, put_beside, slot_beside
from panels.choices import OPEN_FOR_BUSINESS, ItemKind, ItemState, MeetingStatus
from panels.models import AgendaItem, HeldSlot, Meeting, WaitingSlot
from panels.models.booking import slot_minutes, slots_of, slots_taken
from panels.models.clocks import papers_due_on
from panels.models.order import presenters_told
from panels.models.readiness import circulating
from panels.models.room import people_served
from panels.rules.agenda import Listing, why_not_add_business, why_not_list, why_not_take_off
from panels.rules.papers import why_not_circulate
from referrals.actions.outcome import book_referral, unbook_referral
from referrals.models import Referral

MAY_COME_OFF = {ItemKind.REFERRAL, ItemKind.REVIEW, ItemKind.REPORT}


def _listing(referral: Referral, meeting: Meeting, accepted_late_by, *, shares: bool = False) -> Listing:
    """What the rule asks about one referral on one agenda."""
    other = (
        AgendaItem.objects.standing()
        .filter(referral=referral, kind=ItemKind.REFERRAL, meeting__status__in=OPEN_FOR_BUSINESS)
        .exclude(state=ItemState.ADJOURNED)
        .select_related("meeting")
        .first()
    )
    views = referral.answers().get("views", {})
    return Listing(
        is_signed_off=referral.next_signing_status() == "SENT" and referral.status == "READY",
        meeting_is_open=meeting.status in OPEN_FOR_BUSINESS,
        today=clock.today(),
        papers_close_on=papers_due_on(meeting) if meeting.circulated_at is None else None,
        chair_accepts_late=accepted_late_by is not None,
        is_listed_for=other.meeting.on if other else None,
        childs_view_is_settled=bool(views.get("child_view") or views.get("child_view_later")),
        papers_are_out=meeting.circulated_at is not None,
        slots=None if shares else slots_of(meeting), taken=slots_taken(meeting, besides=referral),
    )  # fmt: skip


@transaction.atomic
def list_referral(referral: Referral, meeting: Meeting, *, presenter: User | None = None,
                  accepted_late_by: User | None = None, by: User) -> AgendaItem:  # fmt: skip
    """Put a signed-off referral on a meeting's agenda: in a linked child's slot, or by its priority, before other business.

    Where the terms have papers presented without front-line workers, nobody is asked to come with it. One
    that the chair takes after the papers went out comes last, and changes no number.
    """
    meeting = Meeting.objects.locked().get(pk=meeting.pk)
    head = slot_beside(meeting, referral, by)

    refuse_if(why_not_list(_listing(referral, meeting, accepted_late_by, shares=head is not None)))

    item = add_in_place(
        meeting, kind=ItemKind.REFERRAL, title=f"Referral {referral.reference}", referral=referral,
        presenter=presenter or (referral.author if meeting.terms.front_line_attends else None), accepted_late_by=accepted_late_by,
        minutes=slot_minutes(meeting),
    )  # fmt: skip
    if head is not None:
        put_beside(item, head)
    for kept in (WaitingSlot, HeldSlot):
        kept.objects.filter(referral=referral, settled_at=None).update(settled_at=clock.now())
    book_referral(referral, meeting=str(meeting), by=by)

    audit.record(
        "agenda_item.listed", on=item, by=by, child=referral.child, authority=meeting.panel.authority,
        sentence=f"{referral.reference} is item {item.number} of {meeting}.",
    )  # fmt: skip
    return item


@transaction.atomic
def add_item(meeting: Meeting, *, kind: str, title: str, presenter: User | None = None,
             is_reserved: bool = False, minutes: int | None = None, by: User) -> AgendaItem:  # fmt: skip
    """Put other business on an agenda."""
    meeting = Meeting.objects.locked().get(pk=meeting.pk)
    reasons = why_not_add_business(meeting.status in OPEN_FOR_BUSINESS)
    if not title.strip():
        reasons.append("Give the item a title.")

    refuse_if(reasons)

    more = {"minutes": minutes} if minutes else {}
    item = add_in_place(meeting, kind=kind, title=title.strip(), presenter=presenter, is_reserved=is_reserved, **more)

    audit.record(
        "agenda_item.added", on=item, by=by, authority=meeting.panel.authority,
        sentence=f"Added item {item.number} to {meeting}.",
    )  # fmt: skip
    return item


@transaction.atomic
def take_off_item(item: AgendaItem, *, reason: str, by: User) -> AgendaItem:
    """Take an item off an agenda; its referral is ready for another meeting, and its slot goes to whoever waits.

    Once papers are out the others keep their numbers.
    """
    meeting = Meeting.objects.locked().get(pk=item.meeting_id)
    reasons = why_not_add_business(meeting.status in OPEN_FOR_BUSINESS)

    refuse_if(reasons + why_not_take_off(is_of_every_agenda=item.kind not in MAY_COME_OFF))

    item.state = ItemState.TAKEN_OFF
    leave_slot(item)
    if meeting.circulated_at is None:
        close_up(meeting)
    referral = Referral.objects.filter(pk=item.referral_id, status="BOOKED").first()
    if referral and item.kind == ItemKind.REFERRAL:
        unbook_referral(referral, reason=reason or "Taken off the agenda.", by=by)
    give_slot(meeting, by=by)

    audit.record(
        "agenda_item.taken_off", on=item, by=by, authority=meeting.panel.authority,
        sentence=f"Took an item off {meeting}.",
    )  # fmt: skip
    return item


@transaction.atomic
def give_slot(meeting: Meeting, *, by: User) -> AgendaItem | None:
    """A slot that comes free goes to the referral that has waited longest and may be listed."""
    waits = meeting.waiting_slots.filter(settled_at=None).select_related("referral__child", "referral__author")
    for row in waits.order_by("asked_at", "pk"):
        if not why_not_list(_listing(row.referral, meeting, None)):
            return list_referral(row.referral, meeting, by=by)
    return None


@transaction.atomic
def circulate_agenda(meeting: Meeting, *, short_because: str = "", by: User) -> Meeting:
    """Send the agenda and papers once to everybody served: papers frozen, proof kept, links only.

    Somebody who is out of an item gets no right to its paper. Presenters hear when to come. Papers that
    go out later than the terms allow say why, and the meeting carries the breach.
    """
    meeting = Meeting.objects.locked().get(pk=meeting.pk)
    items = list(meeting.items.standing().in_order().select_related("referral__child", "referral__authority", "presenter", "alteration", "high_risk_request__child", "high_risk_request__asked_by"))

    refuse_if(why_not_circulate(circulating(meeting, items, short_because)))

    _note_breach(meeting, short_because)
    meeting.held_slots.filter(settled_at=None).update(settled_at=clock.now())
    served = [person for _, person in people_served(meeting)]
    recuse_those_concerned(meeting, served, by=by)
    freeze_papers(meeting, items, by=by)
    give_papers([item for item in items if item.referral], served, by=by)
    meeting.status, meeting.circulated_at, meeting.circulated_by = MeetingStatus.CIRCULATED, clock.now(), by
    meeting.sequence += 1
    meeting.save()
    post.send_each(
        "meeting.agenda", served,
        key=f"agenda:{meeting.reference}:{meeting.sequence}", subject=f"Agenda for {meeting}", about=meeting,
        body=f"The agenda and papers for {meeting} on {day_in_words(meeting.on)} can be read.",
        link=f"{meeting.get_absolute_url()}/papers",
    )  # fmt: skip
    _tell_presenters(meeting, items)

    audit.record(
        "papers.circulated", on=meeting, by=by, authority=meeting.panel.authority,
        sentence=f"Circulated the agenda of {meeting}.",
    )  # fmt: skip
    return meeting


def _note_breach(meeting: Meeting, short_because: str) -> None:
    """The meeting carries that its papers went out late, and why."""
    due = papers_due_on(meeting)
    if clock.today() <= due:
        return
    said = f"Papers went out on {day_in_words(clock.today())}, after {day_in_words(due)}: {short_because.strip()}"
    meeting.breach = f"{meeting.breach} {said}".strip()


def _tell_presenters(meeting: Meeting, items) -> None:
    """Whoever presents hears when to come, by the reference alone."""
    for item, person, words in presenters_told(meeting, items):
        post.send(
            "meeting.presenter", key=f"presenter:{meeting.reference}:{item.pk}:{person.pk}", to=person,
            subject=f"When to come for {item.referral.reference}", about=meeting,
            body=f"{item.referral.reference} is heard at {meeting}, {meeting.venue}. Come between {words}.",
            link=item.referral.get_absolute_url(),
        )  # fmt: skip
