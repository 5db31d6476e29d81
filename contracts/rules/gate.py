"""Gates, frozen baselines, reports of progress, and the steps of plans."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from contracts.rules.quarters import quarters_of
from core.dates import months_after
from core.rules import FieldReason

# What a pilot is rolled out for, and what an extension hangs on (002:13, 934, 955).
NEEDED = {"pilot": ("outcomes", "value"), "extension": ("funding", "compliance")}
WORDS = {"outcomes": "that outcomes are satisfactory", "value": "of value for money", "funding": "that funding is there",
         "compliance": "that the contract is kept to"}  # fmt: skip
MONTHS = {"monthly": 1, "quarterly": 3, "annual": 12}
QUARTERLY = "quarterly"  # of the quarters that returns and payments are of, whatever day reports begin


@dataclass(frozen=True)
class AtGate:
    """What a gate has before it; `evidence` maps a criterion to whether everything put forward shows it."""

    kind: str
    decision: str
    reason: str
    despite: str = ""
    has_baseline: bool = False
    evidence: dict = field(default_factory=dict)
    reports_wanting: int = 0
    is_decided: bool = False


def why_not_decide_gate(at: AtGate) -> list[str]:
    """CON-11. A gate is decided once, with a reason; going on needs its evidence, a pilot its frozen baseline, and says why despite gaps."""
    if at.is_decided:
        return ["This gate was decided before."]
    reasons = []
    if at.decision not in {"go on", "stop"}:
        reasons.append(FieldReason("decision", "Choose: go on, or stop."))
    if not at.reason.strip():
        reasons.append(FieldReason("reason", "Say why."))
    return reasons + _wanting(at) if at.decision == "go on" else reasons


def _wanting(at: AtGate) -> list[str]:
    """What going on still needs."""
    reasons = []
    if at.kind == "pilot" and not at.has_baseline:
        reasons.append(FieldReason("decision", "Freeze the baseline first: a pilot’s effect is judged against it."))
    reasons += [
        FieldReason("decision", f"Nothing has been put forward {WORDS[one]}.") for one in NEEDED[at.kind] if one not in at.evidence
    ]
    gaps = at.reports_wanting or not all(at.evidence.values())
    if gaps and not at.despite.strip():
        reasons.append(FieldReason("despite", "Reports are missing, or evidence does not show it: say why it goes on all the same."))
    return reasons


def why_not_add_evidence(text: str, *, is_decided: bool) -> list[str]:
    """CON-12. Evidence says something, and is put forward before the gate is decided."""
    if is_decided:
        return ["This gate has been decided: what was put forward stays as it was."]
    return [] if text.strip() else [FieldReason("text", "Write what shows it, and where it can be seen.")]


def why_not_freeze(title: str, tables: Sequence[dict], *, as_of: date | None, today: date) -> list[str]:
    """CON-13. A baseline is frozen with its title, its day and at least one table, and never changed."""
    reasons = []
    if not title.strip():
        reasons.append(FieldReason("title", "Give the baseline a title."))
    if as_of is None or as_of > today:
        reasons.append(FieldReason("as_of_on", "Give the day the figures are of, not later than today."))
    if not tables or any(not table.get("rows") for table in tables):
        reasons.append(FieldReason("tables", "Give at least one table, each with its rows."))
    return reasons


@dataclass(frozen=True)
class Period:
    """One report that is due: its kind, its first day, and the day after its last."""

    kind: str
    first: date
    until: date


def periods_due(kinds: Collection[str], *, from_on: date, today: date, until: date | None = None) -> list[Period]:
    """Give every period of each kind that has ended by today, from the first day reports cover, in order."""
    last = min(today, until + timedelta(days=1)) if until else today
    found = [period for kind in kinds for period in _periods(kind, from_on, last) if period.until <= last]
    return sorted(found, key=lambda period: (period.until, MONTHS[period.kind]))


def _periods(kind: str, from_on: date, last: date) -> list[Period]:
    """The periods of one kind that begin by a day; the first quarter is as long as is left of it."""
    if kind == QUARTERLY:
        return [Period(kind, max(one.starts_on, from_on), one.ends_on) for one in quarters_of(from_on, max(last, from_on))]
    step, count = MONTHS[kind], max((last.year - from_on.year + 1) * 12 // MONTHS[kind], 0)
    return [Period(kind, months_after(from_on, step * turn), months_after(from_on, step * (turn + 1))) for turn in range(count)]


def why_not_judge_report(kind: str, first: date | None, *, due: Collection[Period], judged: Collection[tuple[str, date]],
                         received_on: date | None, today: date) -> list[str]:  # fmt: skip
    """CON-14. A report of progress is judged once, for a period that has ended, after it came in."""
    period = next((one for one in due if (one.kind, one.first) == (kind, first)), None)
    if period is None:
        return [FieldReason("period", "Choose a period that has ended.")]
    if (kind, first) in judged:
        return [FieldReason("period", "The report of that period was judged before.")]
    if received_on is None or not period.first < received_on <= today:
        return [FieldReason("received_on", "Give the day it came in, after its period began and not later than today.")]
    return []


def why_not_add_step(what: str, owner: str, *, due_on: date | None) -> list[str]:
    """CON-15. A step of a plan says what is done, by whom and by when."""
    reasons = []
    if not what.strip():
        reasons.append(FieldReason("what", "Say what is to be done."))
    if not owner.strip():
        reasons.append(FieldReason("owner", "Say who does it."))
    if due_on is None:
        reasons.append(FieldReason("due_on", "Give the day by which it is done."))
    return reasons


def why_not_finish_step(*, is_done: bool) -> list[str]:
    """CON-16. A step is done once."""
    return ["This step was done before."] if is_done else []
