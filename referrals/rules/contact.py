"""Contact details: how to reach whoever referred, kept right after it was sent."""

from core.rules import FieldReason

CLOSED = ("ENDED", "WITHDRAWN")
MOST = 300


def why_not_change_contact(*, status: str, was_sent: bool, name: str, contact: str, is_current: bool) -> list[str]:
    """CNT-1. Whoever refers keeps their name and how to reach them right, from the sending until it has ended.

    Before it is sent they are answers like any other. `is_current` says that nobody has changed them
    since the page was opened (002:702).
    """
    if status in CLOSED:
        return ["This referral has ended."]
    if not was_sent:
        return ["This referral has not been sent yet. Change your details in “What you are asking for”."]
    reasons = [] if name.strip() else [FieldReason("name", "Enter the name of the person referring.")]
    if not contact.strip():
        reasons.append(FieldReason("contact", "Enter how to reach the person referring."))
    if not is_current:
        reasons.append("Somebody changed these details since you opened the page. Read them, and save again.")
    return reasons
