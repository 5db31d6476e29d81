"""Remit: what a resources panel asks of a request, and of a decision to agree to one, by its kind (003:23-33, 003:86)."""

from dataclasses import dataclass
from datetime import date, timedelta

from panels.rules.commitment import (
    Commitment,
    why_not_assess,
    why_not_commit,
    why_not_pay_above,
    why_not_section_17,
)

NO_RECOURSE, JOINT = "no recourse", "joint"
EXPLORES = ("accommodation", "placement")
PLACED_AWAY = {"out of area", "at a distance"}
WAYS = ("universal services", "family support", "a family group conference")


@dataclass(frozen=True)
class Ask:
    """One request: what it would commit, and what its kind asks beside."""

    commitment: Commitment
    explored: tuple[str, ...] = ()  # of WAYS, in their order: "tried", "unsuitable", "not yet" or ""
    explored_words: str = ""


@dataclass(frozen=True)
class Agreeing:
    """One decision that would agree to something: what it commits, and what its kind asks beside."""

    commitment: Commitment
    review_on: date | None = None
    review_by: date | None = None
    tried_first: str = ""


def against_asking(ask: Ask) -> list[str]:
    """Everything that stands against a request, in the order of its questions."""
    asked = ask.commitment
    sums = why_not_commit(asked) + why_not_section_17(asked) + why_not_assess(asked) + why_not_pay_above(asked)
    return sums + why_not_accommodate(asked.kind, ask.explored, ask.explored_words)


def against_agreeing(agreeing: Agreeing) -> list[str]:
    """Everything that stands against agreeing: a sum that is small may be agreed once it is before the panel."""
    asked = agreeing.commitment
    sums = why_not_commit(asked) + why_not_pay_above(asked)
    days = why_not_review_later(asked.kind, agreeing.review_on, agreeing.review_by)
    return sums + days + why_not_place_away(asked.kind, agreeing.tried_first)


def why_not_accommodate(kind: str, explored: tuple[str, ...] = (), words: str = "") -> list[str]:
    """REM-5. Other ways of helping are explored before a child comes into care."""
    if kind not in EXPLORES:
        return []
    given = dict(zip(WAYS, explored, strict=False))
    open_ways = [way for way in WAYS if given.get(way, "") in {"", "not yet"}]
    if open_ways and not words.strip():
        return [f"Say what came of {way}, or why there is no time." for way in open_ways]
    return []


def why_not_keep(kind: str) -> list[str]:
    """REM-6. Joint and three-way funding goes to the Tripartite group."""
    return ["Joint and three-way funding is for the Tripartite group: send the item there."] if kind == JOINT else []


def why_not_review_later(kind: str, review_on: date | None, last: date | None) -> list[str]:
    """REM-7. An arrangement without recourse to public funds is reviewed within the terms' weeks."""
    if kind != NO_RECOURSE or last is None:
        return []
    if review_on is None or review_on > last:
        return [f"Review it by {last.day} {last:%B %Y}."]
    return []


def why_not_place_away(kind: str, tried_first: str) -> list[str]:
    """REM-8. Agreeing a placement away says what was tried before: services for all, family support, a family group conference."""
    if kind not in PLACED_AWAY or tried_first.strip():
        return []
    return ["Say what was tried first."]


def review_by(today: date, weeks: int | None) -> date | None:
    """The last day for a review that is due within so many weeks, where the terms say."""
    return today + timedelta(weeks=weeks) if weeks else None
