"""The seats of a body by date: who holds each today, everybody who has, the days nobody did, and who came."""

from dataclasses import dataclass, field
from datetime import date

from core import clock
from panels.models.attendance import Attendance, Presence
from panels.models.panel import SeatHolder
from panels.rules.attendance import ABSENT, APOLOGIES, DELEGATE, PRESENT, Came, Record, attended
from panels.rules.seats import Gap, Span, gaps

MOST = 200


def seats_today(panel, terms, today: date) -> list:
    """The seats of the terms in force, each with whoever holds it and whether their authority is on record."""
    rows = panel.seat_holders.on(today).select_related("person").order_by("letter", "from_on", "pk")
    holders: dict[str, list] = {}
    for row in rows:
        holders.setdefault(row.letter, []).append(row)
    seats = list(terms.seats.select_related("limb").order_by("letter")) if terms else []
    for seat in seats:
        seat.holders = holders.get(seat.letter, [])
        seat.held_by = ", ".join(row.person.full_name for row in seat.holders)
        seat.unauthorised = not seat.is_invitee and any(not row.may_decide_because for row in seat.holders)
    return seats


@dataclass
class SeatLine:
    """One seat with everybody who has held it, newest first, the days nobody did, and who may stand for it."""

    seat: object
    held: list
    gaps: list[Gap]
    standing: list = field(default_factory=list)


def seat_lines(panel, terms) -> list[SeatLine]:
    """Every seat of the terms in force from the day the body's first terms were in force; no gap is left out."""
    first = panel.terms.exclude(in_force_from=None).order_by("in_force_from").values_list("in_force_from", flat=True).first()
    held: dict[str, list] = {}
    for row in panel.seat_holders.select_related("person").order_by("-from_on", "-pk")[:MOST]:
        held.setdefault(row.letter, []).append(row)
    standing: dict[str, list] = {}
    for row in panel.standing_delegates.select_related("person").order_by("-from_on", "-pk")[:MOST]:
        standing.setdefault(row.letter, []).append(row)
    return [
        SeatLine(
            seat, held.get(seat.letter, []),
            [] if seat.is_invitee else gaps([Span("", row.from_on, row.until_on) for row in held.get(seat.letter, [])], first or clock.today()),
            standing.get(seat.letter, []),
        )
        for seat in terms.seats.select_related("limb").order_by("letter")
    ]  # fmt: skip


@dataclass(frozen=True)
class Served:
    """One holder of one seat, and their attendance in the time it was theirs."""

    held: SeatHolder
    record: Record


def attendance_of(panel, terms, year: int | None = None) -> list[Served]:
    """Every holder of a seat with their attendance at meetings held in their time, in a year or in all."""
    meetings = panel.meetings.held().exclude(status="in progress").order_by("starts_at")
    meetings = list(meetings.filter(starts_at__year=year) if year else meetings.order_by("-starts_at")[:MOST])
    there: dict[int, set] = {}
    for meeting, person, stands_for in Presence.objects.filter(meeting__in=meetings).values_list("meeting", "person", "stands_for"):
        there.setdefault(meeting, set()).update({(PRESENT, person), (DELEGATE, stands_for)})
    sorry = set(Attendance.objects.filter(meeting__in=meetings, answer="apologies").values_list("meeting", "person"))
    letters = [seat.letter for seat in terms.seats.all() if not seat.is_invitee]
    rows = panel.seat_holders.filter(letter__in=letters).select_related("person").order_by("letter", "from_on", "pk")
    return [
        Served(row, attended([Came(m.on, _how(m.pk, row.person_id, there, sorry)) for m in meetings], row.from_on, row.until_on))
        for row in rows[:MOST]
    ]


def _how(meeting: int, person: int, there: dict, sorry: set) -> str:
    """What became of one person at one meeting."""
    came = there.get(meeting, set())
    if (PRESENT, person) in came:
        return PRESENT
    if (DELEGATE, person) in came:
        return DELEGATE
    return APOLOGIES if (meeting, person) in sorry else ABSENT
