"""The dashboard: is there room, what does it cost, what is getting worse."""

from django.http import Http404
from django.utils.functional import cached_property

from contracts.models import Price
from core import clock
from core.roles import Permission, Role
from core.views.counts import CountsPage
from kpis.forms.period import VIEWS, DashboardForm, PeriodForm, contracts_of
from kpis.measures.capacity import capacity, provisions_for
from kpis.measures.indicator_rows import indicator_groups
from kpis.measures.rows import finding, is_small, rows_of
from kpis.measures.service import BY_SLUG, MEASURES
from kpis.measures.told import look
from kpis.models import KeptBoard
from kpis.views.kpi_parts import drawn_filters, drawn_groups, drawn_kept, place_boxes
from kpis.views.kpi_rows import measure_rows
from referrals.models import Provision

# Those who run the service see counts of 1 to 5 children; whoever watches it does not.
SEES_COUNTS = {Role.PANEL_ADMINISTRATOR, Role.PROVIDER_MANAGER, Role.SERVICE_MANAGER, Role.HEAD_OF_SERVICE}
USUAL = {
    Role.HEAD_OF_SERVICE: "head-of-service", Role.SERVICE_MANAGER: "head-of-service", Role.STRATEGIC_MANAGER: "head-of-service",
    Role.CHAIR: "steering-group", Role.PANEL_MEMBER: "steering-group", Role.PANEL_ADMINISTRATOR: "steering-group",
}  # fmt: skip


def hides(user) -> bool:
    """Whether counts of 1 to 5 children are hidden from this person."""
    return user.acting.role not in SEES_COUNTS


class PeriodPage(CountsPage):
    """A page about a period that its reader chooses."""

    permission = Permission.SEE_KPIS

    def form(self):
        """What the address says; what nobody offers is not found."""
        form = self.make_form()
        if not form.is_valid():
            raise Http404
        return form

    def make_form(self):
        """The form, filled from the address."""
        return PeriodForm(self.request.GET)


class KpiDashboard(PeriodPage):
    """A table first, worst first; narrowed by contract, service and period in the address."""

    template_name = "kpis/kpi_dashboard.html"

    def make_form(self):
        usual = USUAL.get(self.request.user.acting.role, "commissioner")
        return DashboardForm(self.request.GET, contracts=self.contracts, services=self.services, usual=usual)

    @cached_property
    def contracts(self):
        """The contracts that this reader may narrow figures to."""
        return contracts_of(self.request.user)

    @cached_property
    def provisions(self) -> list[Provision]:
        """The provisions that this reader sees."""
        return provisions_for(self.request.user, hide=hides(self.request.user))

    @cached_property
    def services(self) -> list[str]:
        """The kinds of service that the authority has."""
        return sorted({row.kind for row in self.provisions}, key=["outreach", "hub", "properties", "group homes"].index)

    def get_context_data(self, **kwargs):
        user, form = self.request.user, self.form()
        period, view = form.chosen, form.cleaned_data["view"]
        narrowed, contracts = self.narrowed(form.cleaned_data)
        slugs = VIEWS[view][1]
        reading = look(
            user.acting.authority_id, hide=hides(user), until=period.last_day, since=period.starts_on, services=narrowed,
            is_whole=narrowed is None or narrowed >= set(self.services), measures=chosen(slugs, narrowed), may_be_kept=True,
        )  # fmt: skip
        board = reading.kept.board if reading.kept else None
        self.rows = rows_of(reading, period, contracts=contracts)
        bold, rest = finding(self.rows)
        places = capacity(user, hide=hides(user), kinds=narrowed, provisions=self.provisions)
        return super().get_context_data(
            filters=drawn_filters(form), period=period, rows=self.rows, finding=bold, finding_rest=rest, hides=hides(user), view_words=VIEWS[view][0],
            capacity=places, boxes=place_boxes(places.drawn.groups), today=clock.today(), drawn_indicators=drawn_indicators(user, board),
            drawn_rows=measure_rows(self.rows, period), board=board, now=clock.now(),
            narrowed_words=in_words(form), left_out=len(slugs or MEASURES) - len(self.rows), **kwargs,
        )  # fmt: skip

    def narrowed(self, said):
        """The kinds of service that the reader narrowed the page to, or None; and the contract's key, or None."""
        contract = next((each for each in self.contracts if each.slug == said["contract"]), None)
        kinds = None
        if contract:
            kinds = frozenset(Price.objects.filter(lot__contract=contract).values_list("provision__kind", flat=True))
        if said["service"]:
            kinds = frozenset({said["service"]} if kinds is None else kinds & {said["service"]})
        return kinds, [contract.pk] if contract else None

    def exact_counts(self) -> str:
        small = [row.name for row in self.rows if is_small(row.counted, row.measure)]
        return f"KPIs, {len(small)} of {len(self.rows)} measures" if small and not hides(self.request.user) else ""


def in_words(form) -> str:
    """What the page is narrowed to, in words."""
    said = form.cleaned_data
    return ", ".join(dict(form.fields[name].choices)[said[name]] for name in ("contract", "service") if said[name])


def drawn_indicators(user, board: KeptBoard | None):
    """The indicators' rows as this person may have them: as they are kept, or as they stand."""
    if board:
        return drawn_kept(board.watched_text if hides(user) else board.seen_text)
    return drawn_groups(indicator_groups(user, hide=hides(user)))


def chosen(slugs, services):
    """The measures of a view, without those that no service of the narrowed page has; every measure where it names none."""
    rows = [BY_SLUG[slug] for slug in slugs] if slugs else MEASURES
    if services is None:
        return rows
    return [measure for measure in rows if measure.is_by_service and (not measure.service or measure.service in services)]
