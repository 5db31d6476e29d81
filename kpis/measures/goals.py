"""Targets of the service's own measures: what the terms ask, or what a contract's framework set."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kpis.measures.measure import Measure
from kpis.models import ReturnTarget
from kpis.rules.rag import rag

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class Goal:
    """One target: its value and its tolerance, a fraction of it, and since when."""

    value: Decimal
    tolerance: Decimal = TENTH
    from_on: date | None = None

    @property
    def tolerance_words(self) -> str:
        """The tolerance as a percentage of the target."""
        return f"{(self.tolerance * 100).normalize():f}%"


def goals_of(authority, day: date, contracts=None) -> dict[str, Goal]:
    """The targets in force on a day that the contracts of an authority (or some of them) set, by the measure of a return."""
    rows = ReturnTarget.objects.filter(contract__authority=authority, from_on__lte=day).order_by("from_on", "pk")
    rows = rows if contracts is None else rows.filter(contract__in=contracts)
    return {row.measure: Goal(row.value, row.tolerance, row.from_on) for row in rows}


def goal_of(measure: Measure, goals: dict[str, Goal]) -> Goal | None:
    """What one measure is to reach."""
    return goals.get(measure.goal) or (Goal(measure.target) if measure.target is not None else None)


def rated(value: Decimal | None, goal: Goal | None, better: str | None) -> str:
    """R, A or G by the rule, or nothing where one of the three is missing."""
    return (rag(value, goal.value, better=better, tolerance=goal.tolerance) or "") if goal else ""
