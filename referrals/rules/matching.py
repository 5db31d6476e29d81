"""Matching: whether a waiting child and a place suit each other, said in words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

# Risks that bear on those a child lives with, as the risk task names them.
RISKS_TO_RESIDENTS = {
    "risk_physical": "physical harm to others",
    "risk_fire": "setting fires",
    "risk_sexual_others": "sexual harm to others",
    "risk_criminal_others": "criminal exploitation of others",
}


@dataclass(frozen=True)
class Check:
    """One thing looked at: what it is, whether it fits (None where a person must look), and why."""

    name: str
    fits: bool | None
    words: str


@dataclass(frozen=True)
class Match:
    """All that was looked at for one child and one place."""

    checks: Sequence[Check]

    @property
    def is_barred(self) -> bool:
        """True where something stands in the way that nobody may go past."""
        return any(check.fits is False for check in self.checks)

    @property
    def asks_why(self) -> bool:
        """True where a person may go on with a reason."""
        return any(check.fits is None for check in self.checks)


def risks_together(child: Mapping[str, str], residents: Collection[Mapping[str, str]]) -> list[str]:
    """Say which known risks living together would bring; answers are those of the risk task."""
    if not residents:
        return []
    found = [
        f"The child has a known risk of {words}, and somebody else lives there."
        for key, words in RISKS_TO_RESIDENTS.items() if child.get(key) == "present"
    ]  # fmt: skip
    for key, words in RISKS_TO_RESIDENTS.items():
        if any(resident.get(key) == "present" for resident in residents):
            found.append(f"A child who lives there has a known risk of {words}.")
    return found


def why_not_live_together(risks: Sequence[str], because: str) -> list[str]:
    """MAT-1. A known risk between children who would live together is gone past only with a reason."""
    if not risks or because.strip():
        return []
    return [*risks, "Say why the children can still live together, and what will keep them safe."]
