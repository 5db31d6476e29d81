"""Sessions: with whom the contract lets the team work (002:10, 636, 642)."""

from collections.abc import Sequence
from datetime import date

from core.rules import FieldReason

WITH_THE_CHILD = {"direct"}


def why_not_hold_session(kind: str, *, no_direct_work: bool) -> list[str]:
    """SES-1. Where the contract says no direct work, sessions are with those who care for the child; a psychological assessment is the one exception."""
    if no_direct_work and kind in WITH_THE_CHILD:
        return [FieldReason("kind", "The contract says no direct work with the child: choose who cares for them, or the psychological assessment")]
    return []


def why_not_record_session(*, held_on: date, came: Sequence[str], today: date) -> list[str]:
    """SES-2. A session is recorded once it was held, with who came."""
    found = [FieldReason("held_on", "A session is recorded on its day or after")] if held_on > today else []
    return found + ([] if came else [FieldReason("came", "Say who came")])


def names_in(text: str) -> list[str]:
    """Take names typed one a line; give each once, at most 30."""
    return list(dict.fromkeys(line.strip()[:120] for line in text.splitlines() if line.strip()))[:30]
