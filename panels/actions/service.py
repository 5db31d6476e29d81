"""Proof of service: written when a message is accepted, or by hand with a date."""

from django.db import transaction

from core import audit, clock, post
from core.models import Message, User
from panels.choices import ServiceKind
from panels.models import Meeting, Service
from panels.models.room import people_served

HOW = "Accepted by the mail server"


@post.on_accepted("meeting.notice")
@post.on_accepted("meeting.agenda")
@post.on_accepted("meeting.cancellation")
@post.on_accepted("meeting.minutes")
@transaction.atomic
def prove_service(message: Message, *, by: User | None = None) -> Service:
    """The mail server accepted a notice: keep what, to whom, where and when, for ever."""
    meeting = Meeting.objects.get(pk=message.about_id)
    letters = {person.pk: letter for letter, person in people_served(meeting)}

    proof = Service.objects.create(
        meeting=meeting, kind=message.kind.split(".")[1], letter=letters.get(message.person_id, ""),
        person=message.person, address=message.address, message=message, served_at=clock.now(), how=HOW,
    )  # fmt: skip

    audit.record(
        "notice.served", on=proof, by=by, authority=meeting.panel.authority,
        sentence=f"{proof.get_kind_display()} for {meeting} served on seat {proof.letter or 'none'}.",
    )  # fmt: skip
    return proof


@transaction.atomic
def record_service(meeting: Meeting, *, person: User, kind: str, served_at, how: str, by: User) -> Service:
    """The administrator served something by hand, and says when and how."""
    letters = {p.pk: letter for letter, p in people_served(meeting)}

    proof = Service.objects.create(
        meeting=meeting, kind=ServiceKind(kind), letter=letters.get(person.pk, ""), person=person,
        address=person.email, served_at=served_at, how=how,
    )  # fmt: skip

    audit.record(
        "notice.served", on=proof, by=by, authority=meeting.panel.authority,
        sentence=f"{proof.get_kind_display()} for {meeting} served by hand.",
    )  # fmt: skip
    return proof
