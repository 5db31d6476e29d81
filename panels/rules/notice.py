"""Notice: how long before a meeting its members must be told, and how often they may meet."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from core.dates import day_in_words
from core.working_days import WorkingDays

ORDINARY = "ORDINARY"
EMERGENCY = "EMERGENCY"
DEVELOPMENTAL = "DEVELOPMENTAL"


@dataclass(frozen=True)
class NoticeTerms:
    """The notice clause of a body's terms of reference; None where the terms are silent."""

    days: int | None = None
    clear: bool = True
    fewest_a_year: int | None = None
    most_a_year: int | None = None


@dataclass(frozen=True)
class Call:
    """What is asked: a meeting on one day, with notice served on another."""

    meeting_on: date
    notice_on: date
    kind: str = ORDINARY
    reason: str = ""
    counted_that_year: int = 0  # ordinary and emergency, held or to come, without this one


def last_day_for_alteration(meeting_on: date, *, days: int = 14, clear: bool = True) -> date:
    """Give the last day, in calendar days, to propose a change of terms to a meeting."""
    return meeting_on - timedelta(days=days + 1 if clear else days)


def cancellation_is_in_time(starts_at: datetime, served_at: datetime, *, hours: int = 24) -> bool:
    """Say whether a cancellation was served early enough, in hours that really went by."""
    if starts_at.tzinfo is None or served_at.tzinfo is None:
        raise ValueError("Both times must say their time zone.")
    # Two times in one zone subtract as clock faces; only UTC knows of clock changes.
    return starts_at.astimezone(UTC) - served_at.astimezone(UTC) >= timedelta(hours=hours)


def last_days_for_notice(meeting_on: date, days: int, calendar: WorkingDays) -> tuple[date, date]:
    """Give the last day for notice by clear days, and by counting the day of the meeting."""
    return (
        calendar.last_day_for_notice(meeting_on, days, clear=True),
        calendar.last_day_for_notice(meeting_on, days, clear=False),
    )


def last_day_for_notice(meeting_on: date, terms: NoticeTerms, calendar: WorkingDays) -> date | None:
    """Give the last day on which these terms let notice be given; None where they are silent."""
    if terms.days is None:
        return None
    return calendar.last_day_for_notice(meeting_on, terms.days, clear=terms.clear)


def why_not_call(call: Call, terms: NoticeTerms, calendar: WorkingDays) -> list[str]:
    """NOT-1. A meeting is called for today or a day to come."""
    if call.meeting_on < call.notice_on:
        return [f"{day_in_words(call.meeting_on)} is in the past."]
    if call.kind == EMERGENCY:
        return why_not_call_emergency(call.reason)
    return why_not_serve(call, terms, calendar) + why_not_add_to_year(call, terms)


def why_not_serve(call: Call, terms: NoticeTerms, calendar: WorkingDays) -> list[str]:
    """NOT-2. Notice of a meeting is given at least the terms' number of Working Days before it."""
    last = last_day_for_notice(call.meeting_on, terms, calendar)
    if last is None or call.notice_on <= last:
        return []
    clear = "clear " if terms.clear else ""
    return [
        (
            f"A meeting on {day_in_words(call.meeting_on)} needs {terms.days} {clear}Working Days' "
            f"notice: the last day to give it was {day_in_words(last)}."
        )
    ]


def why_not_call_emergency(reason: str) -> list[str]:
    """NOT-3. In an emergency a meeting may be called on reasonable notice, saying why."""
    return [] if reason.strip() else ["Say why this meeting is an emergency."]


def why_not_add_to_year(call: Call, terms: NoticeTerms) -> list[str]:
    """NOT-4. A body meets no more often in a year than its terms allow; emergencies always may."""
    if call.kind != ORDINARY or terms.most_a_year is None:
        return []
    if call.counted_that_year < terms.most_a_year:
        return []
    return [
        (
            f"{call.meeting_on.year} already has {call.counted_that_year} meetings, "
            f"and the terms allow no more than {terms.most_a_year}."
        )
    ]


def why_not_call_extra(agreed_on: date | None, agreed_how: str, today: date) -> list[str]:
    """NOT-5. An extra meeting for developmental work is called once the group has agreed to it."""
    if agreed_on is None:
        return ["Enter the day on which the group agreed to this extra meeting."]
    reasons = ["The group must have agreed before the meeting is called."] if agreed_on > today else []
    return reasons + ([] if agreed_how.strip() else ["Say how the group agreed, for example at which meeting."])


def outside_the_terms(call: Call, terms: NoticeTerms) -> list[str]:
    """Say what is minuted of an emergency meeting past the number the terms allow in a year."""
    if call.kind != EMERGENCY or terms.most_a_year is None:
        return []
    if call.counted_that_year < terms.most_a_year:
        return []
    number = call.counted_that_year + 1
    return [
        f"This is meeting {number} of {call.meeting_on.year}; the terms allow {terms.most_a_year}."
    ]
