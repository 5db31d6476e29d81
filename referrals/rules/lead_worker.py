"""Lead workers: who leads a child's support, one at a time."""

from dataclasses import dataclass

from core.rules import FieldReason

FROM = ("AGREED", "CONDITIONS", "PART", "WAITING", "OFFERED", "SUPPORTED", "STEP_DOWN")


@dataclass(frozen=True)
class Naming:
    """A lead worker as asked for: who is now, who is to be, and whether they work for the provider."""

    now: str | int | None
    wanted: str | int
    works_for_provider: bool
    reason: str = ""
    status: str = "SUPPORTED"


def why_not_lead(naming: Naming) -> list[str]:
    """LEA-1. A lead worker works for the provider of the service that was agreed."""
    reasons = []
    if naming.status not in FROM:
        reasons.append("A lead worker is named once a place is agreed, and while support goes on.")
    if not naming.works_for_provider:
        reasons.append(FieldReason("person", "Choose somebody who works for the provider."))
    return reasons + why_not_change_lead(naming)


def why_not_change_lead(naming: Naming) -> list[str]:
    """LEA-2. A lead worker changes to somebody else, with a reason."""
    if naming.now is None:
        return []
    reasons = []
    if naming.now == naming.wanted:
        reasons.append(FieldReason("person", "They lead already. Choose somebody else."))
    if not naming.reason.strip():
        reasons.append(FieldReason("reason", "Say why the lead worker changes."))
    return reasons
