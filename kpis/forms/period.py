"""What a page of figures is about: which measures, of what, when."""

from functools import cache
from typing import NamedTuple

from django import forms

from contracts.models import Contract
from core import clock
from core.forms import HouseFilterForm
from core.written import Question
from kpis.measures.period import choices_of, last_quarter, period_from
from referrals.choices import ProvisionKind
from referrals.models.provision import whose

LINES = [("13", "13 months"), ("24", "24 months"), ("36", "36 months"), ("60", "60 months")]
# Who looks at what: the measures that each has on one screen.
VIEWS = {
    "commissioner": ("Commissioner", (
        "days-to-decision", "days-to-place", "children-waiting", "outreach-occupancy", "hub-occupancy", "rooms-occupancy",
        "ended-as-planned", "goals-reached", "homes-ended-early", "marks", "complaints", "spend-of-budget",
    )),
    "head-of-service": ("Head of service", (
        "days-to-sign-off", "days-signed-to-decision", "days-decision-to-place", "children-waiting", "decisions-agreed",
        "actions-overdue", "ended-as-planned", "homes-ended-early", "three-or-more-homes", "sdq-lower", "sdq-coverage",
        "complaints-in-time",
    )),
    "steering-group": ("Steering group", (
        "days-to-decision", "days-to-place", "children-waiting", "outreach-occupancy", "hub-occupancy", "empty-days",
        "quorate-decisions", "notice-in-time", "papers-in-time", "actions-overdue", "decisions-agreed", "goals-reached",
    )),
    "all": ("Every measure", ()),
}  # fmt: skip


class PeriodForm(HouseFilterForm):
    """A month, a quarter or a financial year; the quarter that ended last where nothing is said."""

    period = forms.ChoiceField(label="Period", required=False)

    usual_answers = {}

    def __init__(self, said, *args, **kwargs):
        # What the address does not say is shown as it is usually answered.
        answers = {"period": last_quarter(clock.today()).slug, **self.usual_answers}
        super().__init__({**answers, **{key: value for key, value in said.items() if value}}, *args, **kwargs)
        self.fields["period"].choices = choices_of(clock.today())

    @property
    def chosen(self):
        """The period that was asked for."""
        return period_from(self.cleaned_data["period"])


class LineForm(PeriodForm):
    """A period, and how far back the line goes."""

    usual_answers = {"months": "24"}

    months = forms.ChoiceField(label="Line", choices=LINES, required=False)


class DashboardForm(PeriodForm):
    """Whose view, of which contract, which service, and when."""

    view = forms.ChoiceField(label="View", choices=[(key, words) for key, (words, _) in VIEWS.items()], required=False)
    contract = forms.ChoiceField(label="Contract", required=False)
    service = forms.ChoiceField(label="Service", required=False)

    field_order = ["view", "contract", "service", "period"]

    def __init__(self, said, *args, contracts, services, usual, **kwargs):
        self.usual_answers = {"view": usual}
        super().__init__(said, *args, **kwargs)
        self.fields["contract"].choices = [("", "All contracts"), *((each.slug, each.name) for each in contracts)]
        self.fields["service"].choices = [("", "All services"), *((kind, ProvisionKind(kind).label) for kind in services)]


class Narrowing(NamedTuple):
    """A contract that figures may be narrowed to."""

    pk: int
    slug: str
    name: str


def contracts_of(user) -> list[Narrowing]:
    """The contracts that a reader may narrow figures to."""
    if user.acting is None:
        return []
    by, key = whose(user)
    return [Narrowing(*row) for row in _priced(by)(key)]


@cache
def _priced(by: str) -> Question:
    """Contracts that have a price, by whose they are."""
    return Question(lambda key: Contract.objects.filter((by, key), lots__prices__isnull=False).distinct().order_by("name").values_list(*Narrowing._fields))
