"""What the law and the strategy ask for and when: reviews, permanence, pathway, SDQ."""

from collections.abc import Sequence
from datetime import date, timedelta

from core.dates import birthday, months_after
from core.rules import FieldReason
from referrals.rules import sdq

# Days after coming into care, then after each review: the first, the second, each later one.
FIRST_REVIEW, SECOND_REVIEW, LATER_REVIEWS = timedelta(days=20), 3, 6
PATHWAY_MONTHS = 30  # before an eighteenth birthday, as is usual; the number in force comes from those who call
SDQ_REASONS = {
    "SDQ1": "Under 4 or over 17 on the day",
    "SDQ2": "The carer said no to filling it in",
    "SDQ3": "Not possible because of the child’s disability",
    "SDQ4": "Another reason",
    "SDQ5": "The child said no",
}


def next_statutory_review(in_care_since: date, held: Sequence[date], add_working_days) -> date:
    """Give when the next statutory review is due: 20 Working Days in, then 3 months on, then every 6 months.

    `add_working_days(day, n)` counts Working Days.
    """
    done = sorted(day for day in held if day >= in_care_since)
    if not done:
        return add_working_days(in_care_since, FIRST_REVIEW.days)
    return months_after(done[-1], SECOND_REVIEW if len(done) == 1 else LATER_REVIEWS)


def permanence_state(reviews_held: Sequence[date], plan_on: date | None) -> tuple[str, bool]:
    """Say whether there was a permanence plan by the second statutory review (004:1142-1143), and whether it is late."""
    second = sorted(reviews_held)[1] if len(reviews_held) > 1 else None
    if plan_on is None:
        return ("No permanence plan, and the second review has been held", True) if second else (
            "Needed by the second review", False)  # fmt: skip
    if second and plan_on > second:
        return "Made after the second review", True
    return "Made by the second review", False


def pathway_from(born_on: date, months_before: int = PATHWAY_MONTHS) -> date:
    """Give the day, so many months before 18, from which a pathway plan and a personal adviser are asked for (004:1031-1033)."""
    return months_after(birthday(born_on, 18), -months_before)


def pathway_state(born_on: date | None, plan_on: date | None, has_adviser: bool, today: date,
                  months_before: int = PATHWAY_MONTHS) -> tuple[str, bool]:  # fmt: skip
    """Say what is missing of a pathway plan and a personal adviser so many months before 18 (004:1031-1033)."""
    if born_on is None:
        return "The date of birth is not known", False
    if today < pathway_from(born_on, months_before):
        return "Not asked for yet", False
    missing = [name for name, there in (("pathway plan", plan_on), ("personal adviser", has_adviser)) if not there]
    if missing:
        return f"No {' and no '.join(missing)}", True
    return "Pathway plan and personal adviser in place", False


def sdq_state(in_care_since: date | None, born_on: date | None, last: date | None, today: date) -> tuple[str, bool]:
    """Say whether a yearly SDQ is asked for: in care for twelve months, and from 4 to 16 years old."""
    if in_care_since is None:
        return "When the child came into care is not known, so nobody can say whether one is required", False
    if today < months_after(in_care_since, 12):
        return "Not required: under 12 months in care", False
    if born_on and not birthday(born_on, 4) <= today < birthday(born_on, 17):
        return "Not required at this age: the return asks for 4 to 16", False
    if last is None:
        return "Required, and none is written down", True
    due = months_after(last, 12)
    return ("A new one is due", True) if today >= due else ("Done within the year", False)


BAND_WORDS = {
    "normal": "In the average range",
    "borderline": "Slightly raised",
    "cause for concern": "Cause for concern",
}


def band_words(score: int) -> str:
    """Say a score's band in words."""
    return BAND_WORDS[sdq.band(score)]


def stoke_words(score: int, from_score: int = sdq.CAUSE_FOR_CONCERN) -> str:
    """Say a score as the specification counts it: so many and over, or below (002:622)."""
    return f"{from_score} and over" if score >= from_score else f"Below {from_score}"


def change_words(earlier: int | None, later: int) -> str:
    """Say how a score has moved since the one before; a lower score is better."""
    if earlier is None:
        return "First score"
    moved = sdq.movement(earlier, later)
    by = abs(later - earlier)
    return {"same": "No change", "improved": f"{by} lower: better", "worsened": f"{by} higher: worse"}[moved]


def why_not_sdq(score: int | None, reason: str, *, on: date, today: date, born_on: date | None = None) -> list[str]:
    """SDQ-1. An SDQ is a score of 0 to 40 or the reason there is none, on a day that has come."""
    reasons = []
    if (score is None) == (not reason):
        reasons.append(FieldReason("score", "Enter a score, or select why there is none: one of the two."))
    if score is not None and not 0 <= score <= sdq.HIGHEST:
        reasons.append(FieldReason("score", "A total score is a whole number from 0 to 40."))
    if on > today:
        reasons.append(FieldReason("on", "That day has not come yet."))
    if born_on and on < born_on:
        reasons.append(FieldReason("on", "That is before the child was born."))
    return reasons


def why_not_hold_review(*, held_on: date, today: date, is_held: bool) -> list[str]:
    """REV-1. A review is written up once, on a day that has come."""
    if is_held:
        return ["This review is written up already."]
    return [FieldReason("held_on", "That day has not come yet.")] if held_on > today else []


def why_not_care_date(field: str, on: date | None, *, today: date) -> list[str]:
    """REV-2. What has happened has a date that is not in the future."""
    return [FieldReason(field, "That day has not come yet.")] if on is not None and on > today else []
