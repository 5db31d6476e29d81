"""Placement stability, as the Department for Education counts it: many moves in a year, and lasting placements.

Sources: its guidance on children looked after data (2022, 2023); the standards body's metrics 850, NI062 and NI063.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, pairwise
from operator import attrgetter

SHORT_BREAKS = frozenset({"V3", "V4"})
TEMPORARY = frozenset({"T0", "T1", "T2", "T3", "T4"})
FOR_ADOPTION = frozenset({"A3", "A4", "A5", "A6"})
MAY_ADOPT = frozenset({"U2", "U5"})
NEW_CARER = frozenset({"S", "P", "B"})
SAME_CARER = frozenset({"T", "U"})
NO_CHANGE = frozenset({"L"})


@dataclass(frozen=True)
class Episode:
    """One row of a statutory return: a stretch of care with one legal status and one placement.

    `reason_started` is the return's RNE, `legal_status` its LS, `placement` its PLACE; `ended_on` is exclusive,
    and None while it goes on.
    """

    child: str
    started_on: date
    ended_on: date | None
    reason_started: str
    legal_status: str
    placement: str
    postcode: str = ""
    urn: str = ""

    def is_open(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.started_on <= day and (self.ended_on is None or self.ended_on > day)

    @property
    def where(self) -> tuple[str, str, str]:
        """What makes a placement the same one again."""
        return self.placement, self.postcode, self.urn


@dataclass(frozen=True)
class Figure:
    """How many, out of how many."""

    numerator: int
    denominator: int


@dataclass(frozen=True)
class _Placement:
    """One placement: the episodes that make it, in order."""

    episodes: tuple[Episode, ...]

    @property
    def started_on(self) -> date:
        return self.episodes[0].started_on

    def touches(self, first: date, last: date) -> bool:
        """Whether it was open on some day of a period; what ended on the first day was not."""
        return any(e.started_on <= last and (e.ended_on is None or e.ended_on > first) for e in self.episodes)


def three_or_more_placements(
    episodes: Iterable[Episode], *, year_end: date, reading: str = "carer", temporary: bool = False
) -> Figure:
    """Give, of the children looked after at the year's end, those with three or more placements in that year.

    `reading` is "carer" (a placement begins with another carer) or "any" (a change of placement with the same carer
    begins one too). Temporary placements count only where `temporary` says so; going back to the placement before one
    is never a new placement. Short breaks are left out. ValueError for another reading.
    """
    begins = _begins({"carer": NEW_CARER, "any": NEW_CARER | SAME_CARER}, reading)
    first = date(year_end.year - 1, 4, 1)
    looked_after = many = 0
    for rows in _by_child(e for e in episodes if e.legal_status not in SHORT_BREAKS):
        if any(e.is_open(year_end) for e in rows):
            looked_after += 1
            placements = _placements(rows, begins, temporary=temporary)
            many += sum(p.touches(first, year_end) for p in placements) >= 3
    return Figure(many, looked_after)


def same_placement_two_years(
    episodes: Iterable[Episode], births: Mapping[str, date], *, year_end: date, reading: str = "dfe since 2021"
) -> Figure:
    """Give, of children under 16 in care for two and a half years, those two years or more in the same placement.

    Several years' episodes are needed. `births` maps each child to a date of birth. `reading` is "dfe since 2021"
    (another carer, or coming to live with one who may adopt), "carer only" (another carer) or "any change". Those placed
    for adoption count the placement before with it. A child whose care began as short breaks is left out. ValueError for
    another reading, or for a child without a date of birth.
    """
    readings = {"dfe since 2021": NEW_CARER, "carer only": NEW_CARER, "any change": NEW_CARER | SAME_CARER}
    begins = _begins(readings, reading, adopters=reading == "dfe since 2021")
    in_care_since, placed_since = date(year_end.year - 3, 9, 30), date(year_end.year - 2, 3, 31)
    long, lasting = 0, 0
    for rows in _by_child(episodes):
        period = _period_of_care(rows, year_end)
        if not period or period[0].started_on > in_care_since or period[0].legal_status in SHORT_BREAKS:
            continue
        if period[-1].legal_status in SHORT_BREAKS or not _is_under_16(rows[0].child, births, year_end):
            continue
        long += 1
        lasting += _placed_since(period, begins) <= placed_since
    return Figure(lasting, long)


def in_care_a_year(episodes: Iterable[Episode], *, year_end: date) -> set[str]:
    """Give the children looked after on the year's last day and on every day of that year, short breaks left out."""
    since = date(year_end.year - 1, 4, 1)
    found = set()
    for rows in _by_child(episodes):
        period = _period_of_care(rows, year_end)
        if period and period[0].started_on <= since and not any(e.legal_status in SHORT_BREAKS for e in period):
            found.add(rows[0].child)
    return found


def stitched(found: Mapping[tuple[str, date], Episode]) -> list[Episode]:
    """Give episodes by child and start in that order; one left open ends when the same child's next one starts."""
    episodes = [found[key] for key in sorted(found)]
    later = [*pairwise(episodes), (episodes[-1], None)] if episodes else []
    return [
        replace(one, ended_on=after.started_on) if after and one.ended_on is None and after.child == one.child else one
        for one, after in later
    ]


def age_on(born_on: date, day: date) -> int:
    """Give somebody's age in whole years on a day; one born on 29 February is a year older on 1 March."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def _begins(readings, reading, *, adopters=False):
    """Whether an episode begins a placement, by one of the readings: called with it and with the episode before."""
    if reading not in readings:
        raise ValueError(f"A reading is one of: {', '.join(readings)}.")
    reasons = readings[reading]

    def begins(episode: Episode, before: Episode) -> bool:
        comes_to_adopters = episode.placement in MAY_ADOPT and before.placement not in MAY_ADOPT
        return episode.reason_started in reasons or (adopters and comes_to_adopters)

    return begins


def _by_child(episodes: Iterable[Episode]) -> list[list[Episode]]:
    """Each child's episodes, in order."""
    rows = sorted(episodes, key=attrgetter("child", "started_on"))
    return [list(theirs) for _, theirs in groupby(rows, key=attrgetter("child"))]


def _placements(rows: list[Episode], begins, *, temporary: bool = False) -> list[_Placement]:
    """The placements that these episodes of one child make; temporary ones only where they count."""
    found: list[list[Episode]] = []
    away: list[Episode] = []  # temporary episodes since the last placement
    for episode in rows:
        if episode.placement in TEMPORARY:
            away.append(episode)
        elif found and _goes_on(episode, found[-1], away, begins):
            found[-1].append(episode)
            away = []
        else:
            found.append([episode])
            away = []
    made = [_Placement(tuple(one)) for one in found]
    return made + (_temporary([e for e in rows if e.placement in TEMPORARY], begins) if temporary else [])


def _goes_on(episode: Episode, placement: list[Episode], away: list[Episode], begins) -> bool:
    """Whether an episode belongs to the placement before it: nothing new began, or the child came back from elsewhere."""
    if away and episode.where == placement[-1].where and episode.reason_started != "S":
        return True
    return not begins(episode, (away or placement)[-1])


def _temporary(away: list[Episode], begins) -> list[_Placement]:
    """The temporary placements among some temporary episodes; those that do not follow one another are apart."""
    found: list[list[Episode]] = []
    for episode in away:
        if found and found[-1][-1].ended_on == episode.started_on and not begins(episode, found[-1][-1]):
            found[-1].append(episode)
        else:
            found.append([episode])
    return [_Placement(tuple(one)) for one in found]


def _period_of_care(rows: list[Episode], day: date) -> list[Episode]:
    """The unbroken episodes up to the one open on a day, or none: a start of care, or a gap, begins a period."""
    upto = [e for e in rows if e.started_on <= day]
    if not upto or not upto[-1].is_open(day):
        return []
    first = len(upto) - 1
    while first and upto[first].reason_started != "S" and upto[first - 1].ended_on == upto[first].started_on:
        first -= 1
    return upto[first:]


def _placed_since(period: list[Episode], begins) -> date:
    """When the placement of the last episode began; that of a child placed for adoption with the one before it."""
    placements = _placements(period, begins) or _temporary(period, begins)
    first = len(period) - 1
    if period[first].placement not in FOR_ADOPTION:
        return placements[-1].started_on
    while first and period[first - 1].placement in FOR_ADOPTION and period[first].reason_started not in NEW_CARER:
        first -= 1
    held = {episode: placement for placement in placements for episode in placement.episodes}
    return min(placements[-1].started_on, held.get(period[max(first - 1, 0)], placements[-1]).started_on)


def _is_under_16(child: str, births: Mapping[str, date], day: date) -> bool:
    """Whether a child is under 16 on a day."""
    if child not in births:
        raise ValueError(f"Child {child} has no date of birth.")
    return age_on(births[child], day) < 16
