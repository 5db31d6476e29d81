"""Reports of progress that are due, those that came, and those that are wanting."""

from dataclasses import dataclass
from datetime import timedelta

from contracts.choices import ReportKind
from contracts.models.gate import ProgressReport
from contracts.rules.gate import Period, periods_due
from core import clock
from core.dates import day_in_words


@dataclass
class Line:
    """One report that is due, with what came of it."""

    period: Period
    report: ProgressReport | None

    @property
    def words(self) -> str:
        """Its kind and period: "Monthly report, 1 July 2018 to 31 July 2018"."""
        kind = ReportKind(self.period.kind).label
        return f"{kind} report, {day_in_words(self.period.first)} to {day_in_words(self.period.until - timedelta(days=1))}"

    @property
    def key(self) -> str:
        """What a form calls it: the kind and the first day."""
        return f"{self.period.kind} {self.period.first.isoformat()}"

    @property
    def is_wanting(self) -> bool:
        """True when it is missing, or was judged not satisfactory."""
        return self.report is None or not self.report.is_satisfactory

    @property
    def state(self) -> str:
        """What came of it, in words."""
        if self.report is None:
            return "Missing"
        return "Satisfactory" if self.report.is_satisfactory else "Not satisfactory"


def due_reports(contract) -> list[Period]:
    """Every report of progress due by today, in order; none where the contract asks for none (002:955)."""
    if contract.reports_from_on is None:
        return []
    return periods_due(ReportKind.values, from_on=contract.reports_from_on, today=clock.today(), until=contract.ends_on)


def report_lines(contract) -> list[Line]:
    """Every report that is due with what came of it, the latest first."""
    there = {(row.kind, row.period_from): row for row in contract.progress_reports.all()}
    return [Line(period, there.get((period.kind, period.first))) for period in reversed(due_reports(contract))]


def wanting(contract) -> list[Line]:
    """Those that are missing or not satisfactory, the latest first."""
    return [line for line in report_lines(contract) if line.is_wanting]
