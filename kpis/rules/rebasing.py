"""When the limits of a chart may begin afresh."""

from collections.abc import Collection
from datetime import date

SHORTEST = 10


def why_not_rebase(from_on: date | None, reason: str, today: date, others: Collection[date]) -> list[str]:
    """REB-1. Limits begin afresh from the first day of a month that has come, once, for a reason that is written."""
    reasons = []
    if from_on is not None and (from_on.day != 1 or from_on > today):
        reasons.append("Give the first day of a month that has come.")
    if from_on in others:
        reasons.append("Limits already begin afresh on that day.")
    if len(reason.strip()) < SHORTEST:
        reasons.append("Say what changed, so that readers know why earlier periods no longer count.")
    return reasons
