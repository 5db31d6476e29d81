"""Children's unit costs in the shape of the Section 251 outturn: which home stands on which line, and what may be shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from core.money import DAYS_IN_WEEK, pence
from kpis.rules.suppression import Suppressed, suppress

OWN, OTHER, NOT_SAID = "own provision", "other provision", "not said"
SECTORS = (OWN, OTHER, NOT_SAID)
SUPPORT = "support"
# Line, what it is called, the kinds of home on it. The lines are the outturn's; which kind stands where is ours, for finance to settle.
LINES = (
    ("3.1.1", "Residential care", ("residential", "small group", "secure", "hub", "property")),
    ("3.1.2", "Fostering services", ("foster", "one-to-one", "pathway")),
    ("3.1.3", "Adoption services", ("adoptive",)),
    ("3.1.5", "Other children looked after services", ("lodgings", "hospital", "other", "home", SUPPORT)),
    ("3.1.7", "Children placed with family and friends", ("connected",)),
    ("3.1.9", "Leaving care support services", ("supported",)),
)
LINE_OF = {kind: line for line, _, kinds in LINES for kind in kinds}


@dataclass(frozen=True)
class Spell:
    """Days one child was in one kind of home or had support, and what they cost; None where a price is missing."""

    child: object
    kind: str
    sector: str
    days: int
    cost: Decimal | None


@dataclass
class Cell:
    """Children, days and cost of one line and sector."""

    children: set = field(default_factory=set)
    days: int = 0
    cost: Decimal = Decimal(0)
    is_missing: bool = False

    def add(self, spell: Spell) -> None:
        """Count a spell in."""
        self.children.add(spell.child)
        self.days += spell.days
        self.cost += spell.cost or Decimal(0)
        self.is_missing = self.is_missing or spell.cost is None


@dataclass(frozen=True)
class CostRow:
    """One line as it may be shown: costs by sector and in all, children, days and pounds a child a week; None is hidden."""

    line: str
    name: str
    by_sector: Sequence[Decimal | None]
    total: Decimal | None
    children: int | None
    days: int | None
    a_week: Decimal | None
    is_missing: bool


def cost_rows(spells: Iterable[Spell], *, hide: bool = True) -> list[CostRow]:
    """Take spells; give the lines and their sum. Cells of 1 to 5 children are hidden with all that would give them back, unless `hide` is off."""
    cells = {(line, sector): Cell() for line, _, _ in LINES for sector in SECTORS}
    for spell in spells:
        cells[LINE_OF[spell.kind], spell.sector].add(spell)
    shown = _shown([len(cell.children) for cell in cells.values()], hide=hide)
    open_to = {key: count is not None for key, count in zip(cells, shown.cells, strict=True)}
    rows = [_row(line, name, [cells[line, s] for s in SECTORS], [open_to[line, s] for s in SECTORS]) for line, name, _ in LINES]
    hides_all = shown.total is None or sum(not is_open for is_open in open_to.values()) == 1
    sums = [_merged(cells[line, sector] for line, _, _ in LINES) for sector in SECTORS]
    hidden_by_sector = [sum(not open_to[line, sector] for line, _, _ in LINES) for sector in SECTORS]
    opens = [not hides_all and hidden == 0 for hidden in hidden_by_sector]
    whole = _row("3.1.11", "Total children looked after", sums, opens)
    merged = _merged(sums)
    if not hides_all:
        whole = CostRow(whole.line, whole.name, whole.by_sector, merged.cost, None, merged.days, _a_week(merged), merged.is_missing)
    return [*rows, whole]


def _shown(counts: Sequence[int], *, hide: bool) -> Suppressed:
    """Counts as they may be shown."""
    return suppress(counts) if hide else Suppressed(list(counts), sum(counts))


def _merged(cells: Iterable[Cell]) -> Cell:
    """Some cells as one."""
    found = Cell()
    for cell in cells:
        found.children |= cell.children
        found.days += cell.days
        found.cost += cell.cost
        found.is_missing = found.is_missing or cell.is_missing
    return found


def _row(line: str, name: str, cells: Sequence[Cell], opens: Sequence[bool]) -> CostRow:
    """One line: what is hidden in a sector hides the line's sums, which would give it back."""
    whole, all_open = _merged(cells), all(opens)
    return CostRow(
        line, name, [cell.cost if is_open else None for cell, is_open in zip(cells, opens, strict=True)],
        whole.cost if all_open else None, len(whole.children) if all_open else None, whole.days if all_open else None,
        _a_week(whole) if all_open else None, whole.is_missing,
    )  # fmt: skip


def _a_week(cell: Cell) -> Decimal | None:
    """Pounds a child a week; None for no days."""
    return pence(cell.cost * DAYS_IN_WEEK / cell.days) if cell.days else None


@dataclass(frozen=True)
class Area:
    """Children in or out of the county: days, homes, social worker's travel, and both a week; None is hidden."""

    name: str
    days: int | None
    homes: Decimal | None
    travel: Decimal | None
    a_week: Decimal | None
    is_missing: bool = False


@dataclass(frozen=True)
class Lived:
    """Days one child lived in a home in or out of the county, what home and travel cost; None where a price is missing."""

    child: object
    is_in_county: bool | None
    days: int
    home: Decimal | None
    travel: Decimal


AREAS = (("In county", True), ("Out of county", False), ("Not known", None))


def area_rows(lived: Iterable[Lived], *, hide: bool = True) -> list[Area]:
    """Take homes; give in county beside out of county (001:265-270), few children hidden with what would give them back."""
    lived = list(lived)
    of = [[one for one in lived if one.is_in_county is answer] for _, answer in AREAS]
    shown = _shown([len({one.child for one in rows}) for rows in of], hide=hide)
    return [
        _area(name, rows, is_open=count is not None and shown.total is not None)
        for (name, _), rows, count in zip(AREAS, of, shown.cells, strict=True)
    ]


def _area(name: str, rows: Sequence[Lived], *, is_open: bool) -> Area:
    days = sum(one.days for one in rows)
    homes = sum((one.home or Decimal(0) for one in rows), Decimal(0))
    travel = sum((one.travel for one in rows), Decimal(0))
    if not is_open:
        return Area(name, None, None, None, None)
    a_week = pence((homes + travel) * DAYS_IN_WEEK / days) if days else None
    return Area(name, days, homes, travel, a_week, any(one.home is None for one in rows))
