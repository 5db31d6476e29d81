"""Reports to the boards: what each would say today, drawing one, and those that were drawn."""

from django.http import Http404

from contracts.choices import Board
from core import clock, printing
from core.actions.printing import print_again
from core.roles import Permission
from core.views.bases import ActionView, ButtonDeed, Page, RecordDetail
from core.views.files import StoredFileDetail
from kpis.actions.board_report import PRINTED_BY, draw_report
from kpis.measures.period import period_dates
from kpis.models import BoardReport, RegularReport
from kpis.papers.board_report import report_facts

MOST = 24


class ReportList(Page):
    """The boards, and the reports drawn for them, newest first."""

    permission = Permission.SEE_REPORTS

    def get_context_data(self, **kwargs):
        drawn = BoardReport.objects.visible_to(self.request.user).select_related("drawn_by").order_by("-drawn_at", "-pk")
        user = self.request.user
        regular = RegularReport.objects.visible_to(user).select_related("contract").order_by("-starts_on", "pk")
        return super().get_context_data(
            regular=regular[:MOST], boards=Board, drawn=drawn[:MOST], reads_waiting=user.can(Permission.SEE_WAITING_REPORT),
            counts_needs=user.can(Permission.COUNT_NEEDS), sees_disputes=user.can(Permission.SEE_DISPUTES),
            may_see_purchases=user.can(Permission.SEE_PURCHASES), **kwargs,
        )  # fmt: skip


class DraftReport(ActionView):
    """What the next report to a board would say, and the button that draws it."""

    permission = Permission.SEE_REPORTS
    template_name = "kpis/board_report.html"
    success_message = "Drawn. It will not change. The PDF is ready in a moment."

    def dispatch(self, request, *args, **kwargs):
        if kwargs["board"] not in Board.values:
            raise Http404
        if request.method == "POST":
            self.permission = Permission.DRAW_REPORTS
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        user = self.request.user
        facts = report_facts(user.acting.authority, self.kwargs["board"], *period_dates("quarter", clock.today()))
        return super().get_context_data(facts=facts, may_draw=user.can(Permission.DRAW_REPORTS), **kwargs)

    def act(self, form):
        report = draw_report(self.request.user.acting.authority, board=self.kwargs["board"], by=self.request.user)
        return report.get_absolute_url()


class ReportRecord:
    """A drawn report, found by its board and reference."""

    permission = Permission.SEE_REPORTS
    model = BoardReport

    def records(self):
        return super().records().filter(board=self.kwargs["board"]).select_related("version__file", "version__document", "drawn_by")


class ReportDetail(ReportRecord, RecordDetail):
    """A report as it was drawn."""

    template_name = "kpis/board_report.html"

    def get_context_data(self, **kwargs):
        report = self.object
        far = None if report.version.file_id else printing.printing_of(PRINTED_BY, report.reference)
        may_print = self.request.user.can(Permission.DRAW_REPORTS)
        return super().get_context_data(facts=report.version.frozen, report=report, printing=far, may_print=may_print, **kwargs)


class PrintReportAgain(ReportRecord, ButtonDeed):
    """A report that could not be printed is tried again."""

    permission = Permission.DRAW_REPORTS
    success_message = "It is tried again now."

    def act(self, form):
        print_again(PRINTED_BY, self.record.reference, on=self.record, authority=self.record.authority, by=self.request.user)


class ReportFile(ReportRecord, StoredFileDetail):
    """The PDF of a report, as it was printed."""

    def stored(self, record):
        return record.version.file
