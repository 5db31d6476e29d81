"""The waiting list report: how long children wait, and what is done meanwhile."""

from core import clock
from core.roles import Permission
from core.views.bases import Page
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
