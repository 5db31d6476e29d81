"""Head of service's yearly look at high SDQ scores: which are looked at, and what is kept."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from core.rules import FieldReason


@dataclass(frozen=True)
class Scored:
    """One score of one child on a day; `key` is whatever its caller knows it by."""

    child: object
    on: date
    score: int
    key: object = None


def high_scores(scores: Iterable[Scored], from_score: Callable[[date], int]) -> list[Scored]:
    """Take a year's scores and from which score one was high on a day; give each child's newest where that is high, highest first."""
    newest: dict[object, Scored] = {}
    for one in sorted(scores, key=lambda each: each.on):
        newest[one.child] = one
    found = [one for one in newest.values() if one.score >= from_score(one.on)]
    return sorted(found, key=lambda one: (-one.score, one.on))


def why_not_look_at_sdq(score: int | None, *, from_score: int, is_looked_at: bool, action_taken: str) -> list[str]:
    """SDL-1. A score that was high on its day is looked at once, with what is done for the child because of it."""
    if is_looked_at:
        return ["This score was looked at before."]
    if score is None or score < from_score:
        return [f"Only a score of {from_score} or more is looked at."]
    return [] if action_taken.strip() else [FieldReason("action_taken", "Say what is done for the child, or why nothing more is needed.")]
