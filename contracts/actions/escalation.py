"""Escalations: put to a board, and answered."""

from datetime import date

from django.db import transaction

from contracts.choices import Board
from contracts.models import Benefit, Escalation
from contracts.rules.benefit import why_not_ask_again
from contracts.rules.escalation import why_not_escalate, why_not_record_answer
from core import audit, clock
from core.models import Authority, User
from core.rules import refuse_if


@transaction.atomic
def escalate(authority: Authority, *, board: str, what: str, why: str, wanted_by: date | None,
             benefit: Benefit | None = None, by: User) -> Escalation:  # fmt: skip
    """Put something that points to non-delivery to a board, for decision by a day; of one benefit where it is about one."""
    if benefit is not None:
        benefit = Benefit.objects.select_for_update(of=("self",)).get(pk=benefit.pk)
        refuse_if(why_not_ask_again(is_open=benefit.escalations.open().exists()))
    refuse_if(why_not_escalate(what, why, wanted_by=wanted_by, today=clock.today()))

    escalation = Escalation.objects.create(
        authority=authority, board=Board(board), what=what.strip(), why=why.strip(), wanted_by=wanted_by, raised_by=by, benefit=benefit
    )

    audit.record(
        "escalation.raised", on=escalation, by=by,
        sentence=f"Put {escalation.reference} to the {escalation.get_board_display()}.",
    )  # fmt: skip
    return escalation


@transaction.atomic
def record_answer(escalation: Escalation, *, decision: str, decided_by: str, decided_on: date | None, by: User) -> Escalation:
    """Write down what the board decided, who said so and on which day."""
    escalation = Escalation.objects.select_for_update(of=("self",)).get(pk=escalation.pk)
    refuse_if(
        why_not_record_answer(
            decision, on=decided_on, raised_on=escalation.raised_on, today=clock.today(),
            is_decided=escalation.decided_on is not None,
        )
    )  # fmt: skip

    escalation.decision, escalation.decided_by = decision.strip(), decided_by.strip()
    escalation.decided_on, escalation.recorded_by = decided_on, by
    escalation.save()

    audit.record(
        "escalation.decided", on=escalation, by=by,
        sentence=f"The {escalation.get_board_display()} decided {escalation.reference}.",
    )  # fmt: skip
    return escalation
