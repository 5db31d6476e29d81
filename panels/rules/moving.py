"""Moving a called meeting to another day, time or place."""

from dataclasses import dataclass
from datetime import datetime

from panels.rules.notice import cancellation_is_in_time


@dataclass(frozen=True)
class Moving:
    """What is asked: one meeting, from when and where to when and where, and why."""

    is_to_come: bool
    now: datetime
    was_at: datetime
    to_at: datetime
    was_in: str = ""
    to_in: str = ""
    was_minutes: int = 0
    to_minutes: int = 0
    reason: str = ""
    hours: int | None = None
    has_changed_since: bool = False


def why_not_move_meeting(asked: Moving) -> list[str]:
    """MOV-1. A meeting is moved before it starts, and not once it is cancelled or held."""
    if not asked.is_to_come or asked.was_at <= asked.now:
        return ["This meeting has begun, or has been held, cancelled or closed."]
    return why_not_change(asked) + why_not_move_so_late(asked) + why_not_after_another(asked.has_changed_since)


def why_not_change(asked: Moving) -> list[str]:
    """MOV-2. Moving a meeting changes its day, time, length or place, and says why."""
    before = (asked.was_at, asked.was_in, asked.was_minutes)
    reasons = ["Change the day, the time, the length or the place."] if before == (asked.to_at, asked.to_in, asked.to_minutes) else []
    return reasons + ([] if asked.reason.strip() else ["Say why the meeting is moved."])


def why_not_move_so_late(asked: Moving) -> list[str]:
    """MOV-3. A meeting keeps its day and time once it is too late to cancel it; its place may still change."""
    if asked.hours is None or asked.to_at == asked.was_at:
        return []
    if cancellation_is_in_time(asked.was_at, asked.now, hours=asked.hours):
        return []
    return [f"It is less than {asked.hours} hours to the start, so its day and time stay."]


def why_not_after_another(has_changed_since: bool) -> list[str]:
    """MOV-4. A meeting is moved from where it stands, not from where it stood before somebody else moved it."""
    return ["Somebody else changed this meeting while you had the page open. Look at it as it is now."] if has_changed_since else []
