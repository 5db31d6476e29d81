"""Emergencies: who may start a stay out of hours, what is written then, and who signs second."""

from dataclasses import dataclass
from datetime import datetime, time

from core.rules import FieldReason

OPENS, CLOSES = time(9), time(17)


def is_out_of_hours(when: datetime, *, is_working_day: bool, opens: time = OPENS, closes: time = CLOSES) -> bool:
    """Say whether the council's offices are shut at a local moment."""
    return not is_working_day or not opens <= when.time() < closes


@dataclass(frozen=True)
class Said:
    """What the service manager on call wrote."""

    risk: str
    legal_status: str
    agreed_with: str
    impact: str


def why_not_start_in_emergency(*, is_on_call: bool, out_of_hours: bool) -> list[str]:
    """EMG-1. Out of hours, the service manager on call starts a stay in an emergency, and nobody else."""
    reasons = [] if is_on_call else ["Only the service manager on call starts a stay in an emergency."]
    if not out_of_hours:
        reasons.append("The offices are open: propose the bed, and the child’s social worker accepts it.")
    return reasons


def why_not_say(said: Said) -> list[str]:
    """EMG-2. An emergency start says the risk, the legal status, who agreed and the impact."""
    asked = {
        "risk": "Write the risk tonight.", "legal_status": "Select the child’s legal status.",
        "agreed_with": "Write who agreed.", "impact": "Write the impact on those who live there.",
    }  # fmt: skip
    return [FieldReason(name, words) for name, words in asked.items() if not getattr(said, name).strip()]


def why_not_second(*, is_starter: bool, is_signed: bool, may_second: bool) -> list[str]:
    """EMG-3. An emergency start is signed second by another manager, once."""
    reasons = ["You started it: another manager signs second."] if is_starter else []
    reasons += ["It has been signed second already."] if is_signed else []
    return reasons + ([] if may_second else ["Only a service, strategic or head of service manager signs second."])
