"""Drafts that nobody touches: reminded, shown to a manager, and let go."""

from datetime import datetime, timedelta

REMIND = timedelta(days=7)
SHOW = timedelta(days=83)
LET_GO = timedelta(days=90)


def is_due(edited_at: datetime, after: timedelta, now: datetime) -> bool:
    """Say whether a draft has lain for this long since it was last touched."""
    return edited_at + after <= now


def why_not_let_go(*, status: str, was_sent: bool, edited_at: datetime, seen_at: datetime | None, now: datetime) -> list[str]:
    """DRA-1. A draft never sent is let go after 90 days untouched, once its team's manager has seen it."""
    if status != "DRAFT" or was_sent:
        return ["Only a draft that was never sent is let go."]
    reasons = [] if is_due(edited_at, LET_GO, now) else ["It was touched less than 90 days ago."]
    if seen_at is None or seen_at < edited_at:
        reasons.append("The team’s manager has not seen it.")
    return reasons


def why_not_tend(*, status: str, was_sent: bool, manages: bool) -> list[str]:
    """DRA-2. An old draft is kept or let go by its team's manager."""
    reasons = [] if status == "DRAFT" and not was_sent else ["Only a draft that was never sent is on this list."]
    return reasons if manages else [*reasons, "Only the manager of the draft’s team decides this."]
