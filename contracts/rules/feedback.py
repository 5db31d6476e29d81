"""Feedback: asked every six months, answered in several ways, and acted on (002:907-910)."""

from collections.abc import Mapping
from datetime import date

from core.dates import day_in_words, months_after
from core.rules import FieldReason

EVERY_MONTHS = 6


def next_due(last: date) -> date:
    """The day by which the next round after one of `last` is due: six months later."""
    return months_after(last, EVERY_MONTHS)


def why_not_open_round(*, due_on: date | None, today: date, last_due: date | None, is_open: bool) -> list[str]:
    """FBK-1. A round is opened when none of its kind is open, for a day to come not more than six months after the last."""
    if is_open:
        return [FieldReason("asked", "A round of theirs is open already. Close it first.")]
    if due_on is None or due_on < today:
        return [FieldReason("due_on", "Say by which day they are asked, from today on.")]
    if last_due is not None and due_on > max(next_due(last_due), today):
        latest = day_in_words(max(next_due(last_due), today))
        return [FieldReason("due_on", f"They are asked every six months at least: by {latest}.")]
    return []


def why_not_add_answer(marks: Mapping[str, int | None], words: str, *, impact: str, has_child: bool, asks_children: bool,
                       given_on: date | None, opens_on: date, today: date, is_closed: bool) -> list[str]:  # fmt: skip
    """FBK-2. An answer has a mark from 1 to 5 or words, and a day while its round was open; an evaluation is some child’s own."""
    if is_closed:
        return ["This round is closed."]
    reasons = _said(marks, words)
    if given_on is None or not opens_on <= given_on <= today:
        reasons.append(FieldReason("given_on", f"Say on which day, from {day_in_words(opens_on)} to today."))
    return reasons + _whose(impact, has_child=has_child, asks_children=asks_children)


def _said(marks: Mapping[str, int | None], words: str) -> list[str]:
    """Whether there is a mark or words, and each mark is one of the five."""
    given = {name: mark for name, mark in marks.items() if mark is not None}
    if not given and not words.strip():
        return [FieldReason("words", "Give at least one mark, or write what they said.")]
    return [FieldReason(name, "A mark is from 1 to 5.") for name, mark in given.items() if not 1 <= mark <= 5]


def _whose(impact: str, *, has_child: bool, asks_children: bool) -> list[str]:
    """Whether an evaluation is some child's own, and a carer's answer names none."""
    if has_child and not asks_children:
        return [FieldReason("child", "This round is of carers: it names no child.")]
    if impact.strip() and asks_children and not has_child:
        return [FieldReason("child", "Whose plan it goes into: enter the child’s reference.")]
    return []


def why_not_close_round(discussed: str, changes: str, *, is_closed: bool) -> list[str]:
    """FBK-3. A round is closed once, with what staff talked about and what changes because of it."""
    if is_closed:
        return ["This round is closed already."]
    reasons = []
    if not discussed.strip():
        reasons.append(FieldReason("discussed", "Say what staff talked about."))
    if not changes.strip():
        reasons.append(FieldReason("changes", "Say what changes, or why nothing does."))
    return reasons


def why_not_use_evaluation(used_how: str, *, is_used: bool, has_words: bool) -> list[str]:
    """FBK-4. What a young person said of the difference made goes into their next plan once, with what changed in it."""
    if is_used:
        return ["It has been looked at with the plan already."]
    if not has_words:
        return ["There is no evaluation here."]
    return [] if used_how.strip() else [FieldReason("used_how", "Say what changed in the plan, or why nothing did.")]
