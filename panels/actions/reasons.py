"""A panel's lists of reasons: added, said otherwise, retired; never deleted."""

from django.db import transaction

from core import audit, clock
from core.models import User
from core.rules import FieldReason, refuse_if
from panels.choices import Outcome
from panels.models import DecisionReason, Panel

MOST_WORDS = 200


@transaction.atomic
def add_reason(panel: Panel, *, outcome: str, words: str, replaces: DecisionReason | None = None, by: User | None) -> DecisionReason:
    """One more reason in use; where it says an older one otherwise, that one is retired and kept."""
    words = " ".join(words.split())
    reasons = [] if words else [FieldReason("words", "Write the reason.")]
    if len(words) > MOST_WORDS:
        reasons.append(FieldReason("words", f"The reason must be {MOST_WORDS} characters or fewer."))
    if outcome not in Outcome.values:
        reasons.append(FieldReason("outcome", "Choose the decision it is a reason for."))
    if DecisionReason.objects.in_use().filter(panel=panel, outcome=outcome, words=words).exists():
        reasons.append(FieldReason("words", "That reason is in use already."))
    if replaces is not None and (replaces.panel_id != panel.pk or replaces.retired_at):
        reasons.append("The reason it replaces is not in use.")
    refuse_if(reasons)

    if replaces is not None:
        _retire(replaces, by)
    reason = DecisionReason.objects.create(
        panel=panel, outcome=outcome, words=words, added_by=by, replaces=replaces,
        version=replaces.version + 1 if replaces else 1,
    )  # fmt: skip

    audit.record(
        "decision_reason.added", on=reason, by=by, sentence=f"Added version {reason.version} of a reason of {panel}."
    )
    return reason


@transaction.atomic
def retire_reason(reason: DecisionReason, *, by: User) -> DecisionReason:
    """A reason is chosen no longer; decisions that gave it go on saying it."""
    refuse_if(["This reason was retired before."] if reason.retired_at else [])

    _retire(reason, by)

    audit.record("decision_reason.retired", on=reason, by=by, sentence=f"Retired a reason of {reason.panel}.")
    return reason


def _retire(reason: DecisionReason, by: User) -> None:
    reason.retired_at, reason.retired_by = clock.now(), by
    reason.save()
