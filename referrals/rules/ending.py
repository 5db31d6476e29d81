"""Endings: what is written before support ends, and when it is asked how things are (002:730-732)."""

from dataclasses import dataclass
from datetime import date

from core.dates import day_in_words, months_after
from core.rules import FieldReason

CHECK_MONTHS = (3, 6, 12)
TASKS = ("reason", "exit", "next", "feedback")
MOVED_BY_DECISION = {"moved on", "adult", "died", "adopted"}


@dataclass(frozen=True)
class EndingFacts:
    """What has been written about one ending."""

    why: str = ""
    why_words: str = ""
    outcome: str = ""
    goal_achieved: str = ""
    exit_plan: str = ""
    relapse_plan: str = ""
    child_agrees: str = ""
    carer_agrees: str = ""
    agencies: str = ""
    lives_next: str = ""
    supports_next: str = ""
    child_helped: str = ""
    child_feedback: str = ""
    child_not_asked: str = ""
    carer_helped: str = ""
    carer_feedback: str = ""
    carer_not_asked: str = ""
    works_with: str = ""
    works_with_changed: str = ""


def missing_by_task(facts: EndingFacts, *, support_goes_on: bool) -> dict[str, list[str]]:
    """Take what was written; give what each task still lacks, in sentences (002:732).

    Where support goes on elsewhere (outreach after a bed) only the reason and where the child
    goes next are asked: the exit plan and the feedback belong to the end of support.
    """
    asked = {"reason": _reason(facts, support_goes_on), "next": _next(facts)}
    if not support_goes_on:
        asked |= {"exit": _exit(facts), "feedback": _feedback(facts)}
    return {task: asked.get(task, []) for task in TASKS}


def _lacking(pairs) -> list[str]:
    return [sentence for said, sentence in pairs if not said.strip()]


def _reason(facts: EndingFacts, support_goes_on: bool) -> list[str]:
    found = _lacking([(facts.why, "Say why it ends.")])
    if support_goes_on:
        return found
    return found + _lacking([
        (facts.goal_achieved, "Say whether the goal of the referral was reached."),
        (facts.outcome, "Say what came of it."),
        (facts.works_with_changed or ("" if facts.works_with else "nobody"), f"Say what changed for {facts.works_with}."),
    ])  # fmt: skip


def _exit(facts: EndingFacts) -> list[str]:
    found = _lacking([
        (facts.exit_plan, "Write the exit plan."),
        (facts.relapse_plan, "Write what is done if things slip back."),
        (facts.agencies, "Say which agencies agreed the exit plan."),
    ])  # fmt: skip
    for said, who in ((facts.child_agrees, "child"), (facts.carer_agrees, "carer")):
        if said in {"", "not asked"}:
            found.append(f"Ask the {who} about the exit plan.")
    return found


def _next(facts: EndingFacts) -> list[str]:
    return _lacking([
        (facts.lives_next, "Say where the child lives next."),
        (facts.supports_next, "Say who supports the child next."),
    ])  # fmt: skip


def _feedback(facts: EndingFacts) -> list[str]:
    pairs = [
        (facts.child_feedback + facts.child_helped, facts.child_not_asked, "the child"),
        (facts.carer_feedback + facts.carer_helped, facts.carer_not_asked, facts.works_with or "the carer"),
    ]
    return [f"Ask {who} how it was, or say why not." for said, why, who in pairs if not (said + why).strip()]


def why_not_end_as_planned(facts: EndingFacts, *, support_goes_on: bool = False) -> list[str]:
    """END-1. A stay ends as planned, and support ends, once its reason, exit plan, next support and feedback are written."""
    missing = missing_by_task(facts, support_goes_on=support_goes_on)
    return [sentence for task in TASKS for sentence in missing[task]]


def why_not_end_unplanned(because: str) -> list[str]:
    """END-2. An unplanned end says what happened; its exit plan is then due at once."""
    return [] if because.strip() else ["Say what happened, and why the ending could not be planned."]


def why_not_end_while_missing(*, is_missing: bool, why: str) -> list[str]:
    """END-5. A stay does not end while the child is missing or away: the place is held, unless the child was moved by decision.

    Then the reason that is written says so: another home, adult services, or what a manager enters (a death, an adoption).
    """
    if not is_missing or why in MOVED_BY_DECISION:
        return []
    return [
        "The child is missing or away from home, so the place is held: record the return first.",
        "Where a decision was made to move the child, write that as why it ends: another home, or adult services.",
    ]


def why_not_step(was: str, now: str, reason: str) -> list[str]:
    """END-3. Support steps down while it runs, and comes up again with a reason."""
    if {was, now} != {"SUPPORTED", "STEP_DOWN"}:
        return ["This child is not being supported."]
    return [] if now == "STEP_DOWN" or reason.strip() else ["Say why more support is needed again."]


def why_not_check(*, due_on: date, today: date, is_done: bool, is_stopped: bool, is_sustained: str = "",
                  came_back: str = "") -> list[str]:  # fmt: skip
    """END-4. How things are after the end is asked once, from the day it is due."""
    if is_sustained == came_back == "yes":
        return [FieldReason("came_back", "The move cannot both have held and have ended in care again")]
    if is_stopped:
        return ["This check is not made: the record was closed."]
    if is_done:
        return ["This check has been recorded."]
    return [] if due_on <= today else [f"This check is due on {day_in_words(due_on)}, not before."]


def check_days(ended_on: date) -> dict[int, date]:
    """Give the days 3, 6 and 12 months after an end (004:1101-1102)."""
    return {months: months_after(ended_on, months) for months in CHECK_MONTHS}
