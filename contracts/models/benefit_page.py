"""What one reader is shown of a benefit: its words, its sum in lines, its evidence."""

from dataclasses import dataclass

from contracts.models.benefit import Benefit
from contracts.models.benefit_register import Row
from contracts.rules.counting import figure, full_year, pieces
from core import clock
from core.roles import Permission
from referrals.models import Child, SustainedCheck
from referrals.models.ending import OutcomeType
from referrals.rules.cost import financial_year

HIDDEN_WORDS = "Counted from one child’s journey"


@dataclass
class Shown:
    """One row of the register as one reader has it: what it is called, and the words they may read."""

    row: Row
    name: str
    what: str
    child: Child | None
    reads_words: bool

    @property
    def benefit(self) -> Benefit:
        """The benefit itself."""
        return self.row.benefit


def shown_to(user, rows) -> list[Shown]:
    """Rows as this person reads them: a child's reference and the words typed about a child only to whom the record is open.

    Finance reads the words too, because it validates; a commissioner reads the benefit's own reference and its outcome.
    """
    keys = {row.benefit.child_id for row in rows if row.benefit.child_id}
    seen = set(Child.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True)) if user.can(Permission.SEE_CHILDREN) else set()
    return [_shown(row, row.benefit.child_id in seen, user.can(Permission.VALIDATE_BENEFITS)) for row in rows]


def _shown(row: Row, sees_child: bool, validates: bool) -> Shown:
    benefit = row.benefit
    reads = benefit.child_id is None or sees_child or validates
    what = benefit.what if reads else (OutcomeType(benefit.outcome).label if benefit.outcome else HIDDEN_WORDS)
    name = benefit.child.reference if sees_child else benefit.reference
    return Shown(row, name, what, benefit.child if sees_child else None, reads)


def lines(row: Row) -> list[tuple[str, object]]:
    """The sum of a child's benefit, line by line, each a name and pounds."""
    found, benefit = row.figure, row.benefit
    if found is None:
        return []
    return [
        ("Baseline", found.baseline), ("Less homes", -found.home), ("Less social worker’s travel", -found.travel),
        ("Less support", -found.support),
        *([(f"{benefit.attribution.normalize():f} per cent of it is ours", row.amount)] if benefit.attribution != 100 else []),
    ]  # fmt: skip


def this_year(row: Row) -> tuple[str, object] | None:
    """What falls into this financial year: its name and pounds; None where nothing does or it cannot be counted."""
    first, _, name = financial_year(clock.today())
    start = max(first, row.benefit.starts_on)
    if row.figure is None or row.ending.on <= start:
        return None
    found = figure(
        pieces(row.journey.parts, start, row.ending.on), baseline_weekly=row.benefit.baseline_weekly,
        attribution=row.benefit.attribution, starts_on=start, ends_on=row.ending.on,
    )  # fmt: skip
    return name, found.amount


def a_full_year(row: Row) -> object | None:
    """What a full year comes to at the prices of the last day counted; None once it has ended or a price is missing."""
    if row.figure is None or row.ending.because or row.ending.on <= row.benefit.starts_on:
        return None
    last = pieces(row.journey.parts, row.ending.on - clock.ONE_DAY, row.ending.on)[-1]
    return full_year(row.benefit.baseline_weekly, last.weekly, row.benefit.attribution) if last.is_known else None


def evidence(benefit: Benefit) -> list[SustainedCheck]:
    """How things were at three, six and twelve months after support ended, for the child of a benefit (004:1101-1102)."""
    if benefit.child_id is None:
        return []
    rows = SustainedCheck.objects.filter(child=benefit.child_id, due_on__gte=benefit.starts_on)
    return list(rows.order_by("due_on", "pk")[:12])
