"""A contract's life: when it may be written down, put in force and ended, and a price confirmed."""

from datetime import date

from core.rules import FieldReason


def why_not_add_contract(name: str, *, has_provider: bool, starts_on: date | None, ends_on: date | None, is_free: bool) -> list[str]:
    """CON-21. A contract has a name that no other has, a provider, and a first day before its last."""
    reasons = []
    if not name.strip():
        reasons.append(FieldReason("name", "Give the contract a name."))
    elif not is_free:
        reasons.append(FieldReason("name", "Another contract has this name: give it one that tells them apart."))
    if not has_provider:
        reasons.append(FieldReason("provider", "Choose the provider."))
    if starts_on is None:
        reasons.append(FieldReason("starts_on", "Give its first day."))
    elif ends_on is not None and ends_on <= starts_on:
        reasons.append(FieldReason("ends_on", "The last day comes after the first."))
    return reasons


def why_not_add_lot(name: str, *, starts_on: date | None, contract_from: date) -> list[str]:
    """CON-22. A lot has a name, and starts with its contract or later."""
    reasons = [] if name.strip() else [FieldReason("name", "Give the lot a name.")]
    if starts_on is None or starts_on < contract_from:
        reasons.append(FieldReason("starts_on", "A lot starts on the contract’s first day or later."))
    return reasons


def why_not_end(state: str, *, ends_on: date | None, today: date) -> list[str]:
    """CON-23. A contract is ended once, when its last day has come."""
    if state == "ended":
        return ["This contract is over already."]
    if ends_on is None or ends_on > today:
        return ["A contract is ended when its last day has come."]
    return []


def why_not_activate(state: str, *, prices: int) -> list[str]:
    """CON-1. A contract is put in force once, with at least one price."""
    reasons = []
    if state != "proposed":
        reasons.append("This contract has been in force already.")
    if not prices:
        reasons.append("Set at least one price first.")
    return reasons


def why_not_confirm(*, is_confirmed: bool) -> list[str]:
    """CON-2. A price is confirmed once, by a named person."""
    return ["This price was confirmed before."] if is_confirmed else []


def why_not_price_directly(state: str) -> list[str]:
    """CON-24. A price is set directly before its contract is in force; afterwards it changes by a variation."""
    return [] if state == "proposed" else ["This contract is in force: propose a variation, which both parties agree."]
