"""Minutes: when they may be copied to members, and when they are agreed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


def why_not_send(
    undecided: Sequence[str], *, is_checked_by_chair: bool, is_agreed: bool = False
) -> list[str]:
    """MIN-1. Minutes say of every item that it was decided or deferred."""
    reasons = [f"{item} has been neither decided nor deferred." for item in undecided]
    reasons += why_not_copy(is_checked_by_chair)
    return reasons + why_not_change(is_agreed)


def why_not_copy(is_checked_by_chair: bool) -> list[str]:
    """MIN-3. Minutes are copied, marked draft, once the chair has checked them."""
    return [] if is_checked_by_chair else ["The chair has not checked these minutes."]


def why_not_change(is_agreed: bool) -> list[str]:
    """MIN-4. Agreed minutes are locked."""
    return ["These minutes have been agreed and are locked."] if is_agreed else []


@dataclass(frozen=True)
class MinutesAgreement:
    """The meeting the minutes are of, and the one that would agree them."""

    met_at: datetime
    agreeing_met_at: datetime
    is_same_panel: bool
    was_held: bool  # the agreeing meeting: in progress or held
    were_sent: bool
    is_agreed: bool = False


def why_not_agree(agreement: MinutesAgreement) -> list[str]:
    """MIN-2. Minutes are agreed at a later meeting of the same panel."""
    reasons = []
    later = agreement.is_same_panel and agreement.agreeing_met_at > agreement.met_at
    if not later or not agreement.was_held:
        reasons.append("Minutes are agreed at a later meeting of the same panel, once it meets.")
    if not agreement.were_sent:
        reasons.append("These minutes have not been copied to the members.")
    return reasons + why_not_change(agreement.is_agreed)
