"""What a change in a child's life saved, counted day by day: plain sums, rounded once at the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from core.money import DAYS_IN_WEEK, Amount, days_between, exact, pence
from referrals.rules.cost import Part

WHOLE = Decimal(100)
ROWS = ("home", "travel", "support")


@dataclass(frozen=True)
class Piece:
    """Days on which a child's home, travel and support cost the same: pounds a week for each, the end day left out.

    A price that nobody has written down is None; days with no home at all have `has_home` False.
    """

    starts_on: date
    ends_on: date
    home: Decimal | None = Decimal(0)
    travel: Decimal | None = Decimal(0)
    support: Decimal | None = Decimal(0)
    has_home: bool = True

    @property
    def days(self) -> int:
        """How many days."""
        return days_between(self.starts_on, self.ends_on)

    @property
    def is_known(self) -> bool:
        """Whether everything in it has a price."""
        return self.has_home and None not in (self.home, self.travel, self.support)

    @property
    def weekly(self) -> Decimal:
        """What a week costs, all together; what has no price counts as nothing."""
        return sum((getattr(self, row) or Decimal(0) for row in ROWS), Decimal(0))


@dataclass(frozen=True)
class Figure:
    """What a benefit came to between two days: its parts, and the amount, rounded once (None where a price is missing).

    `gross` is the baseline less home and travel; `amount` is that less support, by the part that is attributed.
    """

    starts_on: date
    ends_on: date
    baseline: Decimal
    home: Decimal
    travel: Decimal
    support: Decimal
    gross: Decimal
    amount: Decimal | None
    days: int
    unknown_days: int = 0

    @property
    def actual(self) -> Decimal:
        """What the child's home, travel and support came to."""
        return self.home + self.travel + self.support


def pieces(parts: Sequence[Part], first: date, until: date) -> list[Piece]:
    """Cut a child's homes, travel and support between two days wherever a price or a home changes."""
    if until <= first:
        return []
    cut = [(part, part.pieces(first, until)) for part in parts]
    edges = sorted({first, until} | {day for _, spans in cut for start, end, _ in spans for day in (start, end)})
    return [_piece(cut, start, end) for start, end in pairwise(edges)]


def _piece(cut, start: date, end: date) -> Piece:
    """The days between two edges."""
    held: dict[str, list] = {row: [] for row in ROWS}
    for part, spans in cut:
        held[part.row] += [weekly for a, b, weekly in spans if a <= start < b]
    costs = {row: None if None in rates else sum(rates, Decimal(0)) for row, rates in held.items()}
    return Piece(start, end, has_home=bool(held["home"]), **costs)


def figure(found: Sequence[Piece], *, baseline_weekly: Amount, attribution: Amount = WHOLE, starts_on: date, ends_on: date) -> Figure:
    """Take a child's days and the baseline's price a week; give what the change came to, less than nothing where it cost more.

    Each day counts a seventh of a week; the attributed part is a percentage. ValueError where it ends before it starts.
    """
    days = days_between(starts_on, ends_on)
    spent = {row: sum(((getattr(p, row) or Decimal(0)) * p.days for p in found), Decimal(0)) for row in ROWS}
    baseline = exact(baseline_weekly) * days
    net = baseline - sum(spent.values(), Decimal(0))
    unknown = sum(p.days for p in found if not p.is_known)
    return Figure(
        starts_on, ends_on, _money(baseline), _money(spent["home"]), _money(spent["travel"]), _money(spent["support"]),
        _money(baseline - spent["home"] - spent["travel"]),
        None if unknown else pence(net * exact(attribution) / (DAYS_IN_WEEK * WHOLE)), days, unknown,
    )  # fmt: skip


def _money(sevenths: Decimal) -> Decimal:
    """Pounds a week times days, as pounds."""
    return pence(sevenths / DAYS_IN_WEEK)


@dataclass(frozen=True)
class Ending:
    """The day a benefit stops being counted (not in it), and why; no reason while it runs."""

    on: date
    because: str = ""


def ends_first(starts_on: date, *, planned_end: date, broke_down: date | None = None, eighteen: date | None = None,
               died: date | None = None, until: date) -> Ending:  # fmt: skip
    """Give the first of: breakdown or return, the 18th birthday, the baseline's planned end, the day counted up to.

    The end day is not in it, and never before the start; on the same day breakdown is named before the others.
    """
    named = [
        (broke_down, "The home broke down"), (died, "The record was closed"), (eighteen, "The 18th birthday"),
        (planned_end, "The baseline’s planned end"),
    ]  # fmt: skip
    come = [(day, because) for day, because in named if day is not None and day <= until]
    if not come:
        return Ending(max(until, starts_on))
    day, because = min(come, key=lambda ending: ending[0])
    return Ending(max(day, starts_on), because)


@dataclass(frozen=True)
class Lived:
    """One home a child lived in: its days, whether it was a children's home, and whether it ended unplanned."""

    starts_on: date
    ends_on: date | None
    is_residential: bool
    was_planned: bool | None = None


def broke_down(homes: Sequence[Lived], starts_on: date) -> date | None:
    """Give the first day from `starts_on` on which a family home ended unplanned, or the child went back to a children's home."""
    found, before = [], None
    for home in sorted(homes, key=lambda home: home.starts_on):
        went_back = home.is_residential and before is not None and not before.is_residential
        if went_back and home.starts_on >= starts_on:
            found.append(home.starts_on)
        if home.ends_on and home.ends_on >= starts_on and home.was_planned is False and not home.is_residential:
            found.append(home.ends_on)
        before = home
    return min(found, default=None)


def so_far(forecast: Amount, starts_on: date, planned_end: date, until: date) -> Decimal:
    """Give the part of a forecast that should have come by a day: by days, all of it once the planned end has passed."""
    whole = days_between(starts_on, planned_end)
    done = min(max((until - starts_on).days, 0), whole)
    return pence(exact(forecast) * done / whole) if whole else pence(exact(forecast))


def full_year(baseline_weekly: Amount, actual_weekly: Amount, attribution: Amount = WHOLE, weeks: int = 52) -> Decimal:
    """Give what a change saves in a full year of 52 weeks at its present prices."""
    return pence((exact(baseline_weekly) - exact(actual_weekly)) * weeks * exact(attribution) / WHOLE)
