"""Residents of small group homes, and advice to the network."""

from datetime import date

from core.dates import age_on
from core.rules import FieldReason


def why_not_reside(moved_in: date, moved_out: date | None, *, today: date, lives_elsewhere: bool, born_on: date | None) -> list[str]:
    """HOM-1. A child under 18 lives in one small group home at a time, and moves out on or after moving in."""
    reasons = []
    if moved_in > today:
        reasons.append(FieldReason("moved_in_on", "The day of moving in has not come yet."))
    if moved_out and moved_out < moved_in:
        reasons.append(FieldReason("moved_out_on", "The day of moving out is before the day of moving in."))
    if lives_elsewhere:
        reasons.append("The child lives in another small group home. Write down that move out first.")
    if born_on and born_on <= moved_in and age_on(born_on, moved_in) >= 18:
        reasons.append("The homes are for children under 18.")
    return reasons


def why_not_log(on: date, *, today: date, about: str) -> list[str]:
    """ADV-1. A consultation has happened, and says whom it was about."""
    reasons = [FieldReason("on", "That day has not come yet.")] if on > today else []
    return reasons if about.strip() else [*reasons, FieldReason("about", "Say whom it was about.")]
