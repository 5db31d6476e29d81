"""Benefits: what may be entered, counted and validated, and what points to one not being delivered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.dates import day_in_words
from core.rules import FieldReason

CASHABLE, NON_CASHABLE, CONTRACT = "cashable", "non-cashable", "contract"


@dataclass(frozen=True)
class Entry:
    """What somebody typed about a benefit; `is_moved` where the child moved out of a children's home."""

    kind: str
    what: str
    is_of_a_child: bool
    is_moved: bool
    is_modelled: bool
    modelled_for: str
    baseline: str
    baseline_weekly: Decimal | None
    baseline_source: str
    budget_line: str
    starts_on: date | None
    baseline_ends_on: date | None
    forecast: Decimal | None
    attribution: Decimal | None
    attribution_words: str


def why_not_enter(entry: Entry) -> list[str]:
    """BEN-1. A benefit says what it is, its baseline with source and planned end, its forecast, and how much of it is ours."""
    reasons = [
        FieldReason(field, sentence)
        for field, sentence in (
            ("what", "Say in a line what the benefit is."),
            ("baseline", "Say what there would have been without it."),
            ("baseline_source", "Say where the baseline comes from: a document and line, or a price list."),
        )
        if not getattr(entry, field).strip()
    ]
    return reasons + _why_not_time(entry) + _why_not_sums(entry) + _why_not_attribute(entry)


def _why_not_time(entry: Entry) -> list[str]:
    """From when it is counted, and when the baseline was planned to end."""
    reasons = []
    if entry.starts_on is None:
        reasons.append(FieldReason("starts_on", "Give the day from which it is counted."))
    if entry.baseline_ends_on is None or (entry.starts_on and entry.baseline_ends_on <= entry.starts_on):
        reasons.append(FieldReason("baseline_ends_on", "Give the day the baseline was planned to end, after the first day."))
    return reasons


def _why_not_sums(entry: Entry) -> list[str]:
    """What is forecast; for a child what the baseline costs a week; for a model its year."""
    asked = [
        (entry.forecast is None, "forecast", "Give what it is forecast to come to by the planned end, in pounds."),
        (entry.is_of_a_child and entry.baseline_weekly is None, "baseline_weekly", "Give what the baseline would have cost a week."),
        (entry.is_modelled and not entry.modelled_for.strip(), "modelled_for", "Say for which year it was modelled."),
    ]
    return [FieldReason(field, sentence) for is_missing, field, sentence in asked if is_missing]


def _why_not_attribute(entry: Entry) -> list[str]:
    """How much of it is ours: all of it, or a stated part with its reason."""
    if entry.attribution is None or not 0 < entry.attribution <= 100:
        return [FieldReason("attribution", "Attribution is more than 0 and at most 100 per cent.")]
    if entry.attribution < 100 and not entry.attribution_words.strip():
        return [FieldReason("attribution_words", "Say why only a part of it is ours.")]
    return []


def why_not_cashable(entry: Entry) -> list[str]:
    """BEN-2. Cashable is what was in a budget and ends; for a child, a move out of residential care; instead of it is avoidance."""
    if entry.kind != CASHABLE or entry.is_modelled:
        return []
    reasons = []
    if not entry.budget_line.strip():
        reasons.append(FieldReason("budget_line", "Name the budget that the baseline was in and whose spending ends."))
    if entry.is_of_a_child and not entry.is_moved:
        reasons.append(
            FieldReason("kind", "Only a move out of residential care may be cashable. Instead of it is avoidance: non-cashable.")
        )
    return reasons


def why_not_count_twice(starts_on: date, ends_on: date, others: Iterable[tuple[date, date]]) -> list[str]:
    """BEN-3. A child's day is counted in one benefit only."""
    clash = sorted((start, end) for start, end in others if starts_on < end and start < ends_on)
    if not clash:
        return []
    start, end = clash[0]
    return [
        FieldReason(
            "starts_on",
            f"Those days are counted in another benefit of this child, from {day_in_words(start)} to {day_in_words(end)}. End that one first.",
        )
    ]


def why_not_close(*, starts_on: date, ends_on: date, on: date | None, because: str) -> list[str]:
    """BEN-4. A benefit stops being counted on a day inside its time, with a reason; it is never taken away."""
    reasons = []
    if on is None or not starts_on < on < ends_on:
        reasons.append(FieldReason("on", f"Give a day between {day_in_words(starts_on)} and {day_in_words(ends_on)}."))
    if not because.strip():
        reasons.append(FieldReason("because", "Say why it stops being counted."))
    return reasons


def why_not_state(*, is_of_a_child: bool, is_modelled: bool, amount: Decimal | None, until: date | None, source: str,
                  starts_on: date, today: date) -> list[str]:  # fmt: skip
    """BEN-5. What came of a benefit is stated with its day and source; a child's is counted from the journey, a model has none."""
    if is_of_a_child:
        return ["It is counted from the child’s journey, day by day. Correct the homes and prices there."]
    if is_modelled:
        return ["A modelled figure is no outturn: nothing came of it."]
    reasons = []
    if amount is None:
        reasons.append(FieldReason("amount", "Give what it came to, in pounds; less than nothing where it cost more."))
    if until is None or not starts_on < until <= today:
        reasons.append(FieldReason("until", f"Give the day it was counted up to, after {day_in_words(starts_on)} and not after today."))
    if not source.strip():
        reasons.append(FieldReason("source", "Say where the figure comes from."))
    return reasons


@dataclass(frozen=True)
class ToValidate:
    """A figure that finance is asked to validate, and how things stand round it."""

    amount: Decimal | None
    is_modelled: bool
    is_of_the_hub: bool
    hub_price_confirmed: bool
    shown_is_now: bool
    entered_by_them: bool
    is_validated: bool


def why_not_validate(facts: ToValidate) -> list[str]:
    """BEN-6. Finance validates the figure it was shown, once, of a benefit it did not enter; never a model, nor the hub before its price."""
    stands_in_the_way = [
        (facts.is_modelled, "A modelled figure is never validated as realised."),
        (facts.entered_by_them, "You entered or changed this benefit: somebody else validates it."),
        (facts.is_of_the_hub and not facts.hub_price_confirmed, "The hub’s price is not confirmed, so no benefit of the hub is realised yet."),
        (
            facts.amount is None and not facts.is_modelled,
            "There is no figure to validate yet: a price or a home is missing, or nothing has been stated.",
        ),
        (facts.is_validated, "This figure was validated before, and nothing has changed since."),
        (not facts.shown_is_now, "The figure has changed since you opened the page. Look at it again."),
    ]
    return [sentence for is_so, sentence in stands_in_the_way if is_so]


def why_not_ask_again(*, is_open: bool) -> list[str]:
    """BEN-7. One question about a benefit waits at a board at a time."""
    return ["A question about this benefit waits at the board already."] if is_open else []


def why_not_overwrite(*, begun_from: str, stands: str) -> list[str]:
    """BEN-8. A change begins from what is there: nobody overwrites what somebody else saved meanwhile."""
    return [] if begun_from in {"", stands} else ["Somebody changed this benefit while you were typing. Open it again beside this page, and save what still holds."]


@dataclass(frozen=True)
class Delivery:
    """How a benefit goes: forecast and actual to date, what ended it early, and since when nobody has validated it."""

    expected: Decimal
    actual: Decimal | None
    ended_early_on: date | None
    ended_because: str
    unvalidated_days: int
    validate_within: int
    is_started: bool


def signs_of_non_delivery(facts: Delivery) -> list[str]:
    """Give each sign that a benefit is not being delivered, as a sentence; none is well."""
    signs = []
    if facts.ended_early_on is not None:
        signs.append(f"It ended on {day_in_words(facts.ended_early_on)}, before the baseline’s planned end: {_inside(facts.ended_because)}.")
    if facts.is_started and facts.actual is None:
        signs.append("There is no figure: a price or a home is missing, or nothing has been stated.")
    elif facts.actual is not None and facts.actual < facts.expected:
        signs.append(f"It came to {_pounds(facts.expected - facts.actual)} less than was forecast by now.")
    if facts.unvalidated_days > facts.validate_within:
        signs.append(f"Finance has not validated it for {facts.unvalidated_days} days.")
    return signs


def _inside(words: str) -> str:
    """Words as they stand inside a sentence."""
    return words[:1].lower() + words[1:]


def _pounds(amount: Decimal) -> str:
    """£1,234.50, and £1,234 where there are no pence."""
    return f"£{amount:,.2f}".removesuffix(".00")
