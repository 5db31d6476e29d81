"""The chair's acts between meetings: on papers everybody has, and first at the next meeting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Act:
    """What the chair would do between meetings, and how it stands."""

    is_chair: bool  # the chair, named deputy or delegate, by their own sign-in
    is_recused: bool
    papers_are_sent: bool
    meeting_is_to_come: bool
    is_done_already: bool = False


@dataclass(frozen=True)
class Settling:
    """What a meeting makes of one act."""

    settled_as: str
    words: str
    ends_on: date | None
    meeting_is_in_progress: bool
    was_acted: bool
    is_settled_already: bool = False


def why_not_act(act: Act) -> list[str]:
    """ACT-1. The chair acts between meetings, by their own sign-in, on papers sent to every member not recused."""
    reasons = []
    if not act.is_chair:
        reasons.append("Only the chair, or somebody named to act as chair, acts between meetings.")
    if act.is_recused:
        reasons.append("You are recused from this item.")
    if not act.papers_are_sent:
        reasons.append("Send the papers to every member who is not recused first.")
    if not act.meeting_is_to_come:
        reasons.append("The meeting has begun: the panel decides this there.")
    if act.is_done_already:
        reasons.append("The chair has already acted on this.")
    return reasons


def why_not_settle(settling: Settling) -> list[str]:
    """ACT-2. The next meeting ratifies each act of the chair, varies it saying how, or ends it by a day."""
    reasons = []
    if not settling.was_acted:
        reasons.append("The chair has not acted on this.")
    if not settling.meeting_is_in_progress:
        reasons.append("This meeting is not in progress.")
    if settling.is_settled_already:
        reasons.append("A meeting has already settled this act.")
    asked = {
        "ratified": "", "varied": "" if settling.words.strip() else "Say how the act is varied.",
        "ended": "" if settling.ends_on else "Give the day on which what the chair agreed ends.",
    }.get(settling.settled_as, "Choose whether the act is ratified, varied or ended.")  # fmt: skip
    return reasons + ([asked] if asked else [])


def why_not_decide_yet(acts: Sequence[int]) -> list[str]:
    """ACT-3. Each act of the chair is the first business after interests."""
    return [f"Item {number} comes first: ratify, vary or end the chair’s act." for number in acts]
