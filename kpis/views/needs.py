"""How often what was needed could not be had, for those who commission."""

from core.roles import Permission
from core.views.bases import Page
from kpis.measures.needs import needs_by_quarter
from kpis.views.dashboard import hides


class NeedsReport(Page):
    """Counts by quarter, without a word of what anybody needed; commissioners read no count of 1 to 5 children."""

    permission = Permission.COUNT_NEEDS
    template_name = "kpis/needs_report.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        hide = hides(user)
        return super().get_context_data(
            quarters=needs_by_quarter(user.acting.authority_id, hide=hide), hides=hide, reads_list=user.can(Permission.READ_DECISIONS), **kwargs
        )
