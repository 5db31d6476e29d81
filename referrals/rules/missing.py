"""Missing from home: when it is reviewed, when the return interview is due, and when it is often."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from core.dates import day_in_words
from core.figures import percentage
from core.rules import FieldReason

DAY = timedelta(hours=24)
# What is usual; the numbers in force come from those who call.
INTERVIEW_HOURS, MANY, OFTEN_DAYS = 72, 3, 90


def _elapsed(moment: datetime) -> datetime:
    """The same moment on a clock that is never put forward or back, so that hours between moments are true."""
    return moment.astimezone(UTC)


def next_review(from_at: datetime, reviewed_at: Iterable[datetime]) -> datetime:
    """Give when a missing child's case is next reviewed: 24 hours after they went, then every 24 hours.

    A review done early or late moves nothing: the next is the first multiple of 24 hours after
    the last one done. Hours are elapsed, so they are true when the clocks change.
    """
    from_at = _elapsed(from_at)
    last = max((_elapsed(at) for at in reviewed_at), default=None)
    if last is None or last < from_at:
        return from_at + DAY
    return from_at + DAY * ((last - from_at) // DAY + 1)


def interview_due(returned_at: datetime, hours: int = INTERVIEW_HOURS) -> datetime:
    """Give when the return interview is due: so many hours after the child came back (004:4928-4971)."""
    return _elapsed(returned_at) + timedelta(hours=hours)


def is_in_time(returned_at: datetime, done_at: datetime, hours: int = INTERVIEW_HOURS) -> bool:
    """Say whether a return interview was done within so many hours; on the very hour is."""
    return _elapsed(returned_at) <= _elapsed(done_at) <= interview_due(returned_at, hours)


def days_missing(from_at: datetime, until_at: datetime) -> int:
    """Count the days away, a part of one as a whole."""
    return -((_elapsed(from_at) - _elapsed(until_at)) // DAY)


def window(today: date, days: int = OFTEN_DAYS) -> date:
    """Give the first day of a rolling period of some days that ends with today."""
    return today - timedelta(days=days - 1)


def is_often(began: Iterable[date], today: date, *, many: int = MANY, days: int = OFTEN_DAYS) -> bool:
    """Say whether so many episodes began in the days that end with today (004:4807-4817)."""
    return sum(window(today, days) <= day <= today for day in began) >= many


@dataclass(frozen=True)
class Ended:
    """One episode that has ended, for counting interviews."""

    is_offered: bool
    is_accepted: bool
    returned_at: datetime
    done_at: datetime | None
    within_hours: int = INTERVIEW_HOURS


@dataclass(frozen=True)
class Share:
    """Some out of all, with the percentage."""

    name: str
    numerator: int
    denominator: int

    @property
    def percent(self) -> Decimal | None:
        """Half up; None out of nothing."""
        return percentage(self.numerator, self.denominator)


def interview_shares(episodes: Sequence[Ended]) -> list[Share]:
    """Give the three figures of return interviews, none of which is the others."""
    offered = [each for each in episodes if each.is_offered]
    within = {each.within_hours for each in episodes} or {INTERVIEW_HOURS}
    hours = f"{within.pop()} hours" if len(within) == 1 else "the hours asked for then"
    done = [each for each in episodes if each.done_at and is_in_time(each.returned_at, each.done_at, each.within_hours)]
    return [
        Share("Offered, of episodes that ended", len(offered), len(episodes)),
        Share("Accepted, of those offered", sum(each.is_accepted for each in offered), len(offered)),
        Share(f"Done within {hours}, of episodes that ended", len(done), len(episodes)),
    ]


def why_not_report(from_at: datetime, others: Iterable[tuple[datetime, datetime | None]], *, now: datetime,
                   until_at: datetime | None = None) -> list[str]:  # fmt: skip
    """MIS-1. An episode starts when the child was missed, not in the future, and shares no hour with another."""
    if from_at > now:
        return [FieldReason("from_on", "That is in the future.")]
    for start, end in others:
        if (end is None or end > from_at) and (until_at is None or start < until_at):
            when = day_in_words(start.date())
            return [FieldReason("from_on", f"An episode from {when} covers that time already. Record the return there first.")]
    return []


def why_not_return(from_at: datetime, until_at: datetime, *, now: datetime, is_open: bool) -> list[str]:
    """MIS-2. A return comes after the child went, and not in the future."""
    if not is_open:
        return ["The return is recorded already."]
    if until_at <= from_at:
        return [FieldReason("on", "The return comes after the child went missing.")]
    return [FieldReason("on", "That is in the future.")] if until_at > now else []


def why_not_interview(*, returned_at: datetime | None, accepted: bool | None, done_at: datetime | None,
                      because: str, now: datetime) -> list[str]:  # fmt: skip
    """MIS-3. A return interview is offered after the return; one that was said no to or not done says why."""
    if returned_at is None:
        return ["The child has not come back yet. The interview is offered on return."]
    reasons = []
    if done_at is not None and accepted is not True:
        reasons.append(FieldReason("accepted", "An interview that was done was accepted."))
    if done_at is not None and not returned_at <= done_at <= now:
        reasons.append(FieldReason("done_on", "The interview comes after the return, and not in the future."))
    if accepted is False and not because.strip():
        reasons.append(FieldReason("because", "Say why the child did not take it up."))
    return reasons
