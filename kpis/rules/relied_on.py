"""The register of documents that the terms and the contract rely on."""

from datetime import date

from core.rules import FieldReason


def why_not_add_document(*, may: bool, title: str, is_there: bool) -> list[str]:
    """REG-1. A document that a clause relies on stands in the register once, under its name."""
    reasons = [] if may else ["Information governance or the panel administrator keeps this register."]
    if not title.strip():
        reasons.append(FieldReason("title", "Enter its name"))
    return [*reasons, FieldReason("title", "That document is in the register already")] if is_there else reasons


def why_not_say_held(*, may: bool, asked_on: date | None, held_on: date | None, held_where: str, today: date) -> list[str]:
    """REG-2. A document is held from a day that has come, at a place that is named; otherwise it is said not to be supplied."""
    reasons = [] if may else ["Information governance or the panel administrator keeps this register."]
    if held_on is not None and not held_where.strip():
        reasons.append(FieldReason("held_where", "Say where it is kept"))
    for field, day in (("asked_on", asked_on), ("held_on", held_on)):
        if day is not None and day > today:
            reasons.append(FieldReason(field, "The day must be today or before"))
    return reasons
