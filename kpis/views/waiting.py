"""The waiting list report: how long children wait, and what is done meanwhile."""

from core import clock
from core.actions.lists import export_list
from core.roles import Permission
from core.sheets import sheet
from core.views.bases import Page
from core.views.files import attachment
from core.views.lists import EXCEL
from kpis.measures.waiting import waiting_report
from kpis.views.dashboard import hides


class WaitingReport(Page):
    """Longest, median, and actions taken; commissioners read no count of 1 to 5 children."""

    permission = Permission.SEE_WAITING_REPORT
    template_name = "kpis/waiting_report.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        hide = hides(user)
        return super().get_context_data(
            report=waiting_report(user, hide=hide), hides=hide, day=clock.today(),
            reads_list=user.can(Permission.SEE_WAITING_LIST), **kwargs,
        )  # fmt: skip

    def post(self, request, *args, **kwargs):
        """The report as this reader has it on the page, hidden counts and all, as a workbook."""
        user = request.user
        hide, day = hides(user), clock.today()
        report = waiting_report(user, hide=hide)
        rows = [
            ("Waiting", report.total), ("Longest wait", report.longest), ("Median wait", report.middle),
            *((f"Waited {band['label'][0].lower()}{band['label'][1:]}", band["count"]) for band in report.bands),
            *((f"In the last four weeks: {deed['label'][0].lower()}{deed['label'][1:]}", deed["count"]) for deed in report.actions),
        ]  # fmt: skip
        export_list(path=request.path, query="", rows=rows, by=user)
        says = f"Waiting list report, {day.day} {day:%B %Y}" + (". c is 1 to 5 children, hidden." if hide else "")
        content = sheet(title="Waiting list report", says=says, heads=["What", "How many"], rows=rows)
        return attachment(content, media_type=EXCEL, name=f"waiting-list-report-{day.isoformat()}.xlsx")
