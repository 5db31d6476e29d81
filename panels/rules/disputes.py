"""Disputes that a meeting did not settle, under clause 59 of the service contract."""

from dataclasses import dataclass
from datetime import date

OVER = {"settled", "withdrawn"}
REFERRED = {"referred", "talks", "outside"}


@dataclass(frozen=True)
class Step:
    """One step of a dispute as it would be recorded."""

    stage: str
    on: date | None
    due_on: date | None
    words: str
    today: date
    began_on: date | None = None
    is_over: bool = False


def why_not_take_step(step: Step) -> list[str]:
    """DSP-1. A dispute not settled in the meeting goes to clause 59, with a day by which it is answered."""
    reasons = []
    if not step.words.strip():
        reasons.append("Say what was done.")
    if step.stage in REFERRED and step.due_on is None:
        reasons.append("Give the day by which an answer is due.")
    if step.on is not None and step.due_on is not None and step.due_on < step.on:
        reasons.append("An answer is due on or after the day of this step.")
    return reasons + why_not_date_step(step)


def why_not_date_step(step: Step) -> list[str]:
    """DSP-2. A step of a dispute is on a day that has come, after it was raised, and while it is open."""
    reasons = []
    if step.is_over:
        reasons.append("This dispute is over.")
    if step.on is None:
        reasons.append("Give the day of this step.")
    elif step.on > step.today:
        reasons.append("The day of this step has not come yet.")
    elif step.began_on is not None and step.on < step.began_on:
        reasons.append("This step is before the dispute was raised.")
    return reasons
