"""Indicators: how one is defined, what it is to reach, and how a figure goes from typed to released."""

from datetime import date
from decimal import Decimal

from core.dates import day_in_words
from core.figures import percentage
from core.rules import FieldReason

AS_PRINTED = "as printed"


def why_not_define(*, numerator: str, denominator: str, unit: str, scheme: str, better: str, tolerance: Decimal | None,
                   from_on: date | None, last_from: date | None, because: str) -> list[str]:  # fmt: skip
    """IND-1. A definition says what is counted, out of what, how it is coloured, and from which day after the last one's it holds."""
    words = f" It holds from after {day_in_words(last_from)}." if last_from else ""
    wrong = [
        (not numerator.strip(), "numerator", "Say what is counted."),
        (unit == "%" and not denominator.strip(), "denominator", "Say out of what a percentage is counted."),
        (scheme in {"target", "quartile"} and not better, "better",
         "Say which way is better: without it nothing is coloured. Or choose that it is not rated."),
        (tolerance is None or tolerance < 0, "tolerance", "A tolerance is nought or more."),
        (from_on is None or bool(last_from and from_on <= last_from), "from_on", f"Say from which day the new definition holds.{words}"),
        (not because.strip(), "because", "Say why the definition changes. Figures already there keep the one they were counted by."),
    ]  # fmt: skip
    return [FieldReason(field, sentence) for is_wrong, field, sentence in wrong if is_wrong]


def why_not_set_indicator_target(*, value: Decimal | None, words: str, because: str, is_new: bool) -> list[str]:
    """IND-2. A target is a number, or words where no number says it; one that replaces another says why."""
    reasons = []
    if value is None and not words.strip():
        reasons.append(FieldReason("value", "Enter the number to reach, or say it in words."))
    if not is_new and not because.strip():
        reasons.append(FieldReason("because", "There is a target for that day. Say why it is replaced."))
    return reasons


def why_not_enter_value(*, starts_on: date, ends_on: date, today: date, value: Decimal | None, numerator: int | None,
                        denominator: int | None, printed: str, unit: str, is_there: bool) -> list[str]:  # fmt: skip
    """IND-3. A figure is of a period that is over, once for each reading, with its denominator beside its numerator; where it is a percentage they agree."""
    reasons = [FieldReason("reading", "That period has a figure by this reading already: correct that one.")] if is_there else []
    if ends_on <= starts_on:
        reasons.append(FieldReason("last_on", "A period ends on or after the day it starts."))
    elif ends_on > today:
        reasons.append(FieldReason("last_on", "That period is not over yet."))
    if (numerator is None) != (denominator is None):
        reasons.append(FieldReason("denominator", "Enter both the count and what it is out of, or neither."))
    elif value is None and numerator is None and not printed.strip():
        reasons.append(FieldReason("value", "Enter the figure, what it was counted from, or the words that stand instead."))
    return reasons + _disagreement(value, numerator, denominator, unit)


def _disagreement(value, numerator, denominator, unit) -> list[str]:
    """A percentage that its own counts do not come to, at the places it was typed with."""
    if unit != "%" or value is None or not denominator or numerator is None:
        return []
    places = max(-value.as_tuple().exponent, 0)
    came_to = percentage(numerator, denominator, places)
    if came_to == value:
        return []
    return [FieldReason("value", f"{numerator:,} of {denominator:,} is {came_to}%, not {value}%. Correct one of them.")]


def why_not_correct_value(*, is_validated: bool, because: str) -> list[str]:
    """IND-4. A figure that was validated for release is not edited; before that it is corrected with a reason, and checked again."""
    if is_validated:
        return ["This figure was validated for release and stays. Enter the new one by another reading, or for its own period."]
    return [] if because.strip() else [FieldReason("because", "Say why it is corrected.")]


def why_not_check_value(state: str, *, mine: bool, role: str, owner: str) -> list[str]:
    """IND-5. A figure is checked once, by the role that owns the indicator, and not by whoever entered it."""
    reasons = [] if state == "entered" else ["This figure was checked before."]
    if owner and role != owner:
        reasons.append("Whoever owns the indicator checks its figures.")
    if mine:
        reasons.append("Somebody else checks what you entered.")
    return reasons


def why_not_validate_value(state: str, *, mine: bool) -> list[str]:
    """IND-6. A figure is validated for release once, after its owner checked it, by somebody who did not enter it."""
    if state == "validated":
        return ["This value was validated before."]
    reasons = [] if state == "checked" else ["Its owner has not checked it yet."]
    return [*reasons, "Somebody else validates what you entered."] if mine else reasons


def why_not_add_benchmark(*, value: Decimal | None, printed: str, source: str) -> list[str]:
    """IND-7. A benchmark is a figure or words, with where it comes from."""
    reasons = [] if value is not None or printed.strip() else [FieldReason("value", "Enter what the others came to.")]
    return reasons if source.strip() else [*reasons, FieldReason("source", "Say where it comes from.")]


def why_not_note_progress(*, words: str, on: date | None, today: date, rating: str, needs_rating: bool) -> list[str]:
    """PRO-1. A note of progress says where things are on a day that has come; its colour judges the action and never the figure."""
    reasons = [] if words.strip() else [FieldReason("words", "Say where things are now.")]
    if on is None or on > today:
        reasons.append(FieldReason("on", "Enter the day it describes, today or before."))
    if needs_rating and not rating:
        reasons.append(FieldReason("rating", "Choose how the action is going."))
    return reasons


def why_not_reword(old: str, new: str, *, because: str, state: str) -> list[str]:
    """PRO-2. An open action is reworded with a reason; the words before stay in its history."""
    reasons = [] if state == "open" else ["This action is over. Its words stay as they are."]
    if not new.strip() or new.strip() == old.strip():
        reasons.append(FieldReason("text", "Write the new words of the action."))
    return reasons if because.strip() else [*reasons, FieldReason("because", "Say why it is reworded.")]


def why_not_end_action(state: str, *, how: str, because: str, has_next: bool) -> list[str]:
    """PRO-3. An action ends once: complete, or carried on by another action of the same plan, with why."""
    reasons = [] if state == "open" else ["This action is over already."]
    if how not in {"complete", "closed"}:
        reasons.append(FieldReason("state", "Choose whether it is complete or carried on elsewhere."))
    if how == "closed" and not has_next:
        reasons.append(FieldReason("continues_as", "Choose the action that carries it on."))
    return reasons if because.strip() else [*reasons, FieldReason("because", "Say what came of it.")]


def why_not_finish_step(*, is_done: bool, on: date | None, today: date) -> list[str]:
    """PRO-4. A step is done once, on a day that has come."""
    if is_done:
        return ["This step is done already."]
    return [] if on is not None and on <= today else [FieldReason("on", "Enter the day it was done, today or before.")]


def trend_of(change: str, better: str | None) -> str | None:
    """Take a change as it was printed ("Lower", "Better") and which way is better; give "better", "same" or "worse".

    None where the words or the way do not say: "Higher" of a figure that has no better way is neither.
    """
    word = change.split(" ")[0].lower()
    if word in {"better", "worse"}:
        return word
    if word in {"similar", "same"}:
        return "same"
    if word not in {"higher", "lower"} or better not in {"high", "low"}:
        return None
    return "better" if (word == "higher") == (better == "high") else "worse"


def quarters_in_arrears(last_day: date, register_last_day: date) -> int:
    """Give how many whole quarters a figure's period ends before the dashboard's own: 0 where it is of the same."""
    months = (register_last_day.year - last_day.year) * 12 + register_last_day.month - last_day.month
    return max(months // 3, 0)
