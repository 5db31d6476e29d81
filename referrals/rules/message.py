"""Messages on a referral: words, and somebody to read them."""

from collections.abc import Collection

from core.rules import FieldReason

READERS = ("SW", "TM", "SM", "PA", "PRM")


def why_not_write(words: str, to_roles: Collection[str]) -> list[str]:
    """MSG-1. A message has words, and is to at least one of those who may read it."""
    reasons = [] if words.strip() else [FieldReason("words", "Write your message.")]
    if not set(to_roles) & set(READERS) or set(to_roles) - set(READERS):
        reasons.append(FieldReason("to_roles", "Select who it is for."))
    return reasons
