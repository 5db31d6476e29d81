"""The pack's clock: drafted, frozen and circulated so many Working Days before a meeting."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from core.rules import FieldReason
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


def chase_days(meeting_on: date, calendar: WorkingDays, *, draft: int, freeze: int) -> list[date]:
    """Give the Working Days on which commentary that is missing is asked for again: half way, and the day before the freeze."""
    return [calendar.add(meeting_on, -days) for days in sorted({(draft + freeze) // 2, freeze + 1}, reverse=True) if freeze < days < draft]


def why_not_write(state: str, *, is_asked: bool, small_counts: list[str]) -> list[str]:
    """PAC-3. Commentary is written by whoever was asked, or who builds packs, until the figures are frozen; it counts no 1 to 5 children."""
    reasons = [] if is_asked else ["Only the person who was asked, or whoever builds packs, writes this commentary."]
    if state != "drafted":
        reasons.append("Commentary is written from the draft to the freeze. What came later is a supplement.")
    return reasons + [FieldReason("words", said) for said in small_counts]


def why_not_correct(state: str, *, is_settled: bool, small_counts: list[str]) -> list[str]:
    """PAC-4. A circulated pack never changes: a correction is a new version that says why, once the last one is settled."""
    reasons = [] if state == "issued" else ["Only a pack that was circulated is corrected. Before that it is changed at its source."]
    if state == "issued" and not is_settled:
        reasons.append("The last correction has not gone out. The chair approves it or turns it down, and then it is printed.")
    return reasons + list(small_counts)


def why_not_answer_correction(*, waits: bool, may_chair: bool, wrote_it: bool) -> list[str]:
    """PAC-8. A correction goes out once the chair or the chair's delegate, who did not write it, has approved it."""
    reasons = [] if may_chair else ["Only the chair, or the chair's delegate, approves a correction."]
    if wrote_it:
        reasons.append("You wrote this correction. Somebody else who may take the chair approves it.")
    return reasons if waits else [*reasons, "No correction waits for approval."]


def why_not_add(state: str, small_counts: list[str]) -> list[str]:
    """PAC-5. What came after a pack was circulated is a dated supplement beside it, and counts no 1 to 5 children."""
    reasons = [] if state == "issued" else ["A supplement is added once the pack is circulated."]
    return reasons + [FieldReason("words", said) for said in small_counts]


def why_not_copy_pack(state: str, *, is_printed: bool) -> list[str]:
    """PAC-7. A reader has a copy of their own made once the pack is circulated."""
    if state != "issued":
        return ["Your own copy can be made once the pack is circulated."]
    return [] if is_printed else ["The newest version is being printed. Wait a moment, and open the page again."]


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
