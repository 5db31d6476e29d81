"""Prices and budgets: when they may be set and confirmed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contracts.rules.retention import opens_on
from core.dates import day_in_words
from core.rules import FieldReason


@dataclass(frozen=True)
class Setting:
    """A price as it is asked for: pounds a week, how many places, from which day."""

    label: str
    weekly_rate: Decimal | None
    places: int | None
    from_on: date | None
    source: str = ""


def why_not_set_price(asked: Setting, *, other_starts: Collection[date], contract_from: date, contract_until: date | None) -> list[str]:
    """CON-5. A price is above nothing, for at least one place, inside the term, and after the price it succeeds.

    `other_starts` are the first days of the other prices of this label.
    """
    reasons = []
    if not asked.label.strip():
        reasons.append(FieldReason("label", "Say what the price is for."))
    if asked.weekly_rate is None or asked.weekly_rate <= 0:
        reasons.append(FieldReason("weekly_rate", "A price is above £0."))
    if asked.places is None or asked.places < 1:
        reasons.append(FieldReason("places", "A price is for at least one place."))
    when = _wrong_day(asked, sorted(other_starts), contract_from, contract_until)
    return [*reasons, FieldReason("from_on", when)] if when else reasons


def _wrong_day(asked: Setting, others: list[date], contract_from: date, contract_until: date | None) -> str:
    """What is wrong with the day a price is to hold from, or nothing."""
    if asked.from_on is None or asked.from_on < contract_from:
        return f"The contract starts on {day_in_words(contract_from)}: a price holds from then or later."
    if contract_until is not None and asked.from_on >= contract_until:
        return f"The contract ends on {day_in_words(contract_until)}: no price begins after it."
    later = [day for day in others if day >= asked.from_on]
    if later:
        return f"“{asked.label}” has a price from {day_in_words(later[0])} already: two prices never hold on one day."
    return ""


@dataclass(frozen=True)
class Budgeting:
    """A budget as it is asked for: pounds, from a day until the day after its last."""

    amount: Decimal | None
    from_on: date | None
    until_on: date | None


def why_not_set_budget(asked: Budgeting, *, held: Collection[tuple[date, date]], year: tuple[date, date] | None) -> list[str]:
    """BUD-1. A budget is above nothing, inside one financial year, and a lot has one for any day.

    `held` are the days (end left out) of the lot's other budgets; `year` the financial year of the first day.
    """
    reasons = []
    if asked.amount is None or asked.amount <= 0:
        reasons.append(FieldReason("amount", "A budget is above £0."))
    if asked.from_on is None or asked.until_on is None or asked.until_on <= asked.from_on:
        return [*reasons, FieldReason("last_on", "Give the first day, and a last day that is not before it.")]
    if year is not None and asked.until_on > year[1]:
        reasons.append(FieldReason("last_on", "A budget is of one financial year, which ends on 31 March."))
    if any(first < asked.until_on and asked.from_on < until for first, until in held):
        reasons.append(FieldReason("from_on", "There is a budget for some of these days already."))
    return reasons


def why_not_confirm_budget(*, is_confirmed: bool, may: bool) -> list[str]:
    """BUD-2. A budget is confirmed once, by a named commissioner or finance officer of the council that pays."""
    if not may:
        return ["A budget is confirmed by the council that pays."]
    return ["This budget was confirmed before."] if is_confirmed else []


@dataclass(frozen=True)
class Settling:
    """How a query of a budget is to be settled: why, and the day by which what is held back is released."""

    because: str
    due_on: date | None
    until_on: date
    holds_back: bool


def why_not_settle_query(asked: Settling, *, is_open: bool, may: bool) -> list[str]:
    """BUD-3. A query of a budget is settled once, by the council that pays, with why, and a day for what is held back in the next year or later."""
    if not may:
        return ["A query is settled by the council that pays."]
    if not is_open:
        return ["There is no query, or it was settled before."]
    reasons = [] if asked.because.strip() else [FieldReason("because", "Say how it is settled, and why.")]
    opens = opens_on(asked.until_on)
    if asked.holds_back and (asked.due_on is None or asked.due_on < opens):
        reasons.append(FieldReason("due_on", f"Give the day by which it is released: {day_in_words(opens)} or later, when the year it is held from is over."))
    return reasons
