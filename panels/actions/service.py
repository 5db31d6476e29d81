"""Proof of service: written when a message is accepted, or by hand with a date."""

from django.db import transaction

from core import audit, clock, post
from core.models import Message, User
from core.rules import FieldReason, refuse_if
from panels.choices import ServiceKind
from panels.models import Meeting, Service
from panels.models.room import people_served

HOW = "Accepted by the mail server"


@post.on_accepted("meeting.notice")
@post.on_accepted("meeting.agenda")
@post.on_accepted("meeting.cancellation")
@post.on_accepted("meeting.minutes")
@post.on_accepted("meeting.act")
@transaction.atomic
def prove_service(messages: list[Message], *, by: User | None = None) -> list[Service]:
    """The mail server accepted notices: keep what, to whom, where and when, for ever."""
    meetings = Meeting.objects.with_terms().in_bulk({int(message.about_id) for message in messages})
    letters = {
        (meeting.pk, person.pk): letter
        for meeting in meetings.values()
        for letter, person in people_served(meeting)
    }

    proofs = Service.objects.bulk_create(
        Service(
            meeting=meetings[int(m.about_id)], kind=m.kind.split(".")[1],
            letter=letters.get((int(m.about_id), m.person_id), ""),
            person=m.person, address=m.address, message=m, served_at=m.sent_at, how=HOW,
        )
        for m in messages
    )  # fmt: skip

    audit.record_for_each("notice.served", proofs, by=by, sentence=_served_words, at=lambda proof: proof.served_at)
    return proofs


def _served_words(proof: Service) -> str:
    """What was served on which seat."""
    return f"{proof.get_kind_display()} for {proof.meeting} served on seat {proof.letter or 'none'}."


@transaction.atomic
def record_service(meeting: Meeting, *, person: User, kind: str, served_at, how: str, by: User) -> Service:
    """The administrator served something by hand, and says when and how."""
    letters = {p.pk: letter for letter, p in people_served(meeting)}
    refuse_if(_why_not_then(served_at))

    proof = Service.objects.create(
        meeting=meeting, kind=ServiceKind(kind), letter=letters.get(person.pk, ""), person=person,
        address=person.email, served_at=served_at, how=how,
    )  # fmt: skip

    audit.record(
        "notice.served", on=proof, by=by, authority=meeting.panel.authority,
        sentence=f"{proof.get_kind_display()} for {meeting} served by hand.",
    )  # fmt: skip
    return proof


def _why_not_then(at) -> list[str]:
    """What happened has happened already."""
    return [FieldReason("served_on", "The day and time must not be to come.")] if at > clock.now() else []


@transaction.atomic
def record_bounce(meeting: Meeting, *, person: User, kind: str, came_back_at, how: str, message: Message | None = None,
                  by: User | None) -> Service:  # fmt: skip
    """What was served on somebody, by one message where that is known, came back.

    A further row ends its effect; the first is not edited.
    """
    rows = meeting.services.filter(person=person, kind=kind, served_at__lte=came_back_at, ended_by=None)
    rows = rows.filter(message=message) if message else rows
    served = rows.order_by("-served_at", "-pk").first()
    reasons = _why_not_then(came_back_at)
    if served is None:
        reasons.append(FieldReason("kind", f"Nothing of that kind was served on {person.full_name} before then."))
    refuse_if(reasons)

    proof = Service.objects.create(
        meeting=meeting, kind=ServiceKind.BOUNCE, letter=served.letter, person=person, address=served.address,
        served_at=came_back_at, how=how, ends=served,
    )  # fmt: skip

    audit.record(
        "notice.bounced", on=proof, by=by, authority=meeting.panel.authority,
        sentence=f"{served.get_kind_display()} for {meeting} came back from seat {served.letter or 'none'}.",
    )  # fmt: skip
    return proof


@post.on_came_back("meeting.notice")
@post.on_came_back("meeting.agenda")
@post.on_came_back("meeting.cancellation")
@post.on_came_back("meeting.minutes")
@post.on_came_back("meeting.act")
@transaction.atomic
def end_service(message: Message, *, by: User | None) -> Service | None:
    """A mail server says that a notice came back: its proof ends, unless somebody recorded that by hand."""
    served = Service.objects.select_related("meeting__panel", "person").filter(message=message, ended_by=None).exclude(kind=ServiceKind.BOUNCE).first()
    if served is None:
        return None
    facts = {"kind": served.kind, "came_back_at": clock.now(), "how": message.problem[:80]}
    return record_bounce(served.meeting, person=served.person, message=message, by=by, **facts)
