"""One measure or indicator: its line, what it shows, how it is counted; and the records behind a period's figure."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from core.roles import Permission
from core.views.bases import ReadingPage
from kpis.forms.period import LineForm
from kpis.measures.behind import MOST, OF_A_CHILD, behind
from kpis.measures.goals import goal_of, goals_of
from kpis.measures.indicator_line import indicator_shown
from kpis.measures.kept_back import kept_back
from kpis.measures.period import period_from
from kpis.measures.recommendations import attainment
from kpis.measures.rows import is_small
from kpis.measures.service import BY_SLUG
from kpis.measures.shown import shown
from kpis.measures.told import SHOWN, look
from kpis.measures.values_shown import in_words
from kpis.models import Indicator, Rebase
from kpis.models.imports import RETURNED_SOURCE
from kpis.views.dashboard import PeriodPage, hides

REBASES = Permission.CHANGE_CONTRACTS


class KpiDetail(PeriodPage):
    """One measure of the service's own, or one indicator as it is printed."""

    template_name = "kpis/kpi_detail.html"
    shown = None

    def make_form(self):
        return LineForm(self.request.GET)

    def get_context_data(self, **kwargs):
        slug, user = kwargs["slug"], self.request.user
        measure = BY_SLUG.get(slug)
        rebased = list(Rebase.objects.visible_to(user).filter(slug=slug).select_related("set_by").order_by("from_on"))
        facts = self._measure(measure, user, rebased) if measure else self._indicator(slug, user, rebased)
        return super().get_context_data(**{**kwargs, **facts, "rebased": rebased, "may_rebase": user.can(REBASES), "hides": hides(user)})

    def _measure(self, measure, user, rebased):
        """A measure's facts and drawings."""
        form = self.form()
        period, months = form.chosen, int(form.cleaned_data["months"])
        self.measure = measure
        reading = look(
            user.acting.authority_id, hide=hides(user), until=period.last_day, since=period.starts_on, months=months, measures=[measure]
        )
        goal = goal_of(measure, goals_of(user.acting.authority_id, period.last_day))
        self.shown = shown(measure, reading, period, goal=goal, rebased=rebased, months=months)
        return {
            "measure": measure, "name": measure.name, "form": form, "period": period, "shown": self.shown, "row": self.shown.row,
            "goal": goal, "is_told": reading.is_told(measure),
        }  # fmt: skip

    def _indicator(self, slug, user, rebased):
        """An indicator's definition, targets and values, as printed, and its line."""
        rows = Indicator.objects.visible_to(user).select_related("recommendation")
        # Figures of stored returns share children, so their own page hides them together.
        indicator = get_object_or_404(rows.exclude(source=RETURNED_SOURCE), slug=slug)
        definition = indicator.definitions.order_by("-version").first()
        values = list(indicator.values.order_by("period_end", "pk"))
        for value in values:
            value.words = in_words(value, definition)
        kept = kept_back(indicator.authority_id, hide=hides(user))
        return {
            "indicator": indicator, "kept": kept, "attainment": attainment(indicator, kept), "name": indicator.name,
            "values": values, "targets": indicator.targets.order_by("due_on"),
            "definition": definition,
            "line": indicator_shown(indicator, rebased=rebased, kept=kept),
        }  # fmt: skip

    def exact_counts(self) -> str:
        if self.shown is None or hides(self.request.user):
            return ""
        counts = [self.shown.row.counted, *(row["count"] for row in (self.shown.chart.rows if self.shown.chart else []))]
        return f"“{self.measure.name}”" if any(is_small(count, self.measure) for count in counts) else ""


def said_of(said) -> int:
    """How many records a figure was told of."""
    return said.count.denominator if said.count else 0


class FigureRecords(ReadingPage):
    """The records behind one period's figure; that each child's was read is in the trail."""

    permission = Permission.SEE_KPIS
    template_name = "kpis/figure_records.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.found = None

    def found_now(self):
        """The measure, the period, what is said of it, and the records that this person may have; asked for once."""
        if self.found is None:
            measure, period = BY_SLUG.get(self.kwargs["figure"]), period_from(self.kwargs["during"])
            if measure is None or period is None:
                raise Http404
            user = self.request.user
            hide = hides(user)
            reading = look(user.acting.authority_id, hide=hide, until=period.last_day, since=period.starts_on, months=1, measures=[measure])
            said = reading.of(measure, period)
            facts = measure.behind(reading.facts(measure), period.starts_on, period.ends_on) if said.state == SHOWN else []
            rows = behind(facts, user, by_reference=hide)
            if reading.is_told(measure) and not len(rows) == len(facts) == said_of(said):
                rows = []  # how many are kept back, or were written down later, would be told by how many are listed
            self.found = measure, period, said, facts, rows
        return self.found

    def read(self):
        """The children's records among them."""
        return [one.record for one in self.found_now()[4] if one.fact.record in OF_A_CHILD]

    def get_context_data(self, **kwargs):
        measure, period, said, facts, rows = self.found_now()
        hide = hides(self.request.user)
        return super().get_context_data(
            measure=measure, period=period, said=said, rows=rows, most=MOST, is_more=len(facts) > MOST,
            by_reference=hide and any(one.fact.record in OF_A_CHILD for one in rows), hides=hide,
            value=measure.in_words(said.count.value) if said.count else "", is_kept=len(rows) < min(len(facts), MOST) or (not rows and said_of(said) > 0),
            has_days=measure.unit == "days" and any(one.fact.amount is not None for one in rows), **kwargs,
        )  # fmt: skip
