"""Children's care counted from the service's own records: SDQ scores and how they moved, homes that broke down, goals, plans.

A cell of 1 to 5 children hides its whole table from those who watch: nothing beside it gives it back.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import F, Q

from core import clock
from core.dated import number
from core.dates import months_after
from core.figures import percentage
from kpis.rules.sdq_figures import (
    SdqMovement,
    SdqYear,
    TwoBands,
    goal_score,
    sdq_movement,
    sdq_year,
    two_bands,
)
from kpis.rules.stability import age_on
from referrals.models import CareDetails, Child, Ending, Placement, Review, SdqScore
from referrals.models.high_sdq import high_of
from referrals.rules.care import SDQ_REASONS, permanence_state
from referrals.rules.placement import BandRow, Ended, early_endings
from referrals.rules.readings import SDQ_FROM

MOST = 20_000
SMALL_GROUP = "small group"
FEW = 5


def is_safe(cells: Collection[int | None]) -> bool:
    """Whether no cell counts 1 to 5 children."""
    return not any(cell is not None and 0 < cell <= FEW for cell in cells)


@dataclass
class SdqGroup:
    """One group's year of scores, and how those with two years moved."""

    name: str
    two: TwoBands
    year: SdqYear
    moved: SdqMovement
    hidden: bool = False
    moves_hidden: bool = False

    @property
    def covers(self):
        """How much of the year before's scores the movement covers, in per cent to one place."""
        return percentage(self.moved.coverage.numerator, self.moved.coverage.denominator, 1)


@dataclass
class SdqCare:
    """A year of SDQ: everybody, and those in a small group home, by the number in force at its end."""

    starts_on: date
    ends_on: date
    from_score: int
    groups: list[SdqGroup]
    oversight: tuple[int, int] = (0, 0)
    missing: list[tuple[str, int]] = field(default_factory=list)
    oversight_hidden: bool = False
    missing_hidden: bool = False

    @property
    def any_hidden(self) -> bool:
        """Whether this reader misses something."""
        return self.oversight_hidden or self.missing_hidden or any(group.hidden or group.moves_hidden for group in self.groups)


def sdq_care(authority, starts_on: date, *, hide: bool) -> SdqCare:
    """The year from 1 April: all children, and those in a small group home, against the year before (002:121-424)."""
    ends_on, before = months_after(starts_on, 12), months_after(starts_on, -12)
    later, earlier = scores_of_year(authority, starts_on), scores_of_year(authority, before)
    births = dict(Child.objects.filter(authority=authority).exclude(born_on=None).values_list("pk", "born_on")[:MOST])
    in_care, year_end = in_care_a_year(authority, ends_on), ends_on - timedelta(days=1)
    from_score = number(SDQ_FROM, authority=authority, on=year_end)
    this, both = _in_small_group(authority, starts_on, ends_on), _in_small_group(authority, before, starts_on)
    groups = [
        SdqGroup(
            name, two_bands(list(now.values()), from_score=from_score), sdq_year(now, births, inside, year_end=year_end),
            sdq_movement(was, {child: now[child] for child in now if child in of_both}),
        )
        for name, now, was, inside, of_both in (
            ("All children", later, earlier, in_care, later.keys()),
            ("In a small group home", _of(later, this), _of(earlier, both), in_care & this, this),
        )
    ]  # fmt: skip
    found = high_of(Child.objects.filter(authority=authority), starts_on, authority=authority)
    looked = sum(row.look is not None for row in found)
    care = SdqCare(starts_on, ends_on, from_score, groups, (looked, len(found)), _missing(in_care, births, later, starts_on, year_end))
    return _hidden(care) if hide else care


def _of(scores: dict, children: set) -> dict:
    return {child: score for child, score in scores.items() if child in children}


def scores_of_year(authority, starts_on: date) -> dict[int, int]:
    """Each child's newest score of a year."""
    rows = SdqScore.objects.filter(child__authority=authority, score__isnull=False, on__gte=starts_on, on__lt=months_after(starts_on, 12))
    return dict(rows.order_by("on", "pk").values_list("child", "score")[:MOST])


def _missing(in_care, births, scores, starts_on, year_end) -> list[tuple[str, int]]:
    """Of the children whose score is asked for and who have none: how many for each reason of the return, and for none."""
    without, said = reasons_missing(in_care, births, scores, starts_on, year_end)
    reasons = list(said.values())
    return [*((words, reasons.count(code)) for code, words in SDQ_REASONS.items()), ("No reason is written down", len(without) - len(said))]


def reasons_missing(in_care, births, scores, starts_on: date, year_end: date) -> tuple[set[int], dict[int, str]]:
    """The children whose score is asked for and who have none, and the reason of those who have one written down."""
    without = {child for child in in_care - scores.keys() if child in births and 5 <= age_on(births[child], year_end) <= 16}
    rows = SdqScore.objects.filter(child__in=without, score=None, on__gte=starts_on, on__lte=year_end).order_by("on", "pk")
    return without, dict(rows.values_list("child", "not_done_because")[:MOST])


def in_care_a_year(authority, ends_on: date) -> set[int]:
    """Children in care for twelve months at a year's end, and living."""
    rows = CareDetails.objects.filter(child__authority=authority, in_care_since__lte=months_after(ends_on, -12))
    return set(rows.filter(Q(child__died_on=None) | Q(child__died_on__gte=ends_on)).values_list("child", flat=True)[:MOST])


def _in_small_group(authority, first: date, last: date) -> set[int]:
    """Children who lived in a small group home on some day of a period."""
    rows = Placement.objects.filter(child__authority=authority, kind=SMALL_GROUP, starts_on__lt=last).filter(Q(ends_on=None) | Q(ends_on__gt=first))
    return set(rows.values_list("child", flat=True)[:MOST])


def _cells(group: SdqGroup) -> list[int]:
    """Every count that a group's year prints, and what each leaves of its total."""
    bands = [figure.numerator for figure in group.year.bands.values()]
    completion = group.year.completion
    return [
        *bands, group.two.below.numerator, group.two.at_or_above.numerator, completion.numerator,
        completion.denominator - completion.numerator, group.two.below.denominator - completion.numerator,
    ]  # fmt: skip


def _move_cells(group: SdqGroup) -> list[int]:
    coverage = group.moved.coverage
    return [*(figure.numerator for figure in group.moved.moves.values()), coverage.numerator, coverage.denominator - coverage.numerator]


def _hidden(care: SdqCare) -> SdqCare:
    """Tables with a cell of 1 to 5 are hidden whole; the part of everybody that is not in the small group counts as a cell too."""
    everybody, part = care.groups
    everybody.hidden, everybody.moves_hidden = not is_safe(_cells(everybody)), not is_safe(_move_cells(everybody))
    for name, cells in (("hidden", _cells), ("moves_hidden", _move_cells)):
        rest = [a - b for a, b in zip(cells(everybody), cells(part), strict=True)]
        setattr(part, name, not is_safe([*cells(part), *rest]))
    care.missing_hidden = everybody.hidden or not is_safe([count for _, count in care.missing])
    looked, total = care.oversight
    care.oversight_hidden = not is_safe([looked, total, total - looked])
    return care


@dataclass
class Breakdowns:
    """Homes that ended without being planned, by whose they were and how long they had lasted (002:503-562)."""

    rows: list[BandRow]
    hidden: bool = False
    bands_hidden: bool = False


def breakdowns(authority, first: date, last: date, *, hide: bool) -> Breakdowns:
    """Count homes that broke down in a period: placements, children, mean days, own and agency's, by duration band."""
    rows = Placement.objects.filter(child__authority=authority).ended_early(first, last)
    ended = [Ended(*row) for row in rows.values_list("child", "is_internal", "starts_on", "ends_on")[:MOST]]
    found = Breakdowns(early_endings(ended))
    if hide:
        own, agency, everybody = found.rows
        unsaid = [one for one in ended if one.is_internal is None]
        counts = [one.homes for one in found.rows] + [one.children for one in found.rows]
        rest = [len(unsaid), len({one.child for one in unsaid}), everybody.children - own.children, everybody.children - agency.children]
        bands = [count for row in found.rows for _, count, _ in row.bands]
        left = [every - mine - theirs for (_, every, _), (_, mine, _), (_, theirs, _) in zip(everybody.bands, own.bands, agency.bands, strict=True)]
        found.hidden = not is_safe([*counts, *rest])
        found.bands_hidden = found.hidden or not is_safe([*bands, *left])
    return found


@dataclass
class Goals:
    """Goals of referrals as they were scored when support closed: 1, a half, and nought (002:665)."""

    achieved: int
    partly: int
    not_reached: int
    unsaid: int
    score: object
    hidden: bool = False

    @property
    def closed(self) -> int:
        """How many have an answer."""
        return self.achieved + self.partly + self.not_reached

    @property
    def percent(self):
        """The score over the goals scored, half up."""
        return percentage(self.score, self.closed)


def goals(authority, first: date, last: date, *, hide: bool) -> Goals:
    """Count goals of support that closed in a period by how far they were reached."""
    answers = list(goals_closed(authority, first, last).values_list("goal_achieved", flat=True)[:MOST])
    said = [answer for answer in answers if answer]
    cells = [said.count(answer) for answer in ("yes", "partly", "no")]
    unsaid = len(answers) - len(said)
    return Goals(*cells, unsaid, goal_score(said), hide and not is_safe([*cells, unsaid]))


def goals_closed(authority, first: date, last: date):
    """Endings of support that closed in a period."""
    return Ending.objects.filter(stay__child__authority=authority, finished_at__gte=clock.moment(first, clock.MIDNIGHT), finished_at__lt=clock.moment(last, clock.MIDNIGHT))


@dataclass
class Permanence:
    """Children whose second statutory review was held, and how many had a plan for a lasting home by then (004:1142-1143)."""

    in_time: int
    held: int
    hidden: bool = False

    @property
    def percent(self):
        """The percentage in time, half up."""
        return percentage(self.in_time, self.held)


def permanence(authority, first: date, last: date, *, hide: bool) -> Permanence:
    """Of the children whose second statutory review was held in a period, how many had a permanence plan by then."""
    second = second_reviews(authority, first, last)
    in_time = sum(by_then for _, by_then in second.values())
    return Permanence(in_time, len(second), hide and not is_safe([in_time, len(second) - in_time, len(second)]))


def second_reviews(authority, first: date, last: date) -> dict[int, tuple[date, bool]]:
    """Each child whose second review was held in a period: its day, and whether there was a plan by then."""
    days: dict[int, list[date]] = {}
    rows = Review.objects.filter(child__authority=authority, kind="statutory", held_on__isnull=False, held_on__lt=last).order_by("held_on")
    since = F("child__care__in_care_since")
    for child, held_on in rows.filter(Q(child__care__in_care_since=None) | Q(held_on__gte=since)).values_list("child", "held_on")[:MOST]:
        days.setdefault(child, []).append(held_on)
    second = {child: held for child, held in days.items() if len(held) > 1 and first <= held[1] < last}
    plans = dict(CareDetails.objects.filter(child__in=second).values_list("child", "permanence_plan_on"))
    return {child: (held[1], plans.get(child) is not None and not permanence_state(held, plans[child])[1]) for child, held in second.items()}
