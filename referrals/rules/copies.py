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


def why_not_ask_to_join(*, works_here: bool, is_referrer: bool, is_open: bool, has_second: bool, has_asked: bool) -> list[str]:
    """JNT-2. A social worker asks once to be second referrer of an open referral they see that has none."""
    if not is_open:
        return ["This referral has ended."]
    if is_referrer:
        return ["You are one of its referrers already."]
    if not works_here:
        return ["Only a social worker of this council can be its second referrer."]
    if has_second:
        return ["It has a second referrer already. Ask whoever wrote it."]
    return ["You have asked already. Whoever wrote it has been told."] if has_asked else []


def why_not_answer_joiner(*, is_answered: bool) -> list[str]:
    """JNT-3. Whoever asks to be second referrer is answered once."""
    return ["This has been answered already."] if is_answered else []


def why_not_copy(sections: Collection[str], *, offered: Collection[str]) -> list[str]:
    """CPY-1. A copy takes at least one section, and only those that may be copied."""
    if not sections:
        return ["Tick at least one section to start from."]
    return [] if set(sections) <= set(offered) else ["Choose from the sections on the page."]


def is_old(saved_on: date | None, *, today: date) -> bool:
    """Say whether a section was written more than six months ago, or never."""
    return saved_on is None or months_after(saved_on, OLD_MONTHS) < today
