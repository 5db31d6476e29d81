"""Variations: what may be proposed, who agrees, and consent to sub-contracting."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from core.dates import day_in_words
from core.rules import FieldReason


@dataclass(frozen=True)
class Proposing:
    """A variation as it is typed, with what the contract says now."""

    kind: str
    what: str
    why: str
    from_on: date | None
    until_on: date | None = None
    has_price: bool = False
    is_current: bool = True
    price_from: date | None = None
    places: int | None = None
    weekly_rate: Decimal | None = None
    new_end_on: date | None = None
    has_buyer: bool = False
    buyer_is_own: bool = False
    contract_from: date | None = None
    contract_until: date | None = None
    latest_end: date | None = None
    places_there: int = 0
    places_sold: int = 0


def why_not_propose_variation(asked: Proposing) -> list[str]:
    """CON-6. A variation says what changes, why and from when; a price above nothing, a sale its buyer and end, a term its option."""
    reasons = []
    if not asked.what.strip():
        reasons.append(FieldReason("what", "Say in a line what changes."))
    if not asked.why.strip():
        reasons.append(FieldReason("why", "Say why."))
    if asked.from_on is None or (asked.contract_from and asked.from_on < asked.contract_from):
        reasons.append(FieldReason("from_on", "Give the day from which it holds, inside the contract’s term."))
    elif asked.contract_until is not None and asked.from_on > asked.contract_until:
        reasons.append(FieldReason("from_on", f"The contract ends on {day_in_words(asked.contract_until)}."))
    return reasons + {"places": _of_places, "sale": _of_sale, "term": _of_term}.get(asked.kind, lambda _: [])(asked)


def _of_money(asked: Proposing) -> list[str]:
    """Places and price that are missing, or nothing."""
    reasons = []
    if asked.places is None or asked.places < 1:
        reasons.append(FieldReason("places", "Say how many places, at least one."))
    if asked.weekly_rate is None or asked.weekly_rate <= 0:
        reasons.append(FieldReason("weekly_rate", "A price is above £0."))
    return reasons


def _of_places(asked: Proposing) -> list[str]:
    """A change of places or price succeeds one price in force, later than it began."""
    if not asked.has_price:
        return [FieldReason("price", "Choose the price that it changes.")]
    reasons = _of_money(asked)
    if not asked.is_current:
        reasons.append(FieldReason("price", "That price has been succeeded already: choose the one that holds."))
    if asked.from_on and asked.price_from and asked.from_on <= asked.price_from:
        reasons.append(FieldReason("from_on", f"That price holds from {day_in_words(asked.price_from)}: the change comes after it."))
    return reasons


def _of_sale(asked: Proposing) -> list[str]:
    """A sale has a buyer who is another council, a price, an end inside the term, and places that are there."""
    reasons = _of_money(asked)
    if not asked.has_buyer or asked.buyer_is_own:
        reasons.append(FieldReason("buyer", "Choose the other council that buys."))
    if not asked.has_price:
        reasons.append(FieldReason("price", "Choose which places are sold."))
    if asked.until_on is None or (asked.from_on and asked.until_on <= asked.from_on):
        reasons.append(FieldReason("until_on", "A sale has an end, after its first day."))
    elif asked.contract_until is not None and asked.until_on > asked.contract_until:
        reasons.append(FieldReason("until_on", f"The contract ends on {day_in_words(asked.contract_until)}."))
    left = asked.places_there - asked.places_sold
    if asked.places and asked.has_price and asked.places > left:
        reasons.append(FieldReason("places", f"{left} of {asked.places_there} places are not sold at that time: no more can be."))
    return reasons


def _of_term(asked: Proposing) -> list[str]:
    """An extension ends after the term does, and within the option."""
    if asked.new_end_on is None or asked.contract_until is None or asked.new_end_on <= asked.contract_until:
        return [FieldReason("new_end_on", "Give the new last day, after the one there is.")]
    if asked.latest_end is None or asked.new_end_on > asked.latest_end:
        until = f" to {day_in_words(asked.latest_end)} at the latest" if asked.latest_end else ""
        return [FieldReason("new_end_on", f"The option to extend runs{until}, and no further.")]
    return []


def why_not_agree_variation(*, side: str | None, sides: tuple[bool, bool], is_refused: bool, needs_gate: bool) -> list[str]:
    """CON-7. Each party agrees once, by one of its own people; an extension first passes its gate.

    `side` is "council", "provider" or None for neither; `sides` whether council and provider have agreed.
    """
    if side is None:
        return ["A variation is agreed by the council and by the provider of this contract."]
    if is_refused:
        return ["This variation was not agreed."]
    if sides[0 if side == "council" else 1]:
        return [f"The {side} has agreed already."]
    if needs_gate and side == "council":
        return ["Decide the gate for the extension first: reports, funding and compliance are conditions of it."]
    return []


def why_not_refuse_variation(because: str, *, side: str | None, is_over: bool) -> list[str]:
    """CON-8. A party may say no with its reason, until both have agreed."""
    if side is None:
        return ["A variation is answered by the council and by the provider of this contract."]
    if is_over:
        return ["This variation has been answered."]
    return [] if because.strip() else [FieldReason("because", "Say why not.")]


def why_not_ask_subcontract(who: str, what: str, *, from_on: date | None, side: str | None) -> list[str]:
    """CON-9. A provider asks before anybody else does a part: who, what and from when."""
    if side != "provider":
        return ["The provider asks for consent to sub-contract."]
    reasons = []
    if not who.strip():
        reasons.append(FieldReason("who", "Name the organisation."))
    if not what.strip():
        reasons.append(FieldReason("what", "Say which part they would do."))
    if from_on is None:
        reasons.append(FieldReason("from_on", "Give the day from which they would do it."))
    return reasons


def why_not_decide_subcontract(reason: str, *, is_decided: bool, side: str | None) -> list[str]:
    """CON-10. The commissioner consents or not, once and in writing; without consent nobody else does a part."""
    if side != "council":
        return ["Consent is the council’s to give."]
    if is_decided:
        return ["This request was answered before."]
    return [] if reason.strip() else [FieldReason("reason", "Write the conditions, or why not.")]
