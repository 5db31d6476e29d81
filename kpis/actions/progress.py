"""How actions are going: notes of progress, rewording, ending, and steps that are done."""

from datetime import date

from django.db import transaction
from django.db.models import Max

from core import audit, clock
from core.rules import refuse_if
from kpis.models import (
    ActionStep,
    ActionWording,
    Indicator,
    ProgressNote,
    Recommendation,
    Register,
    TrackedAction,
)
from kpis.rules.indicators import (
    why_not_end_action,
    why_not_finish_step,
    why_not_note_progress,
    why_not_reword,
)


@transaction.atomic
def note_progress(about: Recommendation | Indicator | TrackedAction, *, on: date | None, words: str, rating: str = "", works_well: str = "",
                  worries: str = "", source: str = "", by) -> ProgressNote:  # fmt: skip
    """Write down where a recommendation, an outcome measure or an action of a plan stands; a recommendation takes the newest note's colour."""
    is_recommendation = isinstance(about, Recommendation)
    refuse_if(why_not_note_progress(words=words, on=on, today=clock.today(), rating=rating, needs_rating=is_recommendation))

    kind = "recommendation" if is_recommendation else "indicator" if isinstance(about, Indicator) else "action"
    row = ProgressNote.objects.create(
        **{kind: about}, on=on, words=words.strip(), works_well=works_well.strip(), worries=worries.strip(), rating=rating,
        source=source, written_at=clock.now(), written_by=by,
    )  # fmt: skip
    if is_recommendation:
        _take_colour(about, on, rating)

    audit.record("progress.noted", on=row, by=by, authority=_authority(about), sentence=f"Wrote down progress of {str(about)[:120]}.")
    return row


def _take_colour(recommendation: Recommendation, on: date, rating: str) -> None:
    """The newest note's colour is the recommendation's; an older one that is added later changes nothing."""
    row = Recommendation.objects.select_for_update(of=("self",)).get(pk=recommendation.pk)
    if on >= row.progress_on:
        row.progress, row.progress_on = rating, on
        row.save(update_fields=["progress", "progress_on"])


@transaction.atomic
def add_action(register: Register, *, number: str, outcome: str, focus: str, text: str, lead_role: str, order: int = 0,
               steps: list[tuple[str, date | None, str, str]] = (), flag: str = "", source: str = "", by) -> TrackedAction:  # fmt: skip
    """Write down an action of a plan with its steps: what, by when, by whom, and what is odd about the printed day."""
    row = TrackedAction.objects.create(
        register=register, number=number, outcome=outcome, focus=focus, text=text, lead_role=lead_role, order=order, flag=flag, source=source
    )
    ActionStep.objects.bulk_create(
        ActionStep(action=row, order=at, what=what, due_on=due_on, by_whom=whom, flag=odd) for at, (what, due_on, whom, odd) in enumerate(steps, 1)
    )

    audit.record("action.added", on=row, by=by, authority=register.authority, sentence=f"Added action {number} of {register}.")
    return row


@transaction.atomic
def add_step(action: TrackedAction, *, what: str, due_on: date | None, by_whom: str = "", by) -> ActionStep:
    """Add what has to happen next on an action."""
    action = _locked(action)
    last = action.steps.aggregate(last=Max("order"))["last"] or 0
    row = ActionStep.objects.create(action=action, order=last + 1, what=what.strip(), due_on=due_on, by_whom=by_whom.strip())

    audit.record("step.added", on=row, by=by, authority=action.register.authority, sentence=f"Added a step to action {action.number}.")
    return row


@transaction.atomic
def reword_action(action: TrackedAction, *, text: str, because: str, on: date | None = None, by) -> TrackedAction:
    """Give an action new words from today (or the day a document gives); the words before stay in its history."""
    action = _locked(action)
    refuse_if(why_not_reword(action.text, text, because=because, state=action.state))

    ActionWording.objects.create(
        action=action, text=action.text, until_on=on or clock.today(), because=because.strip(), changed_at=clock.now(), changed_by=by
    )
    action.text = text.strip()
    action.save()

    audit.record("action.reworded", on=action, by=by, authority=action.register.authority, sentence=f"Reworded action {action.number}.")
    return action


@transaction.atomic
def end_action(action: TrackedAction, *, state: str, because: str, continues_as: TrackedAction | None = None, on: date | None = None, by) -> TrackedAction:
    """End an action: complete, or carried on by another of the same plan."""
    action = _locked(action)
    follows = continues_as if continues_as and continues_as.register_id == action.register_id and continues_as.pk != action.pk else None
    refuse_if(why_not_end_action(action.state, how=state, because=because, has_next=follows is not None))

    action.state, action.closed_because, action.closed_on = state, because.strip(), on or clock.today()
    action.continues_as = follows if state == "closed" else None
    action.save()

    audit.record("action.ended", on=action, by=by, authority=action.register.authority, sentence=f"Ended action {action.number}.")
    return action


@transaction.atomic
def finish_step(step: ActionStep, *, on: date | None, by) -> ActionStep:
    """Say that a step of an action is done, and on which day."""
    step = ActionStep.objects.select_for_update(of=("self",)).select_related("action__register__authority").get(pk=step.pk)
    refuse_if(why_not_finish_step(is_done=step.done_on is not None, on=on, today=clock.today()))

    step.done_on, step.done_at, step.done_by = on, clock.now(), by
    step.save()

    audit.record(
        "step.done", on=step, by=by, authority=step.action.register.authority,
        sentence=f"Finished step {step.order} of action {step.action.number}.",
    )  # fmt: skip
    return step


def _locked(action: TrackedAction) -> TrackedAction:
    """The action's row, held until the deed is done."""
    return TrackedAction.objects.select_for_update(of=("self",)).select_related("register__authority").get(pk=action.pk)


def _authority(about):
    """Whose it is."""
    return about.register.authority if isinstance(about, TrackedAction) else about.authority
