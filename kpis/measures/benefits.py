"""Benefits as charts: baseline against actual by kind, and a waterfall by child in references; no kind is added to another."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from contracts.models.benefit_page import Shown, shown_to
from contracts.models.totals import Totals, totals
from core.bars import Bar, bar_chart, waterfall
from core.templatetags.ui import money

NOTHING = Decimal(0)


@dataclass(frozen=True)
class KindByChild:
    """Children's benefits of one kind: what each came to, and all of them, with both drawings."""

    total: Totals
    rows: Sequence[Shown]
    unknown: Sequence[Shown]

    @property
    def slug(self) -> str:
        """A word for the drawing's name."""
        return self.total.kind.value

    @property
    def baseline(self) -> Decimal:
        """What the baselines would have cost over the days counted."""
        return sum((each.row.figure.baseline for each in self.rows), NOTHING)

    @property
    def actual(self) -> Decimal:
        """What homes, travel and support cost over the same days."""
        return sum((each.row.figure.actual for each in self.rows), NOTHING)

    @property
    def amount(self) -> Decimal:
        """What they came to, only the part that is ours."""
        return sum((each.row.amount for each in self.rows), NOTHING)

    @property
    def losses(self) -> list[Shown]:
        """Those that cost more than their baseline."""
        return [each for each in self.rows if each.row.amount < 0]

    @property
    def steps(self) -> list[tuple[Shown, Decimal]]:
        """Each with the running sum after it."""
        return list(zip(self.rows, accumulate(each.row.amount for each in self.rows), strict=True))

    @property
    def against(self):
        """Baseline against actual cost, drawn."""
        bars = [
            Bar("Baseline", NOTHING, self.baseline, money(self.baseline), "baseline"),
            Bar("Actual", NOTHING, self.actual, money(self.actual)),
        ]
        return bar_chart(bars, title_id=f"against-{self.slug}")

    @property
    def fall(self):
        """Child by child to the sum, drawn."""
        steps = [(each.name, each.row.amount, money(each.row.amount)) for each in self.rows]
        return waterfall(steps, total=("Together", money(self.amount)), title_id=f"fall-{self.slug}")


def by_child(user, rows) -> list[KindByChild]:
    """Take the register's rows; give the kinds that have children's benefits, the largest benefit first."""
    shown = {each.benefit.pk: each for each in shown_to(user, [row for row in rows if row.benefit.child_id])}
    found = []
    for total in totals(rows):
        here = [shown[row.benefit.pk] for row in total.rows if row.benefit.pk in shown]
        known = sorted((each for each in here if each.row.amount is not None), key=lambda each: -each.row.amount)
        if here:
            found.append(KindByChild(total, known, [each for each in here if each.row.amount is None]))
    return found
