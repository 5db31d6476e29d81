"""What the timetable reminds people of round a meeting: which letter is due today, and to whom."""

from dataclasses import dataclass
from datetime import date

from core.working_days import WorkingDays

ADMINISTRATOR, CHAIR = "administrator", "chair"
# Agendas are looked at this many Working Days before they go out, where the terms do not say when they are drafted.
LOOK_AHEAD, CHECKED_WITHIN = 2, 3


@dataclass(frozen=True)
class Stands:
    """How far one meeting's papers and minutes are, as days."""

    meets_on: date
    draft_on: date
    due_on: date
    is_out: bool
    is_released: bool = False
    is_held: bool = False
    is_closed: bool = False
    has_minutes: bool = False
    sent_on: date | None = None
    is_checked: bool = False


@dataclass(frozen=True)
class Reminder:
    """One letter: what it is about, and who gets it."""

    what: str
    to: tuple[str, ...]


def draft_day(meets_on: date, calendar: WorkingDays, *, draft: int | None, papers: int) -> date:
    """Give the day an agenda is drafted by: so many Working Days before the meeting, or two before it goes out."""
    return calendar.add(meets_on, -(draft if draft is not None else papers + LOOK_AHEAD))


def reminder_due(today: date, stands: Stands, calendar: WorkingDays) -> Reminder | None:
    """Give the letter that is due for a meeting today, or None; each is sent once, however often this is asked."""
    if today <= stands.meets_on:
        return None if stands.is_out or stands.is_held else _of_agenda(today, stands)
    return _of_minutes(today, stands, calendar) if stands.is_held else None


def _of_agenda(today: date, stands: Stands) -> Reminder | None:
    """An agenda to look at, one that goes out today, or one that is late: the chair hears of that too.

    One that was released goes out by itself, and nobody is asked for it unless it is late.
    """
    if today > stands.due_on:
        return Reminder("agenda-late", (ADMINISTRATOR, CHAIR))
    if stands.is_released:
        return None
    if today == stands.due_on:
        return Reminder("agenda-due", (ADMINISTRATOR,))
    return Reminder("agenda-drafted", (ADMINISTRATOR,)) if today >= stands.draft_on else None


def _of_minutes(today: date, stands: Stands, calendar: WorkingDays) -> Reminder | None:
    """A meeting to close, minutes to send, minutes that are late, or a draft that the chair has kept too long."""
    if stands.is_checked:
        return None
    if stands.sent_on is not None:
        return Reminder("minutes-unchecked", (CHAIR,)) if today > calendar.add(stands.sent_on, CHECKED_WITHIN) else None
    due = calendar.add(stands.meets_on, 1)
    if today > due:
        return Reminder("minutes-late", (ADMINISTRATOR, CHAIR))
    if today < due:
        return None
    return Reminder("minutes-due" if stands.is_closed else "meeting-open", (ADMINISTRATOR,))
