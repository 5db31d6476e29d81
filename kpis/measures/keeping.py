"""What is kept of the dashboard, and what has to be counted again: which records touch which figures, and which months of them."""

import hashlib
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings

from core import clock
from core.dates import months_after
from core.models import Authority
from kpis.measures import own_meetings, own_outcomes, own_places, own_quality, own_waits
from kpis.measures.measure import Measure
from kpis.measures.period import offered
from kpis.measures.service import MEASURES, months_back
from kpis.models import FigureChange, KeptBoard

Gather = Callable
BEHIND: dict[Gather, list[Measure]] = {}
for _measure in MEASURES:
    BEHIND.setdefault(_measure.gather, []).append(_measure)

# What each change that the database writes down touches (migration 0007); a change that nobody here knows touches everything.
TOUCHES: dict[str, tuple[Gather, ...]] = {
    "steps": (own_waits.decided, own_waits.placed, own_waits.signed_to_decided, own_waits.decided_to_placed),
    "signatures": (own_waits.signed,),
    "waiting": (own_waits.waiting,),
    "decisions": (own_meetings.decisions, own_meetings.quorate),
    "meetings": (own_meetings.quorate, own_meetings.notices, own_meetings.papers),
    "actions": (own_meetings.actions,),
    "places": (own_places.places_and_stays,),
    "stays": (own_places.places_and_stays, own_outcomes.many_homes, own_outcomes.scored),
    "endings": (own_outcomes.endings, own_outcomes.goals),
    "children": (own_outcomes.homes_ended, own_outcomes.moved_scores),
    "homes": (own_outcomes.many_homes,),
    "homes ended": (own_outcomes.homes_ended,),
    "scores": (own_outcomes.scored, own_outcomes.moved_scores),
    "complaints": (own_quality.complaints, own_quality.answers),
    "marks": (own_quality.marks,),
    "money": (own_quality.spend,),
    "indicators": (),
    "all": tuple(BEHIND),
}
# What a figure is counted by: where one of these files changes, everything that was kept is counted again.
RULES = ("core/*.py", "*/choices.py", "*/models/*.py", "*/rules/*.py", "kpis/measures/*.py")
MOST_CHANGES = 5_000


@cache
def rules_now() -> str:
    """A hash of all that figures are counted by, as it is installed."""
    found = hashlib.sha256()
    for pattern in RULES:
        for path in sorted(Path(settings.BASE_DIR).glob(pattern)):
            found.update(path.read_bytes())
    return found.hexdigest()


def kept_span(today: date) -> tuple[date, date]:
    """The first day of the first month that a page may ask for on a day, and the day after the last of the last."""
    periods = [period for _, group in offered(today) for period in group]
    first = min(min(months_back(period.last_day)[0][0], period.starts_on) for period in periods)
    return first, max(period.ends_on for period in periods)


@lru_cache(maxsize=256)
def months_of(first: date, last: date) -> tuple[date, ...]:
    """The first days of the months of a span."""
    found = [first]
    while months_after(found[-1], 1) < last:
        found.append(months_after(found[-1], 1))
    return tuple(found)


def is_current(board: KeptBoard | None) -> bool:
    """Whether what is kept was counted for today and by the rules of today."""
    return board is not None and board.day == clock.today() and board.rules == rules_now()


def due_authorities() -> list[Authority]:
    """The authorities of which something is to be counted: never yet, for another day, by other rules, or since something changed."""
    boards = {board.authority_id: board for board in KeptBoard.objects.with_changes()}
    rows = Authority.objects.order_by("pk")
    return [row for row in rows if not is_current(boards.get(row.pk)) or boards[row.pk].is_behind]


def touched(board: KeptBoard | None, changes: Iterable[tuple], span: tuple[date, date]) -> dict[Gather, set[date]]:
    """Take how the kept months stand, changes as (source, since, until), and the span to be kept; give the months to be counted, by what gathers them.

    Of a day that is new, the months that had not ended are counted again, and those that come into the span.
    """
    months = months_of(*span)
    if board is None or board.rules != rules_now() or board.day > clock.today():
        return {gather: set(months) for gather in BEHIND}
    fresh = {month for month in months if not board.first <= month < board.last}
    if board.day < clock.today():
        fresh |= _unfinished(months, board.day)
    found = {gather: set(fresh) for gather in BEHIND}
    told = set(changes)
    for source, since, until in told if len(told) <= MOST_CHANGES else {("all", None, None)}:
        for gather in TOUCHES.get(source, TOUCHES["all"]):
            found[gather] |= {month for month in months if _meets(month, since, until)}
    return {gather: _with_today(some, months) for gather, some in found.items() if some}


def _meets(month: date, since: date | None, until: date | None) -> bool:
    """Whether a month has one of the days that a change may touch."""
    return (since is None or since < months_after(month, 1)) and (until is None or month <= until)


def _unfinished(months: Iterable[date], day: date) -> set[date]:
    """The months that had not ended on a day."""
    return {month for month in months if months_after(month, 1) > day}


def _with_today(some: set[date], months: Iterable[date]) -> set[date]:
    """What stands in a month to come stands today: months that have not ended are counted together."""
    ahead = _unfinished(months, clock.today())
    return some | ahead if some & ahead else some


def runs_of(months: Iterable[date]) -> list[list[date]]:
    """Months that follow one another, together: each run is gathered at once."""
    runs: list[list[date]] = []
    for month in sorted(months):
        if runs and months_after(runs[-1][-1], 1) == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    return runs


def changes_of(authority: Authority) -> list[tuple]:
    """What has changed of an authority's records and is not counted yet, as (key, source, since, until)."""
    return list(FigureChange.objects.filter(authority=authority).values_list("pk", "source", "since", "until"))
