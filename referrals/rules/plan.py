"""Support plans: actions somebody can do, dates that are looked at, and an end that is only foreseen (002:662-730)."""

from datetime import date

from core.rules import FieldReason

LONGEST_WEEKS = 26


def why_not_add_action(*, what: str, known_by: str, lessens: str, owner_name: str, due_on: date, today: date) -> list[str]:
    """PLN-1. An action says what is done, by whom, by when, how it is known, and which risk it lessens."""
    asked = [
        ("what", what, "Say what will be done"), ("known_by", known_by, "Say how you will know it is done"),
        ("lessens", lessens, "Say which risk to the home it lessens"), ("owner_name", owner_name, "Say who does it"),
    ]  # fmt: skip
    found = [FieldReason(field, sentence) for field, said, sentence in asked if not said.strip()]
    return found + ([FieldReason("due_on", "The day must be today or later")] if due_on < today else [])


def why_not_date_plan(*, review_on: date, envisaged_end_on: date | None, today: date) -> list[str]:
    """PLN-2. A plan has a day on which it is looked at next, and an end that is foreseen, never fixed."""
    found = []
    if review_on < today:
        found.append(FieldReason("review_on", "The next review must be today or later"))
    elif (review_on - today).days > LONGEST_WEEKS * 7:
        found.append(FieldReason("review_on", f"A plan is looked at within {LONGEST_WEEKS} weeks"))
    if envisaged_end_on is not None and envisaged_end_on < today:
        found.append(FieldReason("envisaged_end_on", "The end you foresee must be today or later"))
    return found


def why_not_review(*, held_on: date, next_review_on: date, today: date) -> list[str]:
    """PLN-3. A review is recorded once it was held, and sets the next."""
    found = []
    if held_on > today:
        found.append(FieldReason("held_on", "A review is recorded on its day or after"))
    if next_review_on <= held_on:
        found.append(FieldReason("next_review_on", "The next review must be after this one"))
    return found


def warnings(*, today: date, review_on: date, envisaged_end_on: date | None, child_asked: bool, actions: int) -> list[str]:
    """Take a plan's dates; give what needs doing, in sentences. A foreseen end that has passed ends nothing."""
    found = []
    if envisaged_end_on is None:
        found.append("No end is foreseen yet. Support is not limited in time, but a plan says when it may be enough.")
    elif envisaged_end_on < today:
        found.append("The end that was foreseen has passed. Support goes on until you end it: look at the date again.")
    if review_on < today:
        found.append("The review is overdue.")
    if not child_asked:
        found.append("The child has not been asked whether they agree.")
    if not actions:
        found.append("No action has been agreed yet.")
    return found
