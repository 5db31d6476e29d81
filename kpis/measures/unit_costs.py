"""What children's homes, travel and support cost in a financial year so far, gathered from their journeys."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q

from core import clock
from core.sheets import csv_lines
from kpis.measures.service import HIDDEN
from kpis.rules.unit_costs import (
    NOT_SAID,
    OTHER,
    OWN,
    SECTORS,
    SUPPORT,
    Area,
    CostRow,
    Lived,
    Spell,
    area_rows,
    cost_rows,
)
from referrals.models import Child, Placement, Stay
from referrals.models.journey_facts import parts_of_each
from referrals.rules.cost import Part, cost_between, financial_year

CONVENTION = "Each day costs a seventh of its week's price; the last day is not counted; pounds and pence."
RULE = "c is 1 to 5 children: the count, and every figure that would give it back, is hidden. Nought is shown."
SHAPE = "In the shape of the Section 251 outturn's lines for looked after children. It is not the return: finance settles which home stands on which line, and checks the numbers of the lines against the year’s own guidance."
TOTAL = "3.1.11"
NO_FIGURE = "z"
HEADS = (
    "line", "service", *(f"cost, {sector}" for sector in SECTORS), "cost, all", "children", "child days", "cost a child a week", "definition",
    "council", "from", "to", "convention", "suppression",
)  # fmt: skip


@dataclass(frozen=True)
class UnitCosts:
    """The lines, the areas, and the days they are of."""

    council: str
    year: str
    first: date
    until: date
    rows: Sequence[CostRow]
    areas: Sequence[Area]

    @property
    def last_day(self) -> date:
        """The last day counted."""
        return self.until - clock.ONE_DAY


def unit_costs(authority, *, seen_by=None) -> UnitCosts:
    """The authority's costs from the first day of the financial year up to yesterday, few children hidden.

    With `seen_by`, somebody who runs the service: of the children whose records they may see, and nothing hidden.
    """
    first, _, year = financial_year(clock.today())
    until = max(clock.today(), first + clock.ONE_DAY)
    homes = Placement.objects.filter(Q(ends_on=None) | Q(ends_on__gt=first), child__authority=authority, starts_on__lt=until)
    stays = Stay.objects.filter(child__authority=authority, state__in=["begun", "ended"], starts_on__lt=until).exclude(ended_on__lte=first)
    everybody = Child.objects.filter(authority=authority) if seen_by is None else Child.objects.visible_to(seen_by)
    children = list(everybody.filter(Q(pk__in=homes.values("child")) | Q(pk__in=stays.values("child"))))
    facts = {(home.child_id, home.starts_on): home for home in homes}
    parts = parts_of_each(children)
    spells, lived, hide = [], [], seen_by is None
    for child in children:
        spells += _spells(child.pk, parts[child.pk], facts, first, until)
        lived += _lived(child.pk, parts[child.pk], first, until)
    return UnitCosts(authority.name, year, first, until, cost_rows(spells, hide=hide), area_rows(lived, hide=hide))


def _spells(child, parts: Sequence[Part], facts, first: date, until: date):
    """One child's homes and support in the period, each on its line."""
    for part in parts:
        span = part.within(first, until)
        if span is None or part.row == "travel":
            continue
        home = facts.get((child, part.starts_on)) if part.row == "home" else None
        kind = home.kind if home else SUPPORT
        yield Spell(child, kind, _sector(home) if part.row == "home" else OTHER, (span[1] - span[0]).days, _cost([part], first, until))


def _sector(home) -> str:
    """Whose home it is."""
    if home is None or home.is_internal is None:
        return NOT_SAID
    return OWN if home.is_internal else OTHER


def _cost(parts: Sequence[Part], first: date, until: date) -> Decimal | None:
    """What some parts cost; None where a price is missing."""
    cost = cost_between(parts, first, until)
    return None if cost.is_missing else cost.amount


def _lived(child, parts: Sequence[Part], first: date, until: date):
    """One child's homes in the period with the travel to each."""
    for part in parts:
        span = part.within(first, until)
        if part.row != "home" or span is None:
            continue
        travel = [other for other in parts if other.row == "travel" and other.starts_on == part.starts_on]
        yield Lived(child, part.is_in_county, (span[1] - span[0]).days, _cost([part], first, until), _cost(travel, first, until) or Decimal(0))


def as_csv(found: UnitCosts) -> bytes:
    """The lines and areas as CSV, each row with its definition, period and rules; hidden figures are c, those that do not apply z."""
    return b"".join(csv_lines(HEADS, _rows(found), for_excel=True))


def _rows(found: UnitCosts) -> Iterator[list[str]]:
    """The lines, and then the areas, each with what stands beside all of them."""
    beside = (found.council, found.first.isoformat(), found.last_day.isoformat(), CONVENTION, RULE)
    for row in found.rows:
        children = NO_FIGURE if row.line == TOTAL else cell(row.children)
        figures = [*(cell(cost) for cost in row.by_sector), cell(row.total), children, cell(row.days), _week(row.a_week, row.days)]
        yield [str(value) for value in (row.line, row.name, *figures, _definition(row), *beside)]
    for area in found.areas:
        figures = [*[NO_FIGURE] * len(SECTORS), cell(area.homes), NO_FIGURE, cell(area.days), _week(area.a_week, area.days)]
        says = f"Homes {area.name.lower()}, and with social worker's travel of {cell(area.travel)} pounds a child a week"
        yield [str(value) for value in (NO_FIGURE, area.name, *figures, says, *beside)]


def cell(figure) -> str:
    """A figure as the file has it: hidden is c."""
    return HIDDEN if figure is None else str(figure)


def _week(a_week: Decimal | None, days: int | None) -> str:
    """Pounds a week: hidden where the days are, and without meaning for no days."""
    return NO_FIGURE if days == 0 else cell(a_week)


def _definition(row: CostRow) -> str:
    """What stands on a line."""
    missing = " A price is missing, so that the cost is too low." if row.is_missing else ""
    return f"{SHAPE} Children's homes and support from their journeys, before income.{missing}"

