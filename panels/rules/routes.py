"""Routes beside referrals: health's decision on continuing care, and the panel for the most vulnerable care leavers."""

from datetime import date
from decimal import Decimal

from core.dates import age_on
from core.rules import FieldReason

YOUNGEST, OLDEST = 16, 24
SHARED = "joint"


def why_not_record_health(decided_by: str, outcome: str, share: Decimal | None, *, on: date | None, today: date) -> list[str]:
    """RTE-1. Health's decision on continuing care says who decided, on a day that has come, and health's share where cost is shared."""
    reasons = [] if decided_by.strip() else [FieldReason("decided_by", "Say who decided for health.")]
    if not outcome:
        reasons.append(FieldReason("outcome", "Choose what health decided."))
    if on is None or on > today:
        reasons.append(FieldReason("decided_on", "The day of the decision is today or earlier."))
    if outcome == SHARED and (share is None or not 0 < share < 100):
        reasons.append(FieldReason("share", "Give health's share of the cost, between 0 and 100 percent."))
    if outcome and outcome != SHARED and share is not None:
        reasons.append(FieldReason("share", "A share is given only where the cost is shared."))
    return reasons


def why_not_ask_high_risk(why: str, *, born_on: date | None, today: date, is_closed: bool, is_asked: bool) -> list[str]:
    """RTE-2. The high risk panel is asked about a young person from 16 until 25, once at a time, with why."""
    reasons = ["This record is closed."] if is_closed else []
    if born_on is None or not YOUNGEST <= age_on(born_on, today) <= OLDEST:
        reasons.append("This panel hears of young people from 16 until 25.")
    if is_asked:
        reasons.append("The panel has been asked about this young person, and has not heard it yet.")
    return reasons + ([] if why.strip() else [FieldReason("why", "Say why this young person is among the most vulnerable.")])


def why_not_put_to_high_risk(*, is_high_risk: bool, is_placed: bool) -> list[str]:
    """RTE-3. What the high risk panel was asked goes on one agenda of that panel."""
    reasons = [] if is_high_risk else ["That is no meeting of the high risk panel."]
    return [*reasons, "It is on an agenda already."] if is_placed else reasons
