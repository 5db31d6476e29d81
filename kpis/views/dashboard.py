"""The dashboard, and one measure or indicator with what it was counted from."""

from datetime import timedelta

from django.http import Http404
from django.shortcuts import get_object_or_404

from core import clock
from core.roles import Permission, Role
from core.views.bases import Page
from kpis.forms.period import PeriodForm
from kpis.measures.capacity import capacity
from kpis.measures.period import period_dates
from kpis.measures.recommendations import attainment, recommendations
from kpis.measures.rows import finding, row_for, rows_for
from kpis.measures.service import BY_SLUG, count_in_words
from kpis.models import Indicator

# Those who run the service see counts of 1 to 5 children; whoever watches it does not.
SEES_COUNTS = {Role.PANEL_ADMINISTRATOR, Role.PROVIDER_MANAGER, Role.SERVICE_MANAGER, Role.HEAD_OF_SERVICE}


def hides(user) -> bool:
    """Whether counts of 1 to 5 children are hidden from this person."""
    return user.acting.role not in SEES_COUNTS


class PeriodPage(Page):
    """A page about a period that its reader chooses."""

    permission = Permission.SEE_KPIS

    def chosen(self):
        """The form, the first day and the day after the last; a period nobody offers is not found."""
        form = PeriodForm(self.request.GET if "period" in self.request.GET else {"period": "quarter"})
        if not form.is_valid():
            raise Http404
        return form, *period_dates(form.cleaned_data["period"] or "quarter", clock.today())


class KpiDashboard(PeriodPage):
    """Is there room, what does it cost, what is getting worse."""

    template_name = "kpis/kpi_dashboard.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        form, starts_on, ends_on = self.chosen()
        rows = rows_for(user.acting.authority_id, starts_on=starts_on, ends_on=ends_on, hide=hides(user))
        bold, rest = finding(rows)
        return super().get_context_data(
            form=form, starts_on=starts_on, last_day=ends_on - timedelta(days=1), rows=rows, finding=bold,
            finding_rest=rest, capacity=capacity(user, hide=hides(user)), hides=hides(user),
            recommendations=recommendations(user), **kwargs,
        )  # fmt: skip


class KpiDetail(PeriodPage):
    """One measure of the service's own, or one indicator as it is printed."""

    template_name = "kpis/kpi_detail.html"

    def get_context_data(self, **kwargs):
        slug, user = kwargs["slug"], self.request.user
        measure = BY_SLUG.get(slug)
        facts = self._measure(measure, user) if measure else self._indicator(slug, user)
        return super().get_context_data(**{**kwargs, **facts})

    def _measure(self, measure, user):
        """A measure's facts and months."""
        form, starts_on, ends_on = self.chosen()
        hide = hides(user)
        row = row_for(measure, user.acting.authority_id, starts_on=starts_on, ends_on=ends_on, hide=hide)
        months = [
            {
                "starts_on": month.starts_on,
                "value": "c" if hide and measure.counts_children and 0 < month.count.numerator <= 5
                else measure.in_words(month.count.value),
                "count": count_in_words(month.count, measure, hide=hide),
            }
            for month in reversed(row.months)
        ]  # fmt: skip
        return {
            "measure": measure, "row": row, "months": months, "form": form, "name": measure.name, "hides": hide,
            "starts_on": starts_on, "last_day": ends_on - timedelta(days=1),
        }  # fmt: skip

    def _indicator(self, slug, user):
        """An indicator's definition, targets and values, as printed."""
        rows = Indicator.objects.visible_to(user).select_related("recommendation")
        indicator = get_object_or_404(rows, slug=slug)
        return {
            "indicator": indicator, "attainment": attainment(indicator), "name": indicator.name,
            "values": indicator.values.order_by("period_end", "pk"), "targets": indicator.targets.order_by("due_on"),
            "definition": indicator.definitions.order_by("-version").first(),
        }  # fmt: skip
