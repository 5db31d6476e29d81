"""A child's journey beside what was planned and what there would be without the service."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from core import clock
from core.dated import setting
from core.dates import day_in_words
from core.money import annual_cost
from referrals.choices import ProvisionKind
from referrals.models.journey import Scenario
from referrals.models.journey_facts import journey_since, parts_of
from referrals.models.journey_page import Cell, cost_cells, part_cells
from referrals.models.provision import ProvisionTerms
from referrals.models.stay import Stay
from referrals.rules.cost import Cost, Part, Rate, average_week, cost_between, difference
from referrals.rules.journey import WEEK, monday, weeks_from

ROWS = {"home": "Home", "travel": "Social worker’s travel", "support": "Support"}
MOST_WEEKS = 52


@dataclass
class Journey:
    """One journey of the comparison: its parts, its strip, and what it came to."""

    kind: str
    name: str
    tag: str
    parts: Sequence[Part]
    homes: list[Cell]
    costs: list[Cell]
    by_row: dict[str, Cost]
    total: Cost
    basis: str = ""
    agreed_on: date | None = None
    running: list[Decimal] = field(default_factory=list)

    @property
    def short(self) -> str:
        """Its column's heading."""
        return {"actual": "Actual", "planned": "Planned", "without": "Without"}[self.kind]

    @property
    def is_whole(self) -> bool:
        """Every part has a price that may be shown."""
        return not (self.total.is_missing or self.total.is_hidden)


@dataclass
class Comparison:
    """Everything the page shows, over the same days."""

    first: date
    until: date
    weeks: list[date]
    journeys: list[Journey]
    rates: list[str]
    areas: list[dict]

    @property
    def last(self) -> date:
        """The last day counted."""
        return self.until - timedelta(days=1)

    @property
    def number_of_weeks(self) -> int:
        """Whole weeks counted."""
        return (self.until - self.first).days // 7

    def journey(self, kind: str) -> Journey | None:
        """One of them, where it is written."""
        return next((each for each in self.journeys if each.kind == kind), None)

    def less_than(self, kind: str):
        """How much less the actual journey came to than another; None where either is not whole."""
        actual, other = self.journey("actual"), self.journey(kind)
        if other is None or not (actual.is_whole and other.is_whole):
            return None
        return difference(other.total.amount, actual.total.amount, self.first, self.until)

    @property
    def without_total(self) -> Decimal:
        """What we model without the service."""
        return self.journey("without").total.amount

    @property
    def table(self) -> list[dict]:
        """One row a part, one column a journey."""
        used = [row for row in ROWS if any(j.by_row[row] != Cost() for j in self.journeys)]
        return [{"name": ROWS[row], "costs": [j.by_row[row] for j in self.journeys]} for row in used]

    @property
    def averages(self) -> list[Decimal | None]:
        """What a week came to, for each journey."""
        return [average_week(j.total.amount, self.first, self.until) if j.is_whole else None for j in self.journeys]


def comparison(child, user) -> Comparison | None:
    """Take a child; give the comparison, or None before anything is written down."""
    scenarios = list(Scenario.objects.filter(child=child, replaced_at=None).prefetch_related("homes").order_by("kind"))
    parts = parts_of(child, user)
    first = _first(child, scenarios)
    if first is None:
        return None
    until = monday(clock.today())
    if until <= first:
        until = clock.today() + timedelta(days=1)
    weeks = weeks_from(first, min(-(-(until - monday(first)).days // 7), MOST_WEEKS))
    support = [part for part in parts if part.row == "support"]
    journeys = [_journey("actual", "What happened", "", parts, first, until, weeks)]
    for scenario in scenarios:
        tag = f"Agreed {day_in_words(scenario.agreed_on)}" if scenario.kind == "planned" else "Modelled, not actual"
        its = _parts_of_scenario(scenario, support)
        journeys.append(_journey(scenario.kind, scenario.get_kind_display(), tag, its, first, until, weeks, scenario))
    return Comparison(first, until, weeks, journeys, _rates(journeys, first, until), _areas(parts, first, until))


def _first(child, scenarios) -> date | None:
    """The day the journeys are compared from: when the first scenario begins, else when support did, else the journey."""
    begins = [home.starts_on for scenario in scenarios for home in scenario.homes.all()]
    if begins:
        return min(begins)
    stay = Stay.objects.filter(child=child, state__in=["begun", "ended"]).order_by("-starts_on").first()
    return stay.starts_on if stay else journey_since(child)


def _journey(kind, name, tag, parts, first, until, weeks, scenario=None) -> Journey:
    """One journey over the compared days."""
    by_row = {row: cost_between([p for p in parts if p.row == row], first, until) for row in ROWS}
    running = [cost_between(parts, first, min(week + WEEK, until)).amount for week in weeks]
    return Journey(
        kind, name, tag, parts, part_cells(parts, "home", weeks, clock.today(), is_actual=kind == "actual"),
        cost_cells(_clipped(parts, first, until), weeks, clock.today()), by_row, sum(by_row.values(), Cost()),
        scenario.basis if scenario else "", scenario.agreed_on if scenario else None, running,
    )  # fmt: skip


def _clipped(parts, first, until) -> list[Part]:
    """Parts cut to the compared days."""
    found = []
    for part in parts:
        span = part.within(first, until)
        if span:
            found.append(Part(part.label, part.row, *span, part.rates, part.is_hidden))
    return found


def _parts_of_scenario(scenario, support: Sequence[Part]) -> list[Part]:
    """A scenario's homes at their prices, and support beside those that have it, at the service's own rate."""
    parts = []
    for home in sorted(scenario.homes.all(), key=lambda home: home.starts_on):
        parts.append(Part(home.words, "home", home.starts_on, home.ends_on, [Rate(home.starts_on, home.weekly_rate)]))
        if home.has_support and support:
            model = support[-1]
            parts.append(Part(model.label, "support", home.starts_on, home.ends_on, model.rates, model.is_hidden))
    return parts


def _rates(journeys, first, until) -> list[str]:
    """The weekly rates used, each once: "Foster carers £795"."""
    found: dict[str, None] = {}
    for journey in journeys:
        for part in journey.parts:
            for _, _, weekly in part.pieces(first, until) if not part.is_hidden else []:
                if weekly is not None:
                    found[f"{part.label} £{weekly:,.2f}".removesuffix(".00")] = None
    return list(found)


def _areas(parts, first, until) -> list[dict]:
    """In county beside out of county: the home, the travel, and a week on average."""
    rows = []
    for name, is_in in (("In county", True), ("Out of county", False)):
        homes = [p for p in parts if p.row == "home" and p.is_in_county is is_in]
        travel = [p for p in parts if p.row == "travel" and p.is_in_county is is_in]
        days = sum((span[1] - span[0]).days for p in homes if (span := p.within(first, until)))
        if not days:
            continue
        home, away = cost_between(homes, first, until), cost_between(travel, first, until)
        both = home + away
        a_week = average_week(both.amount, first, first + timedelta(days=days)) if not (both.is_missing or both.is_hidden) else None
        rows.append({"name": name, "days": days, "home": home, "travel": away, "a_week": a_week})
    return rows


def at_capacity(provision) -> str:
    """The arithmetic of a full year at full capacity: "12 × £660 × 52 = £411,840"; recomputed from the terms in force."""
    terms = ProvisionTerms.objects.on(clock.today()).filter(provision=provision).first()
    if terms is None or not ProvisionKind(provision.kind) or not terms.places:
        return ""
    total = annual_cost(terms.weekly_rate, terms.places)
    return f"{terms.places} × £{terms.weekly_rate:,.0f} × 52 = £{total:,.0f} a year at full capacity"


def modelled(child) -> dict | None:
    """The avoided cost that was modelled for the whole provision: a reference, never added to anything."""
    return setting("modelled avoided cost", None, authority=child.authority)
