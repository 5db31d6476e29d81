"""Disputes the group did not settle in its meeting: raised, and each step under clause 59 (000:178-180)."""

from datetime import date

from django.db import transaction

from core import audit, clock
from core.models import User
from core.rules import FieldReason, refuse_if
from panels.choices import DisputeStage
from panels.models import AgendaItem, Dispute, DisputeStep, Panel
from panels.rules.disputes import Step, why_not_take_step

FIELDS = {"Say what": "words", "Give the day by": "due_on", "An answer is due": "due_on", "Give the day of": "on",
          "The day of this": "on", "This step is": "on"}  # fmt: skip


def _beside(reasons: list[str]) -> list[str]:
    """Each reason beside the field it is about."""
    return [next((FieldReason(f, r) for start, f in FIELDS.items() if r.startswith(start)), r) for r in reasons]


@transaction.atomic
def raise_dispute(panel: Panel, *, about: str, words: str, on: date, due_on: date | None,
                  stage: str = DisputeStage.REFERRED, item: AgendaItem | None = None, by: User) -> Dispute:  # fmt: skip
    """Keep a dispute that a meeting did not settle, and where it goes first."""
    reasons = _beside(why_not_take_step(Step(stage=stage, on=on, due_on=due_on, words=words, today=clock.today())))
    if not about.strip():
        reasons.append(FieldReason("about", "Say in a line what it is about."))
    refuse_if(reasons)

    dispute = Dispute.objects.create(
        panel=panel, item=item, about=" ".join(about.split())[:200], stage=stage, raised_on=on, due_on=due_on
    )
    DisputeStep.objects.create(dispute=dispute, stage=stage, on=on, words=words.strip(), due_on=due_on, recorded_by=by)

    audit.record("dispute.raised", on=dispute, by=by, sentence=f"Raised dispute {dispute.reference} of {panel}.")
    return dispute


@transaction.atomic
def take_dispute_step(dispute: Dispute, *, stage: str, words: str, on: date, due_on: date | None, by: User) -> DisputeStep:
    """One more step of a dispute: where it is now, and by when it is answered."""
    dispute = Dispute.objects.select_for_update(of=("self",)).select_related("panel").get(pk=dispute.pk)
    step = Step(
        stage=stage, on=on, due_on=due_on, words=words, today=clock.today(), began_on=dispute.raised_on,
        is_over=not dispute.is_open,
    )  # fmt: skip
    refuse_if(_beside(why_not_take_step(step)))

    dispute.stage, dispute.due_on = stage, due_on
    dispute.save()
    kept = DisputeStep.objects.create(
        dispute=dispute, stage=stage, on=on, words=words.strip(), due_on=due_on, recorded_by=by
    )

    audit.record(
        "dispute.step_taken", on=dispute, by=by,
        sentence=f"Dispute {dispute.reference} of {dispute.panel}: {kept.get_stage_display()}.",
    )  # fmt: skip
    return kept
