"""Agendas: built in order, and circulated with frozen papers and proof."""

from django.db import transaction
from django.db.models import Max

from core import audit, clock, documents, post
from core.dates import day_in_words
from core.models import User
from core.rules import refuse_if
from panels.actions.slots import close_up, leave_slot, put_beside, slot_beside
from panels.choices import STILL_TO_COME, ItemKind, ItemState, MeetingStatus
from panels.models import AgendaItem, Meeting, Recusal
from panels.models.clocks import papers_due_on
from panels.models.room import people_served
from panels.rules.agenda import Listing, why_not_add_business, why_not_list
from referrals.actions.access import give_access_each
from referrals.actions.closing import on_closed
from referrals.actions.outcome import book_referral, unbook_referral
from referrals.choices import Basis
from referrals.models import Referral

OPEN = {*STILL_TO_COME, MeetingStatus.IN_PROGRESS}


def _listing(referral: Referral, meeting: Meeting, accepted_late_by) -> Listing:
    """What the rule asks about one referral on one agenda."""
    other = (
        AgendaItem.objects.standing()
        .filter(referral=referral, meeting__status__in=OPEN)
        .select_related("meeting")
        .first()
    )
    views = referral.answers().get("views", {})
    return Listing(
        is_signed_off=referral.next_signing_status() == "SENT" and referral.status == "READY",
        meeting_is_open=meeting.status in OPEN,
        today=clock.today(),
        papers_close_on=papers_due_on(meeting) if meeting.circulated_at is None else None,
        chair_accepts_late=accepted_late_by is not None,
        is_listed_for=other.meeting.on if other else None,
        childs_view_is_settled=bool(views.get("child_view") or views.get("child_view_later")),
    )


@transaction.atomic
def list_referral(referral: Referral, meeting: Meeting, *, presenter: User | None = None,
                  accepted_late_by: User | None = None, by: User) -> AgendaItem:  # fmt: skip
    """Put a signed-off referral on a meeting's agenda, in a linked child's slot or before other business.

    Where the terms have papers presented without front-line workers, nobody is asked to come with it.
    """
    meeting = Meeting.objects.locked().get(pk=meeting.pk)
    head = slot_beside(meeting, referral, by)

    reasons = why_not_list(_listing(referral, meeting, accepted_late_by))
    if head is None and meeting.items.slots_taken() >= meeting.panel.slots:
        reasons.append(f"All {meeting.panel.slots} slots of this meeting are taken.")
    refuse_if(reasons)

    item = _add(
        meeting, kind=ItemKind.REFERRAL, title=f"Referral {referral.reference}", referral=referral,
        presenter=presenter or (referral.author if meeting.terms.front_line_attends else None), accepted_late_by=accepted_late_by,
    )  # fmt: skip
    if head is not None:
        put_beside(item, head)
    book_referral(referral, meeting=str(meeting), by=by)

    audit.record(
        "agenda_item.listed", on=item, by=by, child=referral.child, authority=meeting.panel.authority,
        sentence=f"{referral.reference} is item {item.number} of {meeting}.",
    )  # fmt: skip
    return item


@transaction.atomic
def add_item(meeting: Meeting, *, kind: str, title: str, presenter: User | None = None,
             is_reserved: bool = False, by: User) -> AgendaItem:  # fmt: skip
    """Put other business on an agenda."""
    meeting = Meeting.objects.locked().get(pk=meeting.pk)
    reasons = why_not_add_business(meeting.status in OPEN)
    if not title.strip():
        reasons.append("Give the item a title.")

    refuse_if(reasons)

    item = _add(meeting, kind=kind, title=title.strip(), presenter=presenter, is_reserved=is_reserved)

    audit.record(
        "agenda_item.added", on=item, by=by, authority=meeting.panel.authority,
        sentence=f"Added item {item.number} to {meeting}.",
    )  # fmt: skip
    return item


def _add(meeting: Meeting, **facts) -> AgendaItem:
    """One more item; other business stays last."""
    last = meeting.items.standing().aggregate(n=Max("number"))["n"] or 0
    other = meeting.items.standing().filter(kind=ItemKind.OTHER, number=last).first()
    if other is None:
        return AgendaItem.objects.create(meeting=meeting, number=last + 1, **facts)
    other.number = last + 1
    other.save()
    return AgendaItem.objects.create(meeting=meeting, number=last, **facts)


@transaction.atomic
def take_off_item(item: AgendaItem, *, reason: str, by: User) -> AgendaItem:
    """Take an item off an agenda; its referral is ready for another meeting."""
    meeting = Meeting.objects.locked().get(pk=item.meeting_id)
    reasons = why_not_add_business(meeting.status in OPEN)
    if item.kind not in {ItemKind.REFERRAL, ItemKind.REVIEW, ItemKind.REPORT}:
        reasons.append("The terms put this item on every agenda.")

    refuse_if(reasons)

    item.state = ItemState.TAKEN_OFF
    leave_slot(item)
    close_up(meeting)
    if item.referral and item.referral.status == "BOOKED":
        unbook_referral(item.referral, reason=reason or "Taken off the agenda.", by=by)

    audit.record(
        "agenda_item.taken_off", on=item, by=by, authority=meeting.panel.authority,
        sentence=f"Took an item off {meeting}.",
    )  # fmt: skip
    return item


@on_closed
@transaction.atomic
def take_off_closed(referrals, *, by: User) -> int:
    """Referrals whose record a manager closed come off every agenda not yet heard; what is circulated keeps its numbers."""
    rows = AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting__panel")
    items = list(rows.standing().filter(referral__in=referrals, state=ItemState.TO_COME, meeting__status__in=OPEN))
    for item in items:
        item.state = ItemState.TAKEN_OFF
        leave_slot(item)
        if item.meeting.circulated_at is None:
            close_up(item.meeting)
        audit.record(
            "agenda_item.taken_off", on=item, by=by, authority=item.meeting.panel.authority,
            child=item.referral.child, sentence=f"Took an item off {item.meeting}: its record is closed.",
        )  # fmt: skip
    return len(items)


@transaction.atomic
def move_item(item: AgendaItem, *, to: int, by: User) -> AgendaItem:
    """Move an item to another number; interests stay second and other business last."""
    meeting = Meeting.objects.locked().get(pk=item.meeting_id)
    reasons = why_not_add_business(meeting.status in OPEN)
    if item.kind in {ItemKind.INTERESTS, ItemKind.LAST_MINUTES, ItemKind.OTHER} or to < 3:
        reasons.append("Attendance, interests and other business keep their places.")

    refuse_if(reasons)

    keys = [i.pk for i in meeting.items.standing().order_by("number") if i.pk != item.pk]
    keys.insert(min(to - 1, max(len(keys) - 1, 0)), item.pk)
    close_up(meeting, keys)

    audit.record(
        "agenda_item.moved", on=item, by=by, authority=meeting.panel.authority,
        sentence=f"Moved an item of {meeting} to {to}.",
    )  # fmt: skip
    item.refresh_from_db()
    return item


@transaction.atomic
def circulate_agenda(meeting: Meeting, *, by: User) -> Meeting:
    """Send the agenda and papers to everybody served: papers frozen, proof kept, links only.

    Somebody who is out of an item gets no right to its paper.
    """
    meeting = Meeting.objects.locked().get(pk=meeting.pk)
    items = list(meeting.items.standing().select_related("referral__child", "referral__authority"))
    reasons = why_not_add_business(meeting.status in STILL_TO_COME)
    reasons += [
        f"Item {i.number}: {i.referral.reference} is no longer signed off."
        for i in items
        if i.referral and i.referral.next_signing_status() != "SENT"
    ]

    refuse_if(reasons)

    served = people_served(meeting)
    for item in items:
        if item.referral:
            _freeze_paper(item, meeting, served, by)
    meeting.status, meeting.circulated_at, meeting.circulated_by = MeetingStatus.CIRCULATED, clock.now(), by
    meeting.sequence += 1
    meeting.save()
    post.send_each(
        "meeting.agenda", [person for _, person in served],
        key=f"agenda:{meeting.reference}:{meeting.sequence}", subject=f"Agenda for {meeting}", about=meeting,
        body=f"The agenda and papers for {meeting} on {day_in_words(meeting.on)} can be read.",
        link=f"{meeting.get_absolute_url()}/papers",
    )  # fmt: skip

    audit.record(
        "papers.circulated", on=meeting, by=by, authority=meeting.panel.authority,
        sentence=f"Circulated the agenda of {meeting}.",
    )  # fmt: skip
    return meeting


def _freeze_paper(item: AgendaItem, meeting: Meeting, served: list, by: User) -> None:
    """Keep the referral as signed, and let each person served who is not out of the item read it."""
    document = documents.document_for(
        item, kind="panel_paper", title=item.title, authority=meeting.panel.authority
    )
    item.paper = documents.freeze(document, item.referral.paper_facts(), why="Circulated")
    item.save()
    out = set(Recusal.objects.filter(item=item, withdrawn_at=None).values_list("person_id", flat=True))
    readers = [person for _, person in served if person.pk not in out]
    give_access_each(item.referral, readers, basis=Basis.PAPER, told_by=meeting.reference, by=by)
