"""Priority: which waiting child comes first, with the working shown."""

from dataclasses import dataclass
from datetime import datetime

URGENT, HIGH, STANDARD = "urgent", "high", "standard"
BANDS = (URGENT, HIGH, STANDARD)


@dataclass(frozen=True)
class PriorityTerms:
    """What counts for how much; advisory, and the service's own to set."""

    at_risk_within_days: int = 5
    at_risk_points: int = 3
    sdq_from: int = 17
    sdq_points: int = 2
    outside_points: int = 1
    urgent_from: int = 4
    high_from: int = 2


@dataclass(frozen=True)
class Need:
    """What is known of one child's need; None where it is not known."""

    placement_at_risk_in_days: int | None = None
    sdq: int | None = None
    lives_outside_the_area: bool | None = None


@dataclass(frozen=True)
class Priority:
    """A band, and the sentences that say how it came about."""

    band: str
    points: int
    working: list[str]


def priority(need: Need, terms: PriorityTerms | None = None) -> Priority:
    """Propose a band for a need, with its working; a person accepts or overrides it."""
    terms = terms or PriorityTerms()
    parts = [_placement(need, terms), _sdq(need, terms), _area(need, terms)]
    points = sum(part for part, _ in parts)
    working = [f"{sentence} ({part:+d})." if part else f"{sentence}." for part, sentence in parts]
    return Priority(_band(points, terms), points, working)


def _band(points: int, terms: PriorityTerms) -> str:
    if points >= terms.urgent_from:
        return URGENT
    return HIGH if points >= terms.high_from else STANDARD


def _placement(need: Need, terms: PriorityTerms) -> tuple[int, str]:
    days = need.placement_at_risk_in_days
    if days is None:
        return 0, "Whether the placement is at risk is not known"
    if days <= terms.at_risk_within_days:
        return terms.at_risk_points, f"The placement is at risk within {days} days"
    return 0, f"The placement is not at risk within {terms.at_risk_within_days} days"


def _sdq(need: Need, terms: PriorityTerms) -> tuple[int, str]:
    if need.sdq is None:
        return 0, "The SDQ is not known"
    points = terms.sdq_points if need.sdq >= terms.sdq_from else 0
    return points, f"The SDQ is {need.sdq}"


def _area(need: Need, terms: PriorityTerms) -> tuple[int, str]:
    if need.lives_outside_the_area is None:
        return 0, "Whether the child lives outside the area is not known"
    if need.lives_outside_the_area:
        return terms.outside_points, "The child lives outside the area"
    return 0, "The child lives in the area"


def turn(band: str, waiting_since: datetime) -> tuple[int, datetime]:
    """Give what to sort waiting children by: their band, then how long they have waited."""
    return BANDS.index(band), waiting_since
