"""A contract's gates, reports of progress and plans; and what is done about them."""

from datetime import date
from itertools import zip_longest

from django.shortcuts import get_object_or_404

from contracts.actions.gate import (
    add_evidence,
    add_step,
    decide_gate,
    finish_step,
    freeze_baseline,
    judge_report,
    open_gate,
)
from contracts.choices import GateKind, PlanKind
from contracts.forms.facts import (
    BaselineForm,
    DecideGateForm,
    EvidenceForm,
    GateForm,
    ReportForm,
    StepForm,
)
from contracts.models import Baseline, Contract, Gate
from contracts.models.reports import report_lines, wanting
from contracts.rules.gate import NEEDED, WORDS
from contracts.views.head import ContractDeed, ContractRecord, head_of, pressed
from core.roles import Permission
from core.views.bases import ButtonDeed, Question, RecordDetail

MOST = 100


class Plans(ContractRecord, RecordDetail):
    """What the contract waits for, what has come in, and what is still to be done."""

    template_name = "contracts/plans.html"

    def get_context_data(self, **kwargs):
        contract, user = self.object, self.request.user
        steps = list(contract.steps.select_related("lot", "done_by").order_by("due_on", "pk")[:MOST])
        lines = report_lines(contract)
        return super().get_context_data(
            **self.identity(contract), gates=contract.gates.select_related("lot", "decided_by").order_by("due_on", "pk")[:MOST],
            plans=[{"label": plan.label, "steps": [row for row in steps if row.plan == plan]} for plan in PlanKind],
            lots=list(contract.lots.order_by("pk")[:50]), lines=lines[:12], due=len(lines), wanting=sum(line.is_wanting for line in lines),
            baselines=contract.baselines.order_by("pk")[:MOST], may_change=user.can(Permission.CHANGE_CONTRACTS),
            may_finish=user.can(Permission.AGREE_VARIATIONS), **kwargs,
        )  # fmt: skip


class GateDetail(RecordDetail):
    """One gate: its conditions, its evidence, the baseline, the reports that are wanting, and the decision."""

    permission = Permission.SEE_CONTRACTS
    model = Gate

    def records(self):
        return super().records().select_related("contract__provider", "contract__authority", "lot", "baseline", "decided_by")

    def get_context_data(self, **kwargs):
        gate, user = self.object, self.request.user
        evidence = list(gate.evidence.select_related("added_by").order_by("pk")[:MOST])
        put = {row.criterion for row in evidence}
        asks = user.can(Permission.CHANGE_CONTRACTS) and gate.decided_at is None
        return super().get_context_data(
            **head_of(gate.contract, self.request), evidence=evidence, may_decide=asks,
            missing=[WORDS[one] for one in NEEDED[gate.kind] if one not in put] if gate.decided_at is None else [],
            wanting=wanting(gate.contract) if gate.kind == GateKind.EXTENSION else [],
            may_add=user.can(Permission.AGREE_VARIATIONS) and gate.decided_at is None, **kwargs,
        )  # fmt: skip


class AddEvidence(Question):
    """Put evidence before a gate; either party may."""

    permission = Permission.AGREE_VARIATIONS
    model = Gate
    form_class = EvidenceForm
    heading, submit_label, back_label, success_message = "Put evidence before the gate", "Add it", "Gate", "Added."

    def act(self, form):
        add_evidence(self.record, by=self.request.user, **form.cleaned_data)


class DecideGate(Question):
    """Decide a gate."""

    permission = Permission.CHANGE_CONTRACTS
    model = Gate
    form_class = DecideGateForm
    heading, submit_label, back_label, success_message = "Decide the gate", "Save the decision", "Gate", "Decided."

    def act(self, form):
        decide_gate(self.record, by=self.request.user, **form.cleaned_data)


class OpenGate(ContractDeed):
    """Open a gate."""

    form_class = GateForm
    asks_of_contract = True
    heading, submit_label, part, success_message = "Open a gate", "Open it", "plans", "Opened."

    def act(self, form):
        return open_gate(self.record, by=self.request.user, **form.cleaned_data).get_absolute_url()


class FreezeBaseline(ContractDeed):
    """Freeze a baseline."""

    form_class = BaselineForm
    heading, submit_label, part = "Freeze a baseline", "Freeze it", "plans"
    lead = "Nobody can change it afterwards. Its fingerprint shows that it is as it was."
    success_message = "Frozen."

    def act(self, form):
        return freeze_baseline(self.record, by=self.request.user, **form.cleaned_data).get_absolute_url()


class BaselineDetail(RecordDetail):
    """One frozen baseline, and whether it is as it was."""

    permission = Permission.SEE_CONTRACTS
    model = Baseline

    def records(self):
        return super().records().select_related("contract__provider", "contract__authority", "frozen_by")

    def get_context_data(self, **kwargs):
        tables = [
            {**table, "rows": [list(zip_longest(table["columns"], row, fillvalue="")) for row in table["rows"]]}
            for table in self.object.content["tables"]
        ]
        return super().get_context_data(**head_of(self.object.contract, self.request), tables=tables, **kwargs)


class JudgeReport(ContractDeed):
    """Say whether a report of progress is satisfactory."""

    form_class = ReportForm
    heading, submit_label, part = "A report of progress came in", "Save", "plans"
    success_message = "Saved."

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "lines": report_lines(self.record)}

    def act(self, form):
        typed = dict(form.cleaned_data)
        kind, _, first = typed.pop("period").partition(" ")
        judge_report(self.record, kind=kind, period_from=date.fromisoformat(first), by=self.request.user, **typed)


class AddStep(ContractDeed):
    """Add a step to a plan."""

    form_class = StepForm
    asks_of_contract = True
    heading, submit_label, part, success_message = "Add a step", "Add the step", "plans", "Added."

    def act(self, form):
        add_step(self.record, by=self.request.user, **form.cleaned_data)


class FinishStep(ButtonDeed):
    """A step is done; it is named by the button that was pressed."""

    permission = Permission.AGREE_VARIATIONS
    model = Contract
    slug_field = slug_url_kwarg = "slug"
    success_message = "Done."

    def get_success_url(self):
        return f"{self.record.get_absolute_url()}/plans"

    def act(self, form):
        steps = self.record.steps.filter(reference=pressed(self.request, "step"))
        finish_step(get_object_or_404(steps), by=self.request.user)
