"""A measure of the service's own: what it counts, in words, and how."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from kpis.measures.facts import SHARE, SHARE_AT_THE_END, Count, Fact, Way

# What a measure is about, in the order in which pages group them.
TOPICS = {
    "waits": "Time and waiting", "places": "Places", "meetings": "Meetings and decisions",
    "outcomes": "What comes of it", "quality": "What people say", "money": "Money",
}  # fmt: skip


ONE = {"days": "day", "children": "child", "complaints": "complaint", "actions": "action"}


@dataclass(frozen=True)
class Measure:
    """One of the service's own measures: what it counts, in words, and how.

    `service` narrows what was gathered to one kind of service; `target` is what the rules of a meeting ask;
    `goal` names the measure of a provider's return whose target a contract may set; `children` names the children that
    another measure counts too, so that how many there are by each is compared before it is told. What happens once a
    quarter, as payments do, has a line `is_by_quarter`: its months would be nought, nought and all.
    """

    slug: str
    name: str
    unit: str
    better: str | None
    counts: str
    counts_children: bool
    how: str
    gather: Callable = field(compare=False)
    way: Way = field(compare=False)
    topic: str = "waits"
    service: str = ""
    target: Decimal | None = None
    goal: str = ""
    is_rolling: bool = False
    is_by_quarter: bool = False
    is_by_service: bool = True
    children: str = ""

    def all_of(self, numerator: int, denominator: int) -> int:
        """How many children a figure is of: those it has days of, or all of whom a share is a share."""
        return denominator if self.is_share else numerator

    def of(self, authority, starts_on: date, ends_on: date) -> Count:
        """What one period came to."""
        return self.count(self.gather(authority, starts_on, ends_on), starts_on, ends_on)

    def count(self, facts: list[Fact], starts_on: date, ends_on: date) -> Count:
        """What a period comes to, of what was gathered."""
        return self.way.count(self.ours(facts), starts_on, ends_on)

    def behind(self, facts: list[Fact], starts_on: date, ends_on: date) -> list[Fact]:
        """The records behind a period's figure."""
        return self.way.behind(self.ours(facts), starts_on, ends_on)

    def ours(self, facts: list[Fact]) -> list[Fact]:
        """Those of what was gathered that it counts."""
        return [fact for fact in facts if fact.service == self.service] if self.service else facts

    @property
    def is_share(self) -> bool:
        """True where its value is a percentage of what it counts."""
        return self.unit == "%"

    @property
    def has_range(self) -> bool:
        """True where it is a share of things that are counted one by one, so that a likely range says something."""
        return self.is_share and self.way in {SHARE, SHARE_AT_THE_END}

    def in_words(self, value: Decimal | None) -> str:
        """A value with its unit, or that nothing was counted."""
        if value is None:
            return "None counted"
        shown = f"{value.to_integral():,f}" if value == value.to_integral() else f"{value:,f}"
        return f"{shown}%" if self.is_share else f"{shown} {ONE.get(self.unit, self.unit) if value == 1 else self.unit}"

    def target_in_words(self, target: Decimal | None) -> str:
        """ "80% or more", "14 days or fewer", or a dash where nobody set one."""
        if target is None:
            return "None set"
        way = "" if self.better is None or (self.is_share and target in {0, 100}) else " or more" if self.better == "high" else " or fewer"
        return f"{self.in_words(target.normalize() if target else target)}{way}"
