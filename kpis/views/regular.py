"""Reports that the timetable makes: one with its stages, its PDF, and its approval."""

from core import clock
from core.roles import Permission
from core.views.bases import Question, RecordDetail
from core.views.files import StoredFileDetail
from kpis.actions.regular_report import approve_report
from kpis.choices import ReportState
from kpis.measures.to_report import report_clock
from kpis.models import RegularReport
from kpis.papers.charts import with_drawings
from kpis.papers.regular import issue_words, regular_facts
from kpis.rules.reports import why_not_approve_report

REACHED = {
    ReportState.DUE: 0, ReportState.DRAFTED: 1, ReportState.FROZEN: 2, ReportState.STOPPED: 2, ReportState.APPROVED: 3, ReportState.ISSUED: 4,
}  # fmt: skip


class RegularRecord:
    """One report, found by its reference."""

    permission = Permission.SEE_REPORTS
    model = RegularReport

    def records(self):
        return super().records().select_related("authority", "contract", "document", "approved_by")


class RegularReportDetail(RegularRecord, RecordDetail):
    """A report as it stands: what it says, where it has got to, and its proof."""

    template_name = "kpis/regular_report.html"

    def get_context_data(self, **kwargs):
        report, version = self.object, self.object.version
        may = self.request.user.can(Permission.DRAW_REPORTS)
        facts = version.frozen if version else regular_facts(report)
        return super().get_context_data(
            facts=facts, charts=with_drawings(facts.get("charts", [])), version=version, steps=steps_of(report),
            may_approve=may and not why_not_approve_report(report.state), cover=issue_words(report), **kwargs,
        )  # fmt: skip


def steps_of(report: RegularReport) -> list[dict]:
    """The four stages, each with its day."""
    days, reached = report_clock(report.authority, report.ends_on), REACHED[ReportState(report.state)]
    approval = report.approved_by.full_name if report.approved_by_id else "Not approved" if report.state == ReportState.ISSUED else "Once frozen"
    sent = f"On {report.send_on.day} {report.send_on:%B}"
    if report.sent_at:
        day = report.sent_at.astimezone(clock.LONDON).date()
        sent = f"{day.day} {day:%B}{', late' if report.is_late else ''}"
    return [
        {"label": "Drafted", "detail": f"{days.draft_on.day} {days.draft_on:%B}", "done": reached >= 1},
        {"label": "Figures frozen", "detail": f"{days.freeze_on.day} {days.freeze_on:%B}", "done": reached >= 2},
        {"label": "Approved", "detail": approval, "done": bool(report.approved_by_id)},
        {"label": "Sent", "detail": "Stopped by a failed check" if report.state == ReportState.STOPPED else sent, "done": reached >= 4},
    ]  # fmt: skip


class RegularReportFile(RegularRecord, StoredFileDetail):
    """The PDF of a report, as it was sent."""

    def stored(self, record):
        return record.version.file if record.version else None


class ApproveRegularReport(RegularRecord, Question):
    """Say that a frozen report may go out."""

    permission = Permission.DRAW_REPORTS
    heading, submit_label, back_label = "Approve the report", "Approve report", "The report"
    lead = "Its figures are frozen and will not change. It is sent on its day, approved or not, and says which."
    success_message = "Approved. It is sent on its day."

    def why_not(self):
        return why_not_approve_report(self.record.state)

    def act(self, form):
        approve_report(self.record, by=self.request.user)
