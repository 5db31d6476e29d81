"""Targets of the service's own measures: what the terms ask, or what a contract's framework set."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from kpis.measures.measure import Measure
from kpis.models import Rebase, ReturnTarget
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
    return in_force(_targets(authority), day, contracts)


def in_force(targets, day: date, contracts=None) -> dict[str, Goal]:
    """Of targets as (contract, measure, value, tolerance, from_on), the oldest first, those in force on a day, by measure."""
    return {
        measure: Goal(value, tolerance, from_on) for contract, measure, value, tolerance, from_on in targets
        if from_on <= day and (contracts is None or contract in contracts)
    }  # fmt: skip


def _targets(authority):
    """Every target of an authority's contracts."""
    rows = ReturnTarget.objects.filter(contract__authority=authority).order_by("from_on", "pk")
    return rows.values_list("contract", "measure", "value", "tolerance", "from_on")


def _rebased(authority) -> dict[str, list[date]]:
    """The days from which limits begin afresh, by the measure or indicator that they are of."""
    found: dict[str, list[date]] = {}
    for slug, day in Rebase.objects.filter(authority=authority).values_list("slug", "from_on"):
        found.setdefault(slug, []).append(day)
    return found


@dataclass(frozen=True)
class Aims:
    """What lines are held against: targets by date, and the days from which limits begin afresh."""

    targets: list[tuple]
    rebased: dict[str, list[date]]


def aims_of(authority) -> Aims:
    """What the lines of an authority are held against now."""
    return Aims(list(_targets(authority)), _rebased(authority))


def to_keep(aims: Aims) -> dict:
    """The same as it is kept."""
    return {
        "targets": [[contract, measure, str(value), str(tolerance), str(from_on)] for contract, measure, value, tolerance, from_on in aims.targets],
        "rebased": {slug: [str(day) for day in days] for slug, days in aims.rebased.items()},
    }


def as_kept(aims: dict) -> Aims:
    """What was kept, as it was."""
    targets = [
        (contract, measure, Decimal(value), Decimal(tolerance), date.fromisoformat(from_on))
        for contract, measure, value, tolerance, from_on in aims["targets"]
    ]
    return Aims(targets, {slug: [date.fromisoformat(day) for day in days] for slug, days in aims["rebased"].items()})


def goal_of(measure: Measure, goals: dict[str, Goal]) -> Goal | None:
    """What one measure is to reach."""
    return goals.get(measure.goal) or (Goal(measure.target) if measure.target is not None else None)


def rated(value: Decimal | None, goal: Goal | None, better: str | None) -> str:
    """R, A or G by the rule, or nothing where one of the three is missing."""
    return (rag(value, goal.value, better=better, tolerance=goal.tolerance) or "") if goal else ""
