"""Mental health services (CAMHS): priority access, a stable home first, and a note of who does what."""

from core.rules import FieldReason
from referrals.rules.sdq import CAUSE_FOR_CONCERN

REFERS = ("supporting", "referred")


def has_priority_access(sdq: int | None, *, is_looked_after: bool, from_score: int = CAUSE_FOR_CONCERN) -> bool:
    """Say whether a child in care has priority access: a score of so many or over (002:622)."""
    return is_looked_after and sdq is not None and sdq >= from_score


def why_not_refer_to_health(state: str, *, home_is_stable: bool, plan: str) -> list[str]:
    """CAM-1. A referral to mental health services rests on a stable home, or says how it will be made so."""
    if state in REFERS and not home_is_stable and not plan.strip():
        words = "These services usually ask for a stable home first. Say what will make it so."
        return [FieldReason("unstable_plan", words)]
    return []


def why_not_share_care(state: str, note: str) -> list[str]:
    """CAM-2. Where mental health services work with a child, a note says who does what."""
    if state == "open" and not note.strip():
        return [FieldReason("shared_care_note", "Write who does what, and what is shared with whom.")]
    return []
