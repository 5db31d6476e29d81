"""Benefits by child in references, and what children's homes and support cost."""

from django.http import HttpResponse

from contracts.models import Benefit
from contracts.models.benefit_register import register
from core import clock
from core.actions.lists import export_list
from core.roles import Permission
from core.views.bases import Page, ReadingPage
from kpis.measures.benefits import by_child
from kpis.measures.unit_costs import RULE, SHAPE, as_csv, unit_costs
from kpis.views.dashboard import hides


class BenefitsByChild(ReadingPage):
    """Baseline against actual, and each child's benefit in references; that each was read is recorded."""

    permission = Permission.SEE_BENEFITS
    template_name = "kpis/benefits_by_child.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self._rows = None

    @property
    def rows(self):
        """The benefits of children that this person may see."""
        if self._rows is None:
            seen = Benefit.objects.visible_to(self.request.user)
            self._rows = register(seen.filter(child__isnull=False, is_modelled=False).in_order())
        return self._rows

    def read(self):
        return [row.benefit for row in self.rows]

    def get_context_data(self, **kwargs):
        return super().get_context_data(kinds=by_child(self.request.user, self.rows), **kwargs)


class UnitCostsPage(Page):
    """What children's homes and support cost; few children are hidden from whoever watches, and in the file from all."""

    permission = Permission.SEE_BENEFITS
    template_name = "kpis/unit_costs.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        hide = hides(user)
        found = unit_costs(user.acting.authority, seen_by=None if hide else user)
        return super().get_context_data(found=found, hides=hide, rule=RULE, shape=SHAPE, **kwargs)

    def post(self, request, *args, **kwargs):
        """The file; that it was taken is kept."""
        found = unit_costs(request.user.acting.authority)
        export_list(path=request.path, query="", rows=found.rows, by=request.user)
        name = f"unit-costs-{clock.today().isoformat()}.csv"
        return HttpResponse(
            as_csv(found), content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )
