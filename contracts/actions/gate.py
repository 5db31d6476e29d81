"""Gates and their evidence, frozen baselines, reports of progress, and the steps of plans."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from contracts.choices import Criterion, GateDecision, GateKind, PlanKind, ReportKind
from contracts.models import Baseline, Contract, Gate, GateEvidence, Lot, PlanStep, ProgressReport
from contracts.models.gate import fingerprint
from contracts.models.reports import due_reports, wanting
from contracts.rules.gate import (
    AtGate,
    why_not_add_evidence,
    why_not_add_step,
    why_not_decide_gate,
    why_not_finish_step,
    why_not_freeze,
    why_not_judge_report,
)
from contracts.rules.quarters import Quarter
from core import audit, clock
from core.rules import refuse_if


@transaction.atomic
def freeze_baseline(contract: Contract, *, title: str, as_of_on: date | None, tables: list[dict], source: str = "", by) -> Baseline:
    """Freeze figures against which a pilot is judged; the database refuses any later change (002:644)."""
    refuse_if(why_not_freeze(title, tables, as_of=as_of_on, today=clock.today()))

    content = {"tables": tables}
    baseline = Baseline.objects.create(
        contract=contract, title=title.strip(), as_of_on=as_of_on, content=content, sha256=fingerprint(content),
        source=source, frozen_by=by,
    )  # fmt: skip

    audit.record(
        "baseline.frozen", on=baseline, by=by, authority=contract.authority,
        sentence=f"Froze baseline {baseline.reference}, SHA-256 {baseline.sha256[:12]}.",
    )  # fmt: skip
    return baseline


@transaction.atomic
def open_gate(contract: Contract, *, kind: str, due_on: date, lot: Lot | None = None, baseline: Baseline | None = None,
              source: str = "", by) -> Gate:  # fmt: skip
    """Open a gate that the contract waits for, by a day."""
    gate = Gate.objects.create(
        contract=contract, kind=GateKind(kind), lot=lot, due_on=due_on, baseline=baseline, source=source
    )

    audit.record(
        "gate.opened", on=gate, by=by, authority=contract.authority, sentence=f"Opened the gate {gate} of {contract}."
    )
    return gate


@transaction.atomic
def add_evidence(gate: Gate, *, criterion: str, text: str, is_met: bool, by) -> GateEvidence:
    """Put one piece of evidence before a gate."""
    gate = Gate.objects.select_for_update(of=("self",)).get(pk=gate.pk)
    refuse_if(why_not_add_evidence(text, is_decided=gate.decided_at is not None))

    row = GateEvidence.objects.create(
        gate=gate, criterion=Criterion(criterion), text=text.strip(), is_met=is_met, added_by=by
    )

    audit.record(
        "evidence.added", on=row, by=by, authority=gate.contract.authority,
        sentence=f"Put evidence before gate {gate.reference}: {row.get_criterion_display().lower()}.",
    )  # fmt: skip
    return row


@transaction.atomic
def decide_gate(gate: Gate, *, decision: str, reason: str, despite: str = "", by) -> Gate:
    """Decide a gate, once, on what is before it."""
    gate = Gate.objects.select_for_update(of=("self",)).get(pk=gate.pk)
    shown: dict[str, bool] = {}
    for row in gate.evidence.all():
        shown[row.criterion] = shown.get(row.criterion, True) and row.is_met
    refuse_if(
        why_not_decide_gate(AtGate(
            gate.kind, decision, reason, despite, has_baseline=gate.baseline_id is not None, evidence=shown,
            reports_wanting=len(wanting(gate.contract)) if gate.kind == GateKind.EXTENSION else 0,
            is_decided=gate.decided_at is not None,
        ))
    )  # fmt: skip

    gate.decision, gate.reason, gate.despite = GateDecision(decision), reason.strip(), despite.strip()
    gate.decided_by, gate.decided_at = by, clock.now()
    gate.save()

    audit.record(
        "gate.decided", on=gate, by=by, authority=gate.contract.authority,
        sentence=f"Decided gate {gate.reference}: {gate.get_decision_display().lower()}.",
    )  # fmt: skip
    return gate


@transaction.atomic
def judge_report(contract: Contract, *, kind: str, period_from: date | None, received_on: date | None, is_satisfactory: bool,
                 note: str = "", by) -> ProgressReport:  # fmt: skip
    """Write down that a report of progress came in, and whether it is satisfactory. Locks the contract."""
    contract = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    judged = set(contract.progress_reports.values_list("kind", "period_from"))
    refuse_if(
        why_not_judge_report(
            kind, period_from, due=due_reports(contract), judged=judged, received_on=received_on, today=clock.today()
        )
    )

    report = ProgressReport.objects.create(
        contract=contract, kind=ReportKind(kind), period_from=period_from, received_on=received_on,
        is_satisfactory=is_satisfactory, note=note.strip(), judged_by=by,
    )  # fmt: skip

    audit.record(
        "report.judged", on=report, by=by, authority=contract.authority,
        sentence=f"Judged the {report}: {'satisfactory' if is_satisfactory else 'not satisfactory'}.",
    )  # fmt: skip
    return report


@transaction.atomic
def keep_quarterly_report(contract: Contract, quarter: Quarter, *, received_on: date, is_satisfactory: bool, note: str, by) -> ProgressReport | None:
    """A quarter's return was accepted: it is the report of progress of that quarter, as the term asks for (002:955).

    None where the contract asks for none of that quarter, or somebody judged it before: that stands.
    """
    contract = Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    due = [one for one in due_reports(contract) if (one.kind, one.until) == (ReportKind.QUARTERLY, quarter.ends_on)]
    judged = contract.progress_reports.filter(kind=ReportKind.QUARTERLY, period_from__in=[one.first for one in due])
    if not due or judged.exists():
        return None

    report = ProgressReport.objects.create(
        contract=contract, kind=ReportKind.QUARTERLY, period_from=due[0].first, received_on=received_on,
        is_satisfactory=is_satisfactory, note=note, judged_by=by,
    )  # fmt: skip

    audit.record(
        "report.judged", on=report, by=by, authority=contract.authority,
        sentence=f"Kept the return for {quarter} as the {report}: {'satisfactory' if is_satisfactory else 'not satisfactory'}.",
    )  # fmt: skip
    return report


@transaction.atomic
def judge_reports(contract: Contract, periods: Iterable, *, by) -> list[ProgressReport]:
    """Write down at once that several reports came in on the last day of their period, all satisfactory."""
    rows = ProgressReport.objects.bulk_create(
        ProgressReport(
            contract=contract, kind=ReportKind(one.kind), period_from=one.first, received_on=one.until,
            is_satisfactory=True, judged_by=by,
        )
        for one in periods
    )  # fmt: skip

    audit.record(
        "reports.judged", on=contract, by=by, sentence=f"Judged {len(rows)} reports of progress satisfactory."
    )
    return rows


@transaction.atomic
def add_step(contract: Contract, *, plan: str, what: str, owner: str, due_on: date | None, lot: Lot | None = None, note: str = "",
             source: str = "", by) -> PlanStep:  # fmt: skip
    """Add a step to a contract's mobilisation plan, or to its handing over and ending."""
    refuse_if(why_not_add_step(what, owner, due_on=due_on))

    step = PlanStep.objects.create(
        contract=contract, lot=lot, plan=PlanKind(plan), what=what.strip(), owner=owner.strip(), due_on=due_on,
        note=note.strip(), source=source,
    )  # fmt: skip

    audit.record(
        "step.added", on=step, by=by, authority=contract.authority, sentence=f"Added a step to the plan of {contract}."
    )
    return step


@transaction.atomic
def add_steps(contract: Contract, steps: Iterable[dict], *, by) -> list[PlanStep]:
    """Write down a whole plan at once, each step as add_step takes it."""
    rows = PlanStep.objects.bulk_create(PlanStep(contract=contract, **step) for step in steps)

    audit.record("plan.written", on=contract, by=by, sentence=f"Wrote {len(rows)} steps of the plans of {contract}.")
    return rows


@transaction.atomic
def finish_step(step: PlanStep, *, by) -> PlanStep:
    """A step of a plan is done."""
    step = PlanStep.objects.select_for_update(of=("self",)).get(pk=step.pk)
    refuse_if(why_not_finish_step(is_done=step.done_at is not None))

    step.done_by, step.done_at = by, clock.now()
    step.save()

    audit.record(
        "step.done", on=step, by=by, authority=step.contract.authority, sentence=f"Did a step of the plan of {step.contract}."
    )
    return step
