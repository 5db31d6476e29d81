"""The pack's clock: drafted, frozen and circulated so many Working Days before a meeting."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from core.working_days import WorkingDays


@dataclass(frozen=True)
class PackClock:
    """The three days of a pack."""

    draft_on: date
    freeze_on: date
    issue_on: date

    def __iter__(self) -> Iterator[date]:
        """In their order."""
        return iter((self.draft_on, self.freeze_on, self.issue_on))


def stage_days(meeting_on: date, calendar: WorkingDays, *, draft: int, freeze: int, issue: int) -> PackClock:
    """Give the Working Days so many before a meeting on which its pack is drafted, frozen and issued."""
    return PackClock(*(calendar.add(meeting_on, -days) for days in (draft, freeze, issue)))


def why_not_approve(state: str, *, may_chair: bool) -> list[str]:
    """PAC-1. The chair or the chair's delegate approves a pack once its figures are frozen."""
    reasons = [] if may_chair else ["Only the chair, or the chair's delegate, approves the pack."]
    if state in {"due", "drafted"}:
        reasons.append("The figures are not frozen yet.")
    if state in {"approved", "issued"}:
        reasons.append("This pack has been approved or circulated already.")
    if state == "stopped":
        reasons.append("A check stopped this pack.")
    return reasons
