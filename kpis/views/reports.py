"""Reports to the boards: what each would say today, drawing one, and those that were drawn."""

from django.http import Http404, HttpResponse

from contracts.choices import Board
from core import clock, files
from core.roles import Permission
from core.views.bases import ActionView, Page, RecordDetail
from kpis.actions.board_report import draw_report
from kpis.measures.period import period_dates
from kpis.models import BoardReport
from kpis.papers.board_report import report_facts

MOST = 24


class ReportList(Page):
    """The boards, and the reports drawn for them, newest first."""

    permission = Permission.SEE_REPORTS

    def get_context_data(self, **kwargs):
        drawn = BoardReport.objects.visible_to(self.request.user).select_related("drawn_by").order_by("-drawn_at", "-pk")
        return super().get_context_data(boards=Board, drawn=drawn[:MOST], **kwargs)


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
        return super().records().filter(board=self.kwargs["board"]).select_related("version__file", "drawn_by")


class ReportDetail(ReportRecord, RecordDetail):
    """A report as it was drawn."""

    template_name = "kpis/board_report.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(facts=self.object.version.frozen, report=self.object, **kwargs)


class ReportFile(ReportRecord, RecordDetail):
    """The PDF of a report, as it was printed."""

    def get(self, request, *args, **kwargs):
        version = self.get_object().version
        if version.file is None:
            raise Http404
        try:
            content = files.read(version.file)
        except files.FileDamaged as damage:
            raise Http404 from damage
        headers = {"Content-Disposition": f'attachment; filename="{version.file.name}"'}
        return HttpResponse(content, content_type="application/pdf", headers=headers)
