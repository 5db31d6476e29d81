"""Sums of benefits, one for each kind; there is no sum of all."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from contracts.choices import BenefitKind
from contracts.models.benefit_register import Row


@dataclass(frozen=True)
class Totals:
    """What benefits of one kind come to: forecast whole and by now, counted so far, and validated by finance."""

    kind: BenefitKind
    forecast: Decimal
    expected: Decimal
    actual: Decimal
    realised: Decimal
    expected_of_known: Decimal
    is_whole: bool
    rows: Sequence[Row]

    @property
    def provisional(self) -> Decimal:
        """What was counted and has not been validated."""
        return self.actual - self.realised

    @property
    def behind(self) -> Decimal:
        """How much less has come than was forecast by now, of what can be counted; less than nothing where more has."""
        return self.expected_of_known - self.actual

    @property
    def distance(self) -> Decimal:
        """How far it is from what was forecast by now, either way."""
        return abs(self.behind)

    @property
    def name(self) -> str:
        """What benefits of this kind are called together."""
        return {"contract": "Contract savings"}.get(self.kind, f"{self.kind.label} benefits")


def totals(rows: Sequence[Row]) -> list[Totals]:
    """One for each kind, in their order; modelled figures are in none."""
    return [_of(kind, [row for row in rows if row.benefit.kind == kind and not row.benefit.is_modelled]) for kind in BenefitKind]


def _of(kind: BenefitKind, rows: Sequence[Row]) -> Totals:
    """The sums of one kind; what cannot be counted yet adds nothing, and makes the sum incomplete."""
    return Totals(
        kind, _sum(row.benefit.forecast for row in rows), _sum(row.expected for row in rows),
        _sum(row.amount or Decimal(0) for row in rows), _sum(row.realised for row in rows),
        _sum(row.expected for row in rows if row.amount is not None), all(row.amount is not None for row in rows), rows,
    )  # fmt: skip


def _sum(amounts) -> Decimal:
    return sum(amounts, Decimal(0))
