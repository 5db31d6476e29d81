"""Priority: which waiting child comes first, with the working shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.rules import FieldReason

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
    area_miles: int = 20
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


@dataclass(frozen=True)
class Asked:
    """A band as somebody asks for it: what it was ("" at first), what is proposed, and who agrees."""

    band: str
    proposed: str
    was: str = ""
    reason: str = ""
    strategic_manager_agrees: bool = False


def moves_up(asked: Asked) -> bool:
    """Say whether a child is moved up: from the band they have, or at first from the one proposed."""
    known = asked.band in BANDS
    return known and BANDS.index(asked.band) < BANDS.index(asked.was or asked.proposed)


def why_not_band(asked: Asked) -> list[str]:
    """PRI-1. A band is one of three; one that is neither proposed nor kept has a reason."""
    if asked.band not in BANDS:
        return [FieldReason("band", "Select how urgent this is.")]
    reasons = []
    if asked.band not in {asked.proposed, asked.was} and not asked.reason.strip():
        reasons.append(FieldReason("band_reason", f"The working proposes {asked.proposed}. Say why it should be {asked.band}."))
    return reasons + why_not_move_up(asked)


def why_not_move_up(asked: Asked) -> list[str]:
    """PRI-2. Moving a child up records the strategic manager's agreement."""
    if moves_up(asked) and not asked.strategic_manager_agrees:
        return [FieldReason("agreed_by", "Select the strategic manager who agreed to move this child up.")]
    return []


def look_again_on(banded_on: date, *, every_days: int) -> date:
    """Give the day by which a band is looked at again."""
    return banded_on + timedelta(days=every_days)


@dataclass(frozen=True)
class Waiter:
    """One waiting child as the order knows them: the number set by hand, the band, since when; of all alike, the lower key is first."""

    key: int | str
    band: str
    waiting_since: datetime
    number: int | None = None


def in_order(waiting: Sequence[Waiter]) -> list[Waiter]:
    """Give waiting children in order: as set by hand; one who came since goes in by band and date.

    A newcomer stands before the first numbered child who would follow them by band and date, so
    that an urgent child never waits at the end for a new order.
    """
    line = sorted((w for w in waiting if w.number is not None), key=lambda w: (w.number, w.key))
    newcomers = sorted((w for w in waiting if w.number is None), key=_natural, reverse=True)
    for newcomer in newcomers:
        later = (n for n, other in enumerate(line) if _natural(newcomer) < _natural(other))
        line.insert(next(later, len(line)), newcomer)
    return line


def _natural(waiter: Waiter) -> tuple:
    return (*turn(waiter.band, waiter.waiting_since), waiter.key)
