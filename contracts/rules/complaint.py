"""Complaints, incidents and compliments (002:862-867)."""

from collections.abc import Collection
from datetime import date

from core.readings import Reading, declare
from core.rules import FieldReason

ANSWER_WITHIN = "complaint-answered-within"

declare(
    Reading(
        ANSWER_WITHIN, "Complaint answered, within", "Working Day", 10, 1, 65, "Complaints and incidents",
        "The house’s own reading, to be checked by the council; 002:862-867 states none",
    ),
)  # fmt: skip


def plainly(name: str) -> str:
    """A name without capitals, titles or spare spaces, to compare with another."""
    words = [word.strip(".,") for word in name.casefold().split()]
    return " ".join(word for word in words if word not in {"dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor"})


def why_not_log_complaint(about: str, *, received_on: date | None, told_how_on: date | None, today: date) -> list[str]:
    """CMP-1. A complaint or incident says what happened and on which day it was received, which is not to come."""
    reasons = []
    if not about.strip():
        reasons.append(FieldReason("about", "Say what happened, or what was said."))
    if received_on is None or received_on > today:
        reasons.append(FieldReason("received_on", "Say on which day it was received, today or before."))
    if told_how_on is not None and told_how_on > today:
        reasons.append(FieldReason("told_how_on", "The day on which the family was told is not to come."))
    return reasons


def why_not_name_investigator(name: str, post: str, *, in_delivery: Collection[str], is_neutral: bool, is_closed: bool) -> list[str]:
    """CMP-2. Who looks into it is named while it is open, and takes no part in delivering the service (002:866)."""
    if is_closed:
        return ["It is closed already."]
    reasons = []
    if not name.strip():
        reasons.append(FieldReason("investigator", "Enter the name of whoever looks into it."))
    elif plainly(name) in {plainly(worker) for worker in in_delivery}:
        reasons.append(FieldReason("investigator", f"{name.strip()} works in this service. Somebody who takes no part in it looks into it."))
    if not post.strip():
        reasons.append(FieldReason("investigator_post", "Say what they do, and where."))
    if not is_neutral:
        reasons.append(FieldReason("is_neutral", "Tick that they take no part in delivering the service."))
    return reasons


def why_not_close_complaint(outcome: str, finding: str, *, answered_on: date | None, received_on: date, today: date,
                            has_investigator: bool, is_closed: bool) -> list[str]:  # fmt: skip
    """CMP-3. It is closed once, by what an investigator found, with its outcome and the day whoever told it was answered."""
    if is_closed:
        return ["It is closed already."]
    reasons = []
    if not has_investigator and outcome != "withdrawn":
        reasons.append("Name who looks into it first.")
    if not outcome:
        reasons.append(FieldReason("outcome", "Select what came of it."))
    if not finding.strip():
        reasons.append(FieldReason("finding", "Say what was found."))
    if answered_on is None or not received_on <= answered_on <= today:
        reasons.append(FieldReason("answered_on", "Say on which day they were answered, from the day it was received to today."))
    return reasons


def why_not_give_compliment(words: str) -> list[str]:
    """CMP-4. A compliment has words."""
    return [] if words.strip() else [FieldReason("words", "Write what was good.")]
