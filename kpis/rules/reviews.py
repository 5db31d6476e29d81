"""Reviews of a contract's performance: how often, what is due when, and what each needs (002:881-892)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.dates import day_in_words, months_after
from core.rules import FieldReason
from core.working_days import WorkingDays

MONTHLY, THREE_MONTHLY = 1, 3
TOGETHER, PROPOSED_AHEAD = timedelta(days=14), timedelta(days=31)
A_WEEK = 5


@dataclass(frozen=True)
class Rhythm:
    """One lot as its reviews depend on it: its start, how often it was settled, and what the last one found."""

    starts_on: date
    settled: int = MONTHLY
    last_was_satisfactory: bool | None = None
    last_on: date | None = None
    kept_from: date | None = None


def first_year_ends(starts_on: date) -> date:
    """Give the day after a lot's first year."""
    return months_after(starts_on, 12)


def months_between(lot: Rhythm, day: date) -> int:
    """Give the months from one review of a lot to the next: one in the first year, and after a poor review."""
    if day < first_year_ends(lot.starts_on) or lot.last_was_satisfactory is False:
        return MONTHLY
    return lot.settled


def next_due_on(lot: Rhythm, day: date) -> date:
    """Give the day by which a lot's next review is due; before the first, a month after reviews are kept."""
    since = lot.last_on or max(lot.starts_on, lot.kept_from or lot.starts_on)
    return months_after(since, months_between(lot, day))


def review_days(dues: Mapping[int, date], months: Mapping[int, int], first_on: date, count: int) -> list[tuple[date, list[int]]]:
    """Take when each lot is next due and how often; give so many reviews from `first_on`, each with its lots.

    A lot that is due within a fortnight of a review joins it.
    """
    dues, found, on = dict(dues), [], first_on
    for _ in range(count if dues else 0):
        lots = [lot for lot, due in dues.items() if due <= on + TOGETHER]
        lots = lots or [min(dues, key=lambda lot: (dues[lot], lot))]
        found.append((on, lots))
        dues.update({lot: months_after(on, months[lot]) for lot in lots})
        on = max(min(dues.values()), on + timedelta(days=1))
    return found


@dataclass(frozen=True)
class Proposal:
    """A review the timetable would have: by when it is due, its lots, its day, and the last day to call it."""

    due_on: date
    lots: tuple[int, ...]
    on: date
    call_by: date


def review_to_propose(dues: Mapping[int, date], today: date, calendar: WorkingDays, papers_days: int) -> Proposal | None:
    """Take when each lot that has no review called is due; give the review to propose, or None while none is due soon.

    It meets on the last Working Day by which it is due; where its papers cannot go out in time for that, on the first
    that leaves a week to call it.
    """
    if not dues or min(dues.values()) > today + PROPOSED_AHEAD:
        return None
    due_on = min(dues.values())
    on = due_on if calendar.is_working(due_on) else calendar.add(due_on, -1)
    if calendar.add(on, -papers_days - 1) < today:
        on = calendar.add(today, papers_days + 1 + A_WEEK)
    lots = tuple(sorted(lot for lot, due in dues.items() if due <= max(on, due_on) + TOGETHER))
    return Proposal(due_on, lots, on, call_by=calendar.add(on, -papers_days - 1))


def why_not_settle_rhythm(lot: Rhythm, months: int, from_on: date | None, because: str) -> list[str]:
    """CRV-1. In a lot's first year its performance is reviewed each month."""
    reasons = [] if because.strip() else [FieldReason("because", "Say why.")]
    if from_on is None:
        return [*reasons, FieldReason("from_on", "Enter the day from which it holds.")]
    if months == MONTHLY:
        return reasons
    ends = first_year_ends(lot.starts_on)
    if from_on < ends:
        reasons.append(FieldReason("from_on", f"The first year of this part lasts until {day_in_words(ends - timedelta(days=1))}, and its reviews are monthly."))
    return reasons + why_not_lengthen(lot.last_was_satisfactory)


def why_not_lengthen(last_was_satisfactory: bool | None) -> list[str]:
    """CRV-2. Reviews move to every three months while performance is satisfactory, as the last review found."""
    if last_was_satisfactory:
        return []
    said = "No review has found that performance is satisfactory." if last_was_satisfactory is None else "The last review found that performance is not satisfactory."
    return [FieldReason("months", said)]


def why_not_call_urgently(side: str, reason: str, *, on: date | None, latest_notice: date | None, today: date) -> list[str]:
    """CRV-3. Either side calls an urgent review with reasonable notice, and says why it cannot wait."""
    reasons = [] if side else ["Only the commissioners or the provider call an urgent review."]
    if not reason.strip():
        reasons.append(FieldReason("reason", "Say why this cannot wait for the next review."))
    if on is not None and latest_notice is not None and latest_notice < today:
        reasons.append(FieldReason("on", f"That is not reasonable notice: the last day to give it was {day_in_words(latest_notice)}."))
    return reasons


def why_not_find(*, is_held: bool, said: Sequence[tuple[str, bool | None, str]], lots: Sequence[str]) -> list[str]:
    """CRV-4. What a review found is written once it has been held: for each part, whether it is satisfactory and why.

    `said` is a field's name, the answer and the words for each lot of `lots`.
    """
    reasons = [] if is_held else ["This review has not been held."]
    for (field, satisfactory, words), lot in zip(said, lots, strict=True):
        if satisfactory is None:
            reasons.append(FieldReason(f"{field}_is", f"Say whether performance of {lot} is satisfactory."))
        if not words.strip():
            reasons.append(FieldReason(f"{field}_words", f"Say what was found of {lot}."))
    return reasons


def why_not_assess(why: str, *, is_open: bool) -> list[str]:
    """CRV-5. A root-and-branch assessment says why it is made, and one is made at a time."""
    reasons = [] if why.strip() else [FieldReason("why", "Say why the service is assessed.")]
    return reasons + (["An assessment of this contract is open already."] if is_open else [])


def why_not_visit(place: str, spoken_with: Sequence[str], *, on: date | None, begun_on: date, today: date, is_ended: bool) -> list[str]:
    """CRV-6. A visit is to a place, on a day of the assessment that has come, and says who was spoken with."""
    reasons = ["This assessment has ended."] if is_ended else []
    if not place.strip():
        reasons.append(FieldReason("place", "Enter the place that was visited."))
    if not spoken_with:
        reasons.append(FieldReason("spoken_with", "Say who was spoken with."))
    if on is None or not begun_on <= on <= today:
        reasons.append(FieldReason("visited_on", f"The day of the visit is from {day_in_words(begun_on)} to today."))
    return reasons


def why_not_end_assessment(finding: str, *, is_ended: bool) -> list[str]:
    """CRV-7. An assessment ends once, with what it found."""
    reasons = ["This assessment has ended."] if is_ended else []
    return reasons + ([] if finding.strip() else [FieldReason("finding", "Say what the assessment found.")])
