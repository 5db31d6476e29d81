"""Reports: when one may be drawn, when a regular one is made, and who approves it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from core.working_days import WorkingDays


def why_not_draw_report(small_counts: list[str]) -> list[str]:
    """PAC-2. No report to a board tells a count of 1 to 5 children, in a figure or in words."""
    return small_counts


@dataclass(frozen=True)
class ReportClock:
    """The three days of a regular report."""

    draft_on: date
    freeze_on: date
    send_on: date

    def __iter__(self) -> Iterator[date]:
        """In their order."""
        return iter((self.draft_on, self.freeze_on, self.send_on))


def report_days(last_day: date, calendar: WorkingDays, *, draft: int, freeze: int, send: int) -> ReportClock:
    """Give the Working Days so many after a quarter's last on which its report is drafted, frozen and sent; none before the one before it."""
    days = sorted(calendar.add(last_day, after) for after in (draft, freeze, send))
    return ReportClock(*days)


def why_not_approve_report(state: str) -> list[str]:
    """PAC-6. Whoever draws the council's reports approves a regular one once, while it is frozen and not sent."""
    if state == "frozen":
        return []
    if state in {"due", "drafted"}:
        return ["Its figures are not frozen yet."]
    return ["A check stopped this report."] if state == "stopped" else ["This report has been approved or sent already."]
