"""Feedback: rounds opened and closed, answers added, and evaluations that go into plans."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction

from contracts.models import Contract, FeedbackAnswer, FeedbackRound
from contracts.models.feedback import QUESTIONS, Asked, Route
from contracts.rules.feedback import (
    why_not_add_answer,
    why_not_close_round,
    why_not_open_round,
    why_not_use_evaluation,
)
from core import audit, clock
from core.models import User
from core.rules import refuse_if

MARKS = [name for name, _ in QUESTIONS]


@transaction.atomic
def open_round(contract: Contract, *, asked: str, due_on: date | None, by: User) -> FeedbackRound:
    """Ask carers or young people how the service is, by a day; the next is due six months after it."""
    Contract.objects.select_for_update(of=("self",)).get(pk=contract.pk)
    rows = FeedbackRound.objects.filter(contract=contract, asked=asked)
    last = rows.order_by("-due_on").first()
    refuse_if(why_not_open_round(
        due_on=due_on, today=clock.today(), last_due=last.due_on if last else None, is_open=rows.filter(closed_on=None).exists()
    ))  # fmt: skip

    made = FeedbackRound.objects.create(contract=contract, asked=Asked(asked), opens_on=clock.today(), due_on=due_on, opened_by=by)

    audit.record(
        "feedback.opened", on=made, by=by, authority=contract.authority,
        sentence=f"Opened feedback {made.reference} of {made.get_asked_display().lower()}.",
    )  # fmt: skip
    return made


@transaction.atomic
def add_answers(to: FeedbackRound, answers: Sequence[Mapping], *, by: User) -> list[FeedbackAnswer]:
    """Add what people said: each with its day, its route, marks from 1 to 5 by question, words, and a young person's evaluation."""
    to = FeedbackRound.objects.select_for_update(of=("self",)).select_related("contract__authority").get(pk=to.pk)
    rows = [_answer(to, by, **answer) for answer in answers]

    refuse_if(reason for row in rows for reason in _why_not(to, row))

    made = FeedbackAnswer.objects.bulk_create(rows)

    audit.record(
        "feedback.added", on=to, by=by, authority=to.contract.authority,
        sentence=f"Added {len(made)} answer{'' if len(made) == 1 else 's'} to feedback {to.reference}.",
    )  # fmt: skip
    return made


def _answer(to: FeedbackRound, by: User, *, given_on, route, words="", child=None, impact="", **marks) -> FeedbackAnswer:
    """One answer, not yet kept."""
    return FeedbackAnswer(
        round=to, given_on=given_on, route=Route(route), words=words.strip(), child=child, impact=impact.strip(), entered_by=by,
        **{name: marks.get(name) for name in MARKS},
    )  # fmt: skip


def _why_not(to: FeedbackRound, row: FeedbackAnswer) -> list[str]:
    return why_not_add_answer(
        {name: getattr(row, name) for name in MARKS}, row.words, impact=row.impact, has_child=row.child_id is not None,
        asks_children=to.asked == Asked.YOUNG_PEOPLE, given_on=row.given_on, opens_on=to.opens_on, today=clock.today(),
        is_closed=to.closed_on is not None,
    )  # fmt: skip


@transaction.atomic
def close_round(to: FeedbackRound, *, discussed: str, changes: str, by: User) -> FeedbackRound:
    """Write down what staff took from a round and what changes, and close it."""
    to = FeedbackRound.objects.select_for_update(of=("self",)).select_related("contract__authority").get(pk=to.pk)
    refuse_if(why_not_close_round(discussed, changes, is_closed=to.closed_on is not None))

    to.discussed, to.changes, to.closed_on = discussed.strip(), changes.strip(), clock.today()
    to.save()

    audit.record("feedback.closed", on=to, by=by, authority=to.contract.authority, sentence=f"Closed feedback {to.reference}.")
    return to


@transaction.atomic
def use_evaluation(answer: FeedbackAnswer, *, used_how: str, by: User) -> FeedbackAnswer:
    """Say what a young person's own evaluation changed in their plan."""
    answer = FeedbackAnswer.objects.select_for_update(of=("self",)).select_related("round__contract__authority").get(pk=answer.pk)
    refuse_if(why_not_use_evaluation(used_how, is_used=answer.used_on is not None, has_words=bool(answer.impact and answer.child_id)))

    answer.used_on, answer.used_how = clock.today(), used_how.strip()
    answer.save()

    audit.record(
        "evaluation.used", on=answer, by=by, authority=answer.round.contract.authority,
        sentence=f"Used evaluation {answer.reference} in the young person’s plan.",
    )  # fmt: skip
    return answer
