"""Stays: when one starts, moves, changes its dates, ends, or is let go."""

from dataclasses import dataclass
from datetime import date

LIVE = ("offered", "planned", "begun")


@dataclass(frozen=True)
class Standing:
    """One stay as it stands."""

    state: str
    starts_on: date
    planned_end_on: date | None = None
    is_living: bool = True


def why_not_start(stay: Standing, on: date, *, today: date) -> list[str]:
    """STY-1. A stay starts on the day the child arrives, once it has been accepted."""
    reasons = []
    if stay.state != "planned":
        reasons.append("This stay has not been accepted, or is over.")
    if on > today:
        reasons.append("A stay starts on the day it starts, not before.")
    if stay.planned_end_on and on >= stay.planned_end_on:
        reasons.append("It cannot start on or after its planned end.")
    return reasons


def why_not_change_dates(stay: Standing, starts_on: date, planned_end_on: date, reason: str) -> list[str]:
    """STY-3. The dates of a stay change while it goes on, with a reason; a day that has begun stays."""
    reasons = [] if reason.strip() else ["Say why the dates change."]
    if stay.state not in LIVE:
        reasons.append("This stay is over.")
    if planned_end_on <= starts_on:
        reasons.append("A stay ends after the day it started.")
    if stay.state == "begun" and starts_on != stay.starts_on:
        reasons.append("This stay has begun: its first day stays as it was.")
    return reasons


def why_not_move_stay(stay: Standing, *, same_home: bool, same_place: bool, impact: str) -> list[str]:
    """STY-4. A child who lives in a home moves to another bed of that home, with its impact on residents."""
    reasons = []
    if stay.state not in LIVE:
        reasons.append("This stay is over.")
    if same_place:
        reasons.append("The child has that place already.")
    if stay.is_living and stay.state == "begun" and not same_home:
        reasons.append("Another home is another stay: it is proposed, and the child’s social worker accepts it.")
    if stay.is_living and not impact.strip():
        reasons.append("Write the impact on those who live there.")
    return reasons


def why_not_let_go(state: str, *, is_held: bool, plan: str) -> list[str]:
    """STY-5. A held place is let go by a named manager, with a plan for the child."""
    reasons = [] if plan.strip() else ["Write the plan for the child."]
    if not is_held or state not in LIVE:
        reasons.append("This place is not held for later.")
    return reasons


def why_not_hold_for_one(stay: Standing, *, other_rooms: int, reason: str) -> list[str]:
    """STY-6. A home is held for one child by a decision with a reason, and its other room closes."""
    reasons = [] if reason.strip() else ["Say why the child needs to live there alone."]
    if not stay.is_living or stay.state not in LIVE:
        reasons.append("Only a child who has a bed or a room can have a home to themselves.")
    if other_rooms == 0:
        reasons.append("This home has no other open room.")
    return reasons
