"""Drafts that nobody touches: reminded, shown to a manager, and let go."""

from dataclasses import dataclass
from datetime import datetime, timedelta

SHOWN_BEFORE = timedelta(days=7)


@dataclass(frozen=True)
class DraftDays:
    """After how many days untouched a draft's writer is reminded, and its words are let go."""

    remind_days: int
    let_go_days: int

    @property
    def remind(self) -> timedelta:
        """Until its writer is reminded."""
        return timedelta(days=self.remind_days)

    @property
    def let_go(self) -> timedelta:
        """Until its words are let go."""
        return timedelta(days=self.let_go_days)

    @property
    def show(self) -> timedelta:
        """Until a manager is shown it: a week before it is let go."""
        return self.let_go - SHOWN_BEFORE


def is_due(edited_at: datetime, after: timedelta, now: datetime) -> bool:
    """Say whether a draft has lain for this long since it was last touched."""
    return edited_at + after <= now


def why_not_let_go(*, status: str, was_sent: bool, edited_at: datetime, seen_at: datetime | None, now: datetime, days: DraftDays,
                    is_held: bool = False) -> list[str]:  # fmt: skip
    """DRA-1. A draft never sent is let go after the days that are set, untouched, once its team's manager has seen it, and never on legal hold."""
    if status != "DRAFT" or was_sent:
        return ["Only a draft that was never sent is let go."]
    reasons = [] if is_due(edited_at, days.let_go, now) else [f"It was touched less than {days.let_go_days} days ago."]
    if seen_at is None or seen_at < edited_at:
        reasons.append("The team’s manager has not seen it.")
    return [*reasons, "A legal hold keeps this record."] if is_held else reasons


def why_not_tend(*, status: str, was_sent: bool, manages: bool) -> list[str]:
    """DRA-2. An old draft is kept or let go by its team's manager."""
    reasons = [] if status == "DRAFT" and not was_sent else ["Only a draft that was never sent is on this list."]
    return reasons if manages else [*reasons, "Only the manager of the draft’s team decides this."]
