"""Activation: when a contract may be put in force, and a price confirmed."""


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
