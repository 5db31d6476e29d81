"""Clients of the interface for machines: made by one person, agreed by another, answered while they are in force."""

from collections.abc import Collection
from datetime import date, timedelta

from core.rules import FieldReason

SCOPES = {
    "definitions": "What each indicator means: definitions by version, and targets",
    "figures": "Figures that were validated for release, small counts hidden",
    "capacity": "Places now: how many, in use, free, and what a week costs",
}
LONGEST = timedelta(days=366)
CALLS_A_MINUTE = 60


def why_not_make_client(*, name: str, purpose: str, scopes: Collection[str], expires_on: date | None, today: date) -> list[str]:
    """API-1. A client of the interface has a name, a purpose, what it may read, and an end within a year."""
    reasons = []
    if not name.strip():
        reasons.append(FieldReason("name", "Say what asks, for example the council’s Power BI."))
    if not purpose.strip():
        reasons.append(FieldReason("purpose", "Say what it is for, and who looks after it."))
    if not scopes or not set(scopes) <= set(SCOPES):
        reasons.append(FieldReason("scopes", "Choose at least one thing that it may read."))
    if expires_on is None or not today < expires_on <= today + LONGEST:
        reasons.append(FieldReason("expires_on", "Choose a day after today and within a year."))
    return reasons


def why_not_agree_client(*, made_by, agreeing, is_agreed: bool, is_revoked: bool, expires_on: date, today: date) -> list[str]:
    """API-2. Somebody other than whoever made a client agrees to it, once, before its end."""
    reasons = []
    if made_by == agreeing:
        reasons.append("You made this client: somebody else agrees to it.")
    if is_agreed or is_revoked or expires_on <= today:
        reasons.append("This client does not wait to be agreed to any more.")
    return reasons


def why_not_revoke_client(*, is_revoked: bool, because: str) -> list[str]:
    """API-3. A client is revoked once, by one person alone, with a reason."""
    reasons = ["This client was revoked before."] if is_revoked else []
    if not because.strip():
        reasons.append(FieldReason("because", "Say why it is revoked."))
    return reasons


def why_not_answer_client(*, is_agreed: bool, is_revoked: bool, expires_on: date, today: date) -> list[str]:
    """API-4. A client is answered once it is agreed to, until it is revoked, and not from the day it ends."""
    reasons = []
    if not is_agreed:
        reasons.append("Nobody has agreed to this client.")
    if is_revoked:
        reasons.append("This client was revoked.")
    if expires_on <= today:
        reasons.append("This client’s time is up.")
    return reasons
