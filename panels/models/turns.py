"""A chair that turns between agencies: whose turn a meeting is, and who holds it."""

from bisect import bisect_left

from panels.choices import MeetingStatus
from panels.models.panel import SeatHolder
from panels.rules.rotation import in_the_chair, stands_in

NO_TURN = [MeetingStatus.CANCELLED, MeetingStatus.NOT_HELD]


def agency_for(panel, terms, starts_at) -> str:
    """The agency in the chair of a meeting at this moment; nothing where the chair does not turn.

    Meetings before it each used a turn, but for those cancelled or not held.
    """
    if not terms.chair_rotation:
        return ""
    used = panel.meetings.filter(starts_at__lt=starts_at).exclude(status__in=NO_TURN).count()
    return in_the_chair(terms.chair_rotation, used)


def turns_of(panel, meetings: list) -> list[str]:
    """The agency in the chair of each of many meetings of one body, in one question."""
    if not any(meeting.terms.chair_rotation for meeting in meetings):
        return [""] * len(meetings)
    used = sorted(panel.meetings.exclude(status__in=NO_TURN).values_list("starts_at", flat=True))
    return [in_the_chair(m.terms.chair_rotation, bisect_left(used, m.starts_at)) for m in meetings]


def holder_for(panel, terms, agency: str, on):
    """Whoever holds the agency's seat on a day, or None."""
    letters = [seat.letter for seat in terms.seats.all() if agency and seat.agency == agency]
    held = SeatHolder.objects.on(on).filter(panel=panel, letter__in=letters).select_related("person")
    row = held.order_by("letter", "pk").first()
    return row.person if row else None


def takes_the_turn(meeting, person) -> bool:
    """Whether somebody takes a turning chair because the one whose turn it is is not in the room: the next agency."""
    rotation = meeting.terms.chair_rotation
    if not rotation or meeting.presences.in_the_room().filter(person=meeting.chair_id).exists():
        return False
    agency = stands_in(rotation, agency_for(meeting.panel, meeting.terms, meeting.starts_at))
    holder = holder_for(meeting.panel, meeting.terms, agency, meeting.on)
    return holder is not None and holder.pk == person.pk
