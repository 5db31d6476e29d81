"""Children's care in figures, from the service's own records: SDQ, homes that broke down, moves, goals, plans."""

from datetime import timedelta

from django.http import Http404

from core import clock
from core.dates import months_after
from core.roles import Permission
from core.views.bases import ReadingPage
from core.views.counts import CountsPage
from kpis.measures.behind import MOST, behind
from kpis.measures.care import breakdowns, goals, permanence, sdq_care
from kpis.measures.care_behind import FIGURES, facts_behind
from kpis.measures.care_moves import moves
from kpis.views.dashboard import hides
from referrals.models.high_sdq import year_of

EARLIER = 4


def chosen_year(request):
    """The year that the address asks for, or this one, with those that are offered."""
    this = year_of(clock.today())
    years = [months_after(this, -12 * back) for back in range(EARLIER)]
    typed = request.GET.get("year", str(this.year))
    first = next((year for year in years if str(year.year) == typed), None)
    if first is None:
        raise Http404
    return first, years


class CareFigures(CountsPage):
    """One financial year, beside those before it; that exact counts were read is in the trail."""

    permission = Permission.SEE_KPIS
    template_name = "kpis/care.html"

    def get_context_data(self, **kwargs):
        user = self.request.user
        hide, (first, years) = hides(user), chosen_year(self.request)
        last, authority = months_after(first, 12), user.acting.authority_id
        return super().get_context_data(
            years=years, year=first, last_day=last - timedelta(days=1), is_part=last > clock.today(), hides=hide, sdq=sdq_care(authority, first, hide=hide),
            broken=breakdowns(authority, first, last, hide=hide), moves=moves(authority, years[::-1], hide=hide),
            goals=goals(authority, first, last, hide=hide), permanence=permanence(authority, first, last, hide=hide),
            looks=user.can(Permission.LOOK_AT_SDQS), **kwargs,
        )  # fmt: skip

    def exact_counts(self) -> str:
        return "" if hides(self.request.user) else f"children’s care in the year from {chosen_year(self.request)[0].isoformat()}"


class CareRecords(ReadingPage):
    """The records behind one figure of children's care, for those who see counts; that each child's was read is in the trail."""

    permission = Permission.SEE_KPIS
    template_name = "kpis/care_records.html"

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.found = None

    def found_now(self):
        """The figure, its year, what stands behind it, and the records this person may have; asked for once."""
        if self.found is None:
            figure, user = FIGURES.get(self.kwargs["care_figure"]), self.request.user
            if figure is None or hides(user):
                raise Http404
            first, _ = chosen_year(self.request)
            facts = facts_behind(figure, user.acting.authority_id, first)
            self.found = figure, first, facts, behind(facts, user, by_reference=False)
        return self.found

    def read(self):
        """The children's records among them, each once."""
        return list({one.record.pk: one.record for one in self.found_now()[3]}.values())

    def get_context_data(self, **kwargs):
        figure, first, facts, rows = self.found_now()
        return super().get_context_data(
            figure=figure, year=first, last_day=months_after(first, 12) - timedelta(days=1), rows=rows, many=len(facts), most=MOST,
            is_more=len(facts) > MOST, is_kept=len(rows) < min(len(facts), MOST), has_days=any(fact.on != first for fact in facts), **kwargs,
        )  # fmt: skip
