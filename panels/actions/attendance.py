"""Who says they will come, and who stands for whom."""

from django.db import transaction

from core import audit, clock
from core.models import User
from core.rules import refuse_if
from panels.actions.joining import let_in
from panels.choices import STILL_TO_COME, MeetingStatus
from panels.models import Attendance, Delegation, Meeting
from panels.models.room import may_chair, representatives


@transaction.atomic
def name_delegate(meeting: Meeting, *, letter: str, holder: User, delegate: User, by: User) -> Delegation:
    """Name somebody to stand for a seat at one meeting; the holder or the chair names them."""
    seats = {(s.letter, s.holder.pk) for s in representatives(meeting)}
    reasons = []
    if (letter, holder.pk) not in seats:
        reasons.append("That person does not hold that seat.")
    if by.pk != holder.pk and not may_chair(meeting, by) and by.acting.role != "PA":
        reasons.append("Only the seat's holder or the chair names a delegate.")
    if delegate.pk == holder.pk:
        reasons.append("Nobody is their own delegate.")
    if meeting.delegations.filter(delegate=delegate).exists():
        reasons.append("That person already stands for a seat at this meeting.")

    refuse_if(reasons)

    named, _ = Delegation.objects.update_or_create(
        meeting=meeting, letter=letter, holder=holder,
        defaults={"delegate": delegate, "named_by": by, "named_at": clock.now()},
    )  # fmt: skip

    audit.record(
        "delegate.named", on=named, by=by, authority=meeting.panel.authority,
        sentence=f"{delegate.full_name} stands for seat {letter} at {meeting}.",
    )  # fmt: skip
    if meeting.status in STILL_TO_COME:
        let_in(meeting, delegate, by=by)
    return named


@transaction.atomic
def answer_invitation(meeting: Meeting, *, answer: str, by: User) -> Attendance:
    """Say whether one is coming."""
    is_open = meeting.status in {*STILL_TO_COME, MeetingStatus.IN_PROGRESS}

    refuse_if([] if is_open else ["This meeting has been held, cancelled or closed."])

    said, _ = Attendance.objects.update_or_create(
        meeting=meeting, person=by, defaults={"answer": answer, "answered_at": clock.now()}
    )

    audit.record(
        "invitation.answered", on=said, by=by, authority=meeting.panel.authority,
        sentence=f"{said.get_answer_display()}: {meeting}.",
    )  # fmt: skip
    return said
