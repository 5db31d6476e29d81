"""Decisions on the council's case system: entered, and checked by somebody else, one by one or several that were ticked."""

from collections.abc import Collection

from django.db import transaction

from core import audit, clock
from core.models import User
from core.rules import refuse_if
from core.several import Outcome, do_each
from panels.models import Decision
from panels.rules.entries import why_not_check_entry, why_not_enter


def _locked(decision: Decision) -> Decision:
    """The decision, its row held until the deed is done."""
    return Decision.objects.select_for_update(of=("self",)).select_related("item__meeting__panel__authority", "item__referral").get(pk=decision.pk)


@transaction.atomic
def enter_on_case_system(decision: Decision, *, by: User) -> Decision:
    """The decision has been copied onto the council's case system."""
    decision = _locked(decision)

    refuse_if(why_not_enter(decision.released_at is not None, decision.on_case_system_at is not None))

    decision.on_case_system_at, decision.on_case_system_by = clock.now(), by
    decision.entry_reopened_because = ""
    decision.save()

    audit.record(
        "decision.entered", on=decision, by=by, authority=decision.item.meeting.panel.authority,
        sentence=f"Decision {decision.reference} is on the case system.",
    )  # fmt: skip
    return decision


@transaction.atomic
def check_entry(decision: Decision, *, by: User) -> Decision:
    """Somebody else has read the entry on the case system against the decision."""
    decision = _locked(decision)

    refuse_if(
        why_not_check_entry(
            decision.on_case_system_at is not None, decision.entry_checked_at is not None, decision.on_case_system_by_id == by.pk
        )
    )

    decision.entry_checked_at, decision.entry_checked_by = clock.now(), by
    decision.save()

    audit.record(
        "decision.entry_checked", on=decision, by=by, authority=decision.item.meeting.panel.authority,
        sentence=f"The entry of decision {decision.reference} on the case system was checked.",
    )  # fmt: skip
    return decision


@transaction.atomic
def enter_several(references: Collection[str], *, by: User) -> list[Outcome]:
    """Several decisions have been copied onto the case system; a refusal stops none of the others."""
    deed = lambda decision: enter_on_case_system(decision, by=by)  # noqa: E731
    outcomes = do_each(references, Decision.objects.visible_to(by), deed, says="On the case system.", noun="decision")

    done = sum(outcome.is_done for outcome in outcomes)
    audit.record("decisions.entered", on=by, by=by, sentence=f"Entered {done} of {len(outcomes)} decisions together.")
    return outcomes


@transaction.atomic
def check_several(references: Collection[str], *, by: User) -> list[Outcome]:
    """Several entries have been read against their decisions by somebody who did not make them; a refusal stops no other."""
    deed = lambda decision: check_entry(decision, by=by)  # noqa: E731
    outcomes = do_each(references, Decision.objects.visible_to(by), deed, says="Checked.", noun="decision")

    done = sum(outcome.is_done for outcome in outcomes)
    audit.record("decisions.entries_checked", on=by, by=by, sentence=f"Checked the entries of {done} of {len(outcomes)} decisions together.")
    return outcomes
