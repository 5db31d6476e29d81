"""Behind a contract's figure: the journeys that were compared, each by reference, with no name, birth date or words."""

from django.shortcuts import get_object_or_404

from contracts.models import Contract
from contracts.views.head import ContractRecord, head_of
from core.roles import Permission
from core.views.bases import RecordDetail, RecordList
from kpis.measures.journeys import compared_behind, compared_cost
from referrals.models import Child
from referrals.models.compare import comparison
from referrals.rules.placement import KINDS
from referrals.views.compare import outcomes_of, running_chart


class ContractJourneys(ContractRecord, RecordDetail):
    """The figure: how many journeys were compared, what they cost, and what is modelled without the service."""

    permission = Permission.SEE_COMPARED
    template_name = "kpis/contract_journeys.html"

    def get_context_data(self, **kwargs):
        found = compared_cost(self.object, self.request.user)
        return super().get_context_data(found=found, **self.identity(self.object), **kwargs)


class BehindAContract:
    """Pages behind that figure, of one contract this person may see."""

    permission = Permission.SEE_COMPARED
    model = Child

    def records(self):
        seen = Contract.objects.visible_to(self.request.user).select_related("provider", "authority")
        self.contract = get_object_or_404(seen, slug=self.kwargs["slug"])
        return compared_behind(self.contract, self.request.user)


class ComparedJourneys(BehindAContract, RecordList):
    """The journeys by reference."""

    template_name = "kpis/compared_journeys.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**head_of(self.contract, self.request), **kwargs)


class ComparedJourney(BehindAContract, RecordDetail):
    """One compared journey: kinds of home, costs and differences; opening it is in the record's reading log."""

    template_name = "kpis/compared_journey.html"

    def records(self):
        return super().records().select_related("authority")

    def get_context_data(self, **kwargs):
        child, user = self.object, self.request.user
        found = comparison(child, user)
        homes = [{"kind": KINDS[home.kind], "starts_on": home.starts_on, "ends_on": home.ends_on} for home in child.homes.oldest_first()]
        return super().get_context_data(
            comparison=found, chart=running_chart(found), without=found.less_than("without"), planned=found.less_than("planned"),
            actual=found.journey("actual"), homes=homes[:50], outcomes=outcomes_of(child), **head_of(self.contract, self.request), **kwargs,
        )  # fmt: skip
