"""Two referrers, and copies: who may join, and what may be copied."""

from collections.abc import Collection
from datetime import date

from core.dates import months_after

OLD_MONTHS = 6


def why_not_join(*, is_author: bool, works_here: bool, is_open: bool) -> list[str]:
    """JNT-1. The second referrer is another social worker of the council, while the referral is open."""
    reasons = [] if is_open else ["This referral has ended."]
    if is_author or not works_here:
        reasons.append("Choose a social worker of this council who did not write the referral.")
    return reasons


def why_not_copy(sections: Collection[str], *, offered: Collection[str]) -> list[str]:
    """CPY-1. A copy takes at least one section, and only those that may be copied."""
    if not sections:
        return ["Tick at least one section to start from."]
    return [] if set(sections) <= set(offered) else ["Choose from the sections on the page."]


def is_old(saved_on: date | None, *, today: date) -> bool:
    """Say whether a section was written more than six months ago, or never."""
    return saved_on is None or months_after(saved_on, OLD_MONTHS) < today
