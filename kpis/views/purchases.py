"""How homes are bought: for those who buy."""

from core import clock
from core.roles import Permission
from core.views.bases import Page
from kpis.measures.purchases import bought_now
from kpis.views.dashboard import hides


class HomesBought(Page):
    """How many homes are bought by each route, and what they cost a week."""

    permission = Permission.SEE_PURCHASES
    template_name = "kpis/homes_bought.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        hide = hides(user)
        rows, total = bought_now(user.acting.authority_id, hide=hide)
        return super().get_context_data(rows=rows, total=total, hides=hide, day=clock.today(), **kwargs)
