"""Comparing a child's journey: with what was planned, without the service, and what it changed."""

from core.charts import Line, Tick, line_chart, round_ticks
from core.roles import Permission
from core.views.bases import ActionView, RecordDetail
from referrals.actions.journey import set_scenario, write_narrative
from referrals.forms.journey import MOST_HOMES, ScenarioForm
from referrals.forms.placement import NarrativeForm
from referrals.models import Child
from referrals.models.compare import comparison, modelled
from referrals.views.child_head import CareRecord


class CompareJourneys(CareRecord, RecordDetail):
    """What happened, what was planned, and what there would be without the service, over the same days."""

    permission = Permission.COMPARE_JOURNEYS
    template_name = "referrals/journey_compare.html"

    def get_context_data(self, **kwargs):
        child = self.object
        found = comparison(child, self.request.user)
        return super().get_context_data(
            comparison=found, chart=running_chart(found) if found else "", narrative=getattr(child, "narrative", None),
            without=found.less_than("without") if found else None, planned=found.less_than("planned") if found else None,
            actual=found.journey("actual") if found else None, outcomes=outcomes_of(child), modelled=modelled(child),
            **self.identity(child), **kwargs,
        )  # fmt: skip


def outcomes_of(child) -> list[dict]:
    """Moves that are outcomes: from residential may be cashable, instead of it is avoidance."""
    from_residential, instead, before = [], [], ""
    for home in child.homes.oldest_first():
        words = home.outcome_after(before)
        if words:
            row = {"words": words, "on": home.starts_on}
            (from_residential if words.startswith("Moved") else instead).append(row)
        before = home.kind
    return [
        *({**row, "money": "May be cashable, when finance confirms"} for row in from_residential),
        *({**row, "money": "Avoidance: cost that did not arise"} for row in instead),
    ]


def running_chart(found):
    """The running totals as lines, ended with their sums."""
    weeks = len(found.weeks)
    if weeks < 2:
        return ""
    words = {"actual": "Actual", "planned": "Planned", "without": "Without"}
    whole = [journey for journey in found.journeys if journey.is_whole]
    highest = max((float(amount) for journey in whole for amount in journey.running), default=0)
    if not highest:
        return ""
    lines = [
        Line(
            f"{words[j.kind]} £{j.total.amount:,.0f}",
            [(0, 0), *((n / weeks, float(amount)) for n, amount in enumerate(j.running, 1))], j.kind,
        )
        for j in whole
    ]  # fmt: skip
    middle = found.first + (found.until - found.first) / 2
    days = [(0, found.first), (0.5, middle), (1, found.last)]
    return line_chart(
        lines, title_id="chart-title", across=[Tick(at, f"{day.day} {day:%b}") for at, day in days],
        up=round_ticks(highest, money=True), right=170,
    )  # fmt: skip


class AddScenario(ActionView):
    """Write another way the journey might go; the one of that kind before it is kept as replaced."""

    permission = Permission.COMPARE_JOURNEYS
    model = Child
    form_class = ScenarioForm
    success_message = "The journey is written, and compared with what happened."
    template_name = "referrals/journey_add_scenario.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(
            heading="Write a journey to compare with", submit_label="Save the journey",
            lead="It is never taken for what happened: the page says which is planned and which is modelled.",
            back_url=f"{self.record.get_absolute_url()}/journey/compare", back_label="Compare journeys", **kwargs,
        )  # fmt: skip
        form = context["form"]
        homes = [[form[f"{part}_{n}"] for part in ("words", "starts", "ends", "rate", "support")] for n in range(1, MOST_HOMES + 1)]
        return {**context, "homes": homes}

    def act(self, form):
        typed = form.cleaned_data
        set_scenario(
            self.record, kind=typed["kind"], basis=typed["basis"], agreed_on=typed["agreed_on"], homes=form.homes(),
            by=self.request.user,
        )  # fmt: skip
        return f"{self.record.get_absolute_url()}/journey/compare"


class WriteNarrative(ActionView):
    """The case study: what changed for the child, and how we know."""

    permission = Permission.COMPARE_JOURNEYS
    model = Child
    form_class = NarrativeForm
    success_message = "The case study is saved."
    template_name = "base_question.html"

    def get_initial(self):
        told = getattr(self.record, "narrative", None)
        return {"benefit": told.benefit, "evidence": told.evidence} if told else {}

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading="What this journey changed", submit_label="Save the case study",
            lead="Two or three sentences about the child’s life, not about the service.",
            back_url=f"{self.record.get_absolute_url()}/journey/compare", back_label="Compare journeys", **kwargs,
        )  # fmt: skip

    def act(self, form):
        write_narrative(self.record, **form.cleaned_data, by=self.request.user)
        return f"{self.record.get_absolute_url()}/journey/compare"

