"""The records behind each figure of children's care: one fact a record, counted the way the page counts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from core import clock
from core.dates import months_after
from kpis.measures.care import (
    goals_closed,
    in_care_a_year,
    reasons_missing,
    scores_of_year,
    second_reviews,
)
from kpis.measures.care_moves import external_homes, homes_after
from kpis.measures.facts import Fact
from referrals.models import Child, Placement
from referrals.models.ending import Achieved
from referrals.rules.care import SDQ_REASONS
from referrals.rules.placement import duration_band
from referrals.rules.sdq import movement


@dataclass(frozen=True)
class CareFigure:
    """A figure of the page: its name, what its records are, and how they are gathered for one authority and year."""

    name: str
    what: str
    gather: Callable


def facts_behind(figure: CareFigure, authority, starts_on: date) -> list[Fact]:
    """What stands behind a figure in the year from a day on."""
    return figure.gather(getattr(authority, "pk", authority), starts_on, months_after(starts_on, 12))


def _named(authority: int, found: Mapping[int, tuple[date, str]]) -> list[Fact]:
    """One fact a child, with its day and the part it is."""
    references = dict(Child.objects.filter(authority=authority, pk__in=found).values_list("pk", "reference"))
    return [Fact(on, part=part, record="child", reference=references[child]) for child, (on, part) in found.items()]


def _scored(authority: int, first: date, _last: date) -> list[Fact]:
    return _named(authority, {child: (first, f"Scored {score}") for child, score in scores_of_year(authority, first).items()})


def _moved(authority: int, first: date, _last: date) -> list[Fact]:
    now, before = scores_of_year(authority, first), scores_of_year(authority, months_after(first, -12))
    return _named(authority, {
        child: (first, f"{movement(before[child], now[child]).capitalize()}: {before[child]}, then {now[child]}") for child in now.keys() & before.keys()
    })  # fmt: skip


def _unscored(authority: int, first: date, last: date) -> list[Fact]:
    births = dict(Child.objects.filter(authority=authority).exclude(born_on=None).values_list("pk", "born_on"))
    without, said = reasons_missing(in_care_a_year(authority, last), births, scores_of_year(authority, first), first, last - timedelta(days=1))
    return _named(authority, {child: (first, SDQ_REASONS.get(said.get(child, ""), "No reason is written down")) for child in without})


def _ended(authority: int, first: date, last: date) -> list[Fact]:
    rows = Placement.objects.filter(child__authority=authority).ended_early(first, last)
    return [
        Fact(ends, part=f"{WHOSE[internal]}, {duration_band(starts, ends)}", record="child", reference=reference)
        for reference, internal, starts, ends in rows.values_list("child__reference", "is_internal", "starts_on", "ends_on")
    ]


def _moved_out(authority: int, first: date, last: date) -> list[Fact]:
    return _named(authority, {child: (on, "Moved out of the area") for child, on in homes_after(authority) if first <= on < last})


def _residential(authority: int, _first: date, last: date) -> list[Fact]:
    return _named(authority, {child: (begun, "In an agency’s residential care") for child, begun in external_homes(authority, last).items()})


def _goals(authority: int, first: date, last: date) -> list[Fact]:
    rows = goals_closed(authority, first, last).values_list("finished_at", "goal_achieved", "stay__reference")
    return [
        Fact(at.astimezone(clock.LONDON).date(), part=Achieved(said).label if said else "Not said", record="stay", reference=reference)
        for at, said, reference in rows
    ]


def _plans(authority: int, first: date, last: date) -> list[Fact]:
    return _named(authority, {
        child: (held, "A plan by then" if in_time else "No plan by then") for child, (held, in_time) in second_reviews(authority, first, last).items()
    })  # fmt: skip


WHOSE = {True: "Own provision", False: "Agency provision", None: "Nobody said whose"}
FIGURES = {
    "sdq-scores": CareFigure("SDQ scores", "Each child with a score, by the newest of the year", _scored),
    "sdq-missing": CareFigure("No SDQ score", "Children of 5 to 16 in care for a year without a score, with the reason of the return", _unscored),
    "sdq-moves": CareFigure("SDQ scores against the year before", "Children with a score in both years", _moved),
    "homes-ended": CareFigure("Homes that ended without being planned", "Each home, by its child, with whose it was and how long it lasted", _ended),
    "moved-out": CareFigure("Moves out of the area", "Children who moved from a small group home out of the area", _moved_out),
    "residential": CareFigure("Residential care of agencies", "Children in an agency’s residential care at the year’s end", _residential),
    "goals": CareFigure("Goals reached when support closed", "Each stay that closed, with how far its goal was reached", _goals),
    "plans": CareFigure("A plan for a lasting home by the second review", "Children whose second review was held", _plans),
}  # fmt: skip
