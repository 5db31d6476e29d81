"""The week strip as plain rows: home, support, events and cost, one column a week."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from core import clock
from referrals.models.happenings import Happening, happenings
from referrals.models.journey import JourneyWeek
from referrals.models.journey_facts import recorded_from
from referrals.rules.cost import Cost, Part, cost_by_week
from referrals.rules.journey import WEEK, monday, runs, weeks_from, weeks_of

CSS = {"home": "bar--home", "support": "bar--bed", "travel": "bar--free"}
FEW = 3  # a run of fewer columns has no room for words


@dataclass
class Cell:
    """A run of weeks of one row, in words."""

    weeks: int
    words: str = ""
    css: str = ""
    is_narrow: bool = False
    marks: list[int] = field(default_factory=list)


@dataclass
class Row:
    """One row of the strip."""

    name: str
    cells: list[Cell]


@dataclass
class Head:
    """One week's column."""

    on: date
    is_now: bool
    is_recorded: bool
    may_record: bool


@dataclass
class Mark:
    """One numbered week of events, with what they were."""

    number: int
    lines: list[Happening]


@dataclass
class Strip:
    """All of it, for one page."""

    heads: list[Head]
    months: list[Cell]
    rows: list[Row]
    marks: list[Mark]
    unrecorded: list[date]

    @property
    def columns(self) -> int:
        """Weeks shown, and the column of names."""
        return len(self.heads) + 1


def money_words(cost: Cost) -> str:
    """A week's cost as the strip says it."""
    if cost.is_hidden:
        return "Not shown"
    if cost.is_missing:
        return "Ask finance"
    return f"£{cost.amount:,.0f}" if cost.amount else ""


def strip(child, parts: Sequence[Part], *, first: date, weeks: int = 27) -> Strip:
    """Draw a child's weeks from a week on; weeks nobody wrote down say so."""
    today, columns = clock.today(), weeks_from(first, weeks)
    until = columns[-1] + WEEK
    since = recorded_from(child)
    recorded = set(JourneyWeek.objects.filter(child=child, week_on__gte=columns[0], week_on__lt=until).values_list("week_on", flat=True))
    heads = [
        Head(week, week == monday(today), week in recorded, since is not None and monday(since) <= week <= today)
        for week in columns
    ]  # fmt: skip
    marks, by_week = _marks(happenings(child, columns[0], until, with_contact=False), columns)
    rows = [
        Row("Home", part_cells(parts, "home", columns, today)),
        Row("Support", part_cells(parts, "support", columns, today)),
        Row("Events", _event_cells(heads, by_week)),
        Row("Cost a week", cost_cells(parts, columns, today)),
    ]
    missing = [head.on for head in heads if head.may_record and not head.is_recorded]
    return Strip(heads, _months(columns), rows, marks, missing)


def _months(columns) -> list[Cell]:
    """The names of the months over the weeks they begin in."""
    return [Cell(run.weeks, f"{columns[run.at]:%B}" if run.weeks > 1 else f"{columns[run.at]:%b}") for run in runs([(w.year, w.month) for w in columns])]


def _marks(found: list[Happening], columns) -> tuple[list[Mark], dict[int, int]]:
    """Weeks with events, numbered in order."""
    by_week: dict[int, list[Happening]] = {}
    for happening in found:
        by_week.setdefault((happening.on - columns[0]).days // 7, []).append(happening)
    marks = [Mark(number, by_week[at]) for number, at in enumerate(sorted(by_week), 1)]
    return marks, {at: number for number, at in enumerate(sorted(by_week), 1)}


def _event_cells(heads: list[Head], by_week: dict[int, int]) -> list[Cell]:
    """Numbers where something happened; a hatch where nobody wrote the week down."""
    values = [(by_week.get(at, 0), head.may_record and not head.is_recorded) for at, head in enumerate(heads)]
    cells = []
    for run in runs(values):
        number, unwritten = run.value
        words = "Not recorded" if unwritten else ""
        cells.append(Cell(run.weeks, words, "hatched" if unwritten else "", run.weeks < FEW, [number] if number else []))
    return cells


def part_cells(parts: Sequence[Part], row: str, columns, today: date, *, is_actual: bool = True) -> list[Cell]:
    """One row's parts as bars; what is still to come is dashed."""
    now = (monday(today) - columns[0]).days // 7 + 1
    cells, at = [], 0
    for part in sorted((p for p in parts if p.row == row), key=lambda p: p.starts_on):
        start, end = weeks_of(part.starts_on, part.ends_on, columns)
        start = max(start, at)
        if end > start:
            split = min(max(now, start), end) if is_actual else end
            cells += [Cell(start - at), _bar(part, split - start), Cell(end - split, _planned(part), "bar--planned", end - split < FEW)]
            at = end
    return [cell for cell in [*cells, Cell(len(columns) - at)] if cell.weeks]


def _planned(part: Part) -> str:
    """What is still to come of a part: to which day, where one is planned."""
    if part.ends_on is None:
        return "Planned"
    last = part.ends_on - timedelta(days=1)
    return f"Planned to {last.day} {last:%B}"


def _bar(part: Part, weeks: int) -> Cell:
    """One part as a bar with its words."""
    css = "bar--family" if part.row == "home" and part.is_family else CSS[part.row]
    return Cell(weeks, part_words(part), css, weeks < FEW)


def part_words(part: Part) -> str:
    """A bar's words: what it is and since when."""
    return f"{part.label}, since {part.starts_on.day} {part.starts_on:%B}"


def cost_cells(parts: Sequence[Part], columns, today: date) -> list[Cell]:
    """What each week costs, neighbouring weeks of equal cost joined."""
    costs = cost_by_week(parts, columns)
    values = [(money_words(cost), week > today) for cost, week in zip(costs, columns, strict=True)]
    cells = []
    for run in runs(values):
        words, later = run.value
        css = "" if not words else "spent spent--planned" if later else "spent"
        more = " planned" if later and words and run.weeks >= FEW else ""
        cells.append(Cell(run.weeks, words + more, css, run.weeks < 2))
    return cells


def window_of(child, asked: date | None, weeks: int = 27) -> date:
    """The first week shown: as asked, else so that this week stands near the end, and not before the journey began."""
    if asked is not None:
        return monday(asked)
    latest = monday(clock.today()) - (weeks - 5) * WEEK
    since = recorded_from(child)
    return max(latest, monday(since)) if since else latest

