"""Moving on: to adult services, to another service, and what is offered at 16 and 17."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from core.dates import age_on, birthday, day_in_words, months_after
from core.rules import FieldReason

MONTHS_BEFORE_18 = 6  # as is usual; the number in force comes from those who call


@dataclass(frozen=True)
class Handing:
    """The dates of one handover."""

    born_on: date | None
    meets_on: date | None = None
    joint_from_on: date | None = None
    leads_from_on: date | None = None
    decided_on: date | None = None
    decision: str = ""
    agreed_on: date | None = None
    months_before: int = MONTHS_BEFORE_18


def why_not_support_after_18(handing: Handing) -> list[str]:
    """TRN-1. Support goes on after 18 only by a decision, with the young person's own fresh agreement."""
    if handing.decided_on is None and handing.agreed_on is None and not handing.decision.strip():
        return []
    found = []
    if handing.decided_on is None:
        found.append(FieldReason("after_18_decided_on", "Enter the day of the decision"))
    if not handing.decision.strip():
        found.append(FieldReason("after_18_decision", "Say who decided, and what"))
    if handing.agreed_on is None:
        found.append(FieldReason("after_18_agreed_on", "Enter the day the young person agreed"))
    elif handing.born_on and handing.agreed_on < half_way(handing.born_on, handing.months_before):
        found.append(FieldReason("after_18_agreed_on", f"The agreement must be fresh: given at {nearly_18(handing.months_before)} or later"))
    return found


def why_not_phase(handing: Handing) -> list[str]:
    """TRN-2. A handover goes by phases: meeting the adult service, working together, then they lead."""
    phases = [("meets_on", handing.meets_on), ("joint_from_on", handing.joint_from_on), ("leads_from_on", handing.leads_from_on)]
    dated = [(field, day) for field, day in phases if day is not None]
    return [
        FieldReason(later, "This phase cannot begin before the one before it")
        for (_, before), (later, after) in pairwise(dated)
        if after < before
    ]


def half_way(born_on: date, months_before: int = MONTHS_BEFORE_18) -> date:
    """Give the day so many months before 18: seventeen and a half, as is usual."""
    return months_after(born_on, 18 * 12 - months_before)


def nearly_18(months_before: int) -> str:
    """Say that age: "seventeen and a half", or "4 months before 18"."""
    return "seventeen and a half" if months_before == MONTHS_BEFORE_18 else f"{months_before} months before 18"


def adult_warning(born_on: date | None, today: date, *, has_handover: bool, months_before: int = MONTHS_BEFORE_18) -> str:
    """Take a birth date; give the warning about turning 18, or nothing before seventeen and a half (or the months in force)."""
    if born_on is None or today < half_way(born_on, months_before):
        return ""
    eighteen = birthday(born_on, 18)
    if today >= eighteen:
        return f"This young person was 18 on {day_in_words(eighteen)}. Support goes on only by a decision, with their own agreement."
    plan = "" if has_handover else " No handover to adult services is written yet."
    return f"This young person is 18 on {day_in_words(eighteen)}.{plan}"


def why_not_record_offer(*, born_on: date | None, came_on: date, offered_on: date, choice: str,
                         chose_on: date | None, own_words: str, today: date) -> list[str]:  # fmt: skip
    """TRN-3. A homeless young person of 16 or 17 is offered section 20 first, and then makes an informed choice."""
    found = []
    if born_on is not None and not 16 <= _age(born_on, came_on) <= 17:
        found.append(FieldReason("came_on", "This is for a young person of 16 or 17 on that day"))
    if came_on > today:
        found.append(FieldReason("came_on", "The day must be today or before"))
    if not came_on <= offered_on <= today:
        found.append(FieldReason("offered_on", "The offer is made on the day they came or after, and recorded once made"))
    return found + (_why_not_chosen(offered_on, chose_on, own_words, today) if choice != "not yet" else [])


def _why_not_chosen(offered_on: date, chose_on: date | None, own_words: str, today: date) -> list[str]:
    found = []
    if chose_on is None or not offered_on <= chose_on <= today:
        found.append(FieldReason("chose_on", "The choice is made on the day of the offer or after, and not in the future"))
    if not own_words.strip():
        found.append(FieldReason("own_words", "Write what the young person said, in their words"))
    return found


def _age(born_on: date, day: date) -> int:
    return age_on(born_on, day) if day >= born_on else -1


def why_not_link(*, is_same: bool, is_sealed: bool, is_there: bool) -> list[str]:
    """TRN-4. Two children are linked once, each keeping a record of their own; a sealed record is never linked."""
    if is_same:
        return [FieldReason("other", "That is the same child")]
    if is_sealed:
        return [FieldReason("other", "No child with that reference can be linked")]
    return [FieldReason("other", "They are linked already")] if is_there else []


def why_not_record_onward(*, referred_on: date, outcome: str, outcome_on: date | None, today: date) -> list[str]:
    """TRN-5. An onward referral says to whom and when, and what came of it with its day."""
    found = [FieldReason("referred_on", "The day must be today or before")] if referred_on > today else []
    if outcome != "waiting" and (outcome_on is None or not referred_on <= outcome_on <= today):
        found.append(FieldReason("outcome_on", "Enter the day you heard, from the referral to today"))
    return found


def why_not_record_disengagement(*, noticed_on: date, noticed: str, tried: str, next_steps: str,
                                 agreed_with: str, agreed_on: date | None, today: date) -> list[str]:  # fmt: skip
    """TRN-6. Support not taken up is followed up: what was noticed and tried, shared with the referrer, next steps agreed."""
    asked = [("noticed", noticed, "Say what you noticed"), ("tried", tried, "Say what you have tried")]
    found = [FieldReason(field, sentence) for field, said, sentence in asked if not said.strip()]
    if noticed_on > today:
        found.append(FieldReason("noticed_on", "The day must be today or before"))
    if next_steps.strip() and not agreed_with.strip():
        found.append(FieldReason("agreed_with", "Say with whom the next steps were agreed"))
    if next_steps.strip() and (agreed_on is None or not noticed_on <= agreed_on <= today):
        found.append(FieldReason("agreed_on", "Enter the day they were agreed, from the day it was noticed to today"))
    return found
