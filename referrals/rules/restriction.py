"""Restricted records: when one is kept to named people, and how that ends."""

from collections.abc import Collection

from core.rules import FieldReason

SHORTEST_REASON = 10


def why_not_restrict(*, is_restricted: bool, because: str, named: int, kept_from: Collection[str]) -> list[str]:
    """RES-1. A record is restricted once, with a reason, to at least one named person from whom it is not kept."""
    reasons = ["This record is restricted already."] if is_restricted else []
    if not because.strip():
        reasons.append(FieldReason("because", "Say why the record is restricted."))
    if not named:
        reasons.append(FieldReason("people", "Name at least one person who keeps seeing the record."))
    reasons += [FieldReason("others", f"The record is kept from {name}, who cannot be named.") for name in kept_from]
    return reasons


def why_not_unname(*, left: int) -> list[str]:
    """RES-2. A restricted record keeps at least one named person."""
    return [] if left else ["Name somebody else first: a restricted record keeps at least one named person."]


def why_not_lift(*, asked_by: int | None, agreeing: int, because: str) -> list[str]:
    """RES-3. Lifting a restriction takes two people: one asks with a reason, another agrees."""
    if asked_by is None:
        return [] if because.strip() else [FieldReason("because", "Say why the restriction is no longer needed.")]
    return ["Somebody else has to agree: you asked for it."] if asked_by == agreeing else []


def why_not_break_glass(*, found: bool, is_kept: bool, because: str) -> list[str]:
    """RES-4. A restricted record is opened in an emergency by its number and a reason, unless it is kept from them."""
    reasons = []
    if len(because.strip()) < SHORTEST_REASON:
        reasons.append(FieldReason("because", "Say why the child cannot wait, in a sentence."))
    if not found or is_kept:
        reasons.append(FieldReason("number", "Nothing was opened for that number. Check it, or ask your manager."))
    return reasons
