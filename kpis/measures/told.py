"""What a reader is told of the service's own measures: as it stands, or as it was released."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from contracts.rules.quarters import quarters_of
from core import clock
from core.dates import months_after
from kpis.measures.facts import Count, Fact
from kpis.measures.goals import Aims, aims_of
from kpis.measures.kept import Kept, kept_figures
from kpis.measures.measure import Measure
from kpis.measures.period import Period, month_of, of_quarter
from kpis.measures.service import MEASURES, months_back
from kpis.models import FigureRelease

SHOWN, HIDDEN_ONE, UNTOLD, WHOLE_ONLY = "shown", "hidden", "untold", "whole only"
QUARTERS_BACK = 20


@dataclass(frozen=True)
class Said:
    """One figure of one period as a reader may have it; `count` is there where it is shown."""

    period: Period
    state: str
    count: Count | None = None


@dataclass
class Reading:
    """One reader's look at one authority's measures: what is gathered is gathered once, whatever asks for it.

    `hide` is true for those who watch the service; `services` narrows it to some kinds of service, or is None. What is
    `kept` of a period is not gathered; papers and whatever freezes a figure keep nothing, and gather.
    """

    authority: int
    hide: bool
    services: frozenset[str] | None = None
    is_whole: bool = True
    measures: Collection[Measure] = field(default_factory=lambda: MEASURES)
    first: date | None = None
    last: date | None = None
    kept: Kept | None = None
    _facts: dict = field(default_factory=dict)
    _told: dict | None = None

    def facts(self, measure: Measure) -> list[Fact]:
        """What was gathered for a measure over the whole look, of the services it is about."""
        if measure.gather not in self._facts:
            self._facts[measure.gather] = measure.gather(self.authority, self.first, self.last)
        facts = self._facts[measure.gather]
        if self.services is None or not measure.is_by_service:
            return facts
        return [fact for fact in facts if fact.service in self.services]

    def is_told(self, measure: Measure) -> bool:
        """True where its figures are told once, and not as they stand."""
        return self.hide and measure.counts_children

    def of(self, measure: Measure, period: Period) -> Said:
        """A figure of a period."""
        if not self.is_told(measure):
            return Said(period, SHOWN, self._counted(measure, period))
        if not self.is_whole and measure.is_by_service:
            return Said(period, WHOLE_ONLY)
        return self._released(measure, period)

    def _counted(self, measure: Measure, period: Period) -> Count:
        """What a period comes to: of what is kept of its months, or of its facts where one of them is not kept."""
        services = self.services if measure.is_by_service else None
        count = self.kept.of(measure, period, services) if self.kept else None
        return count or measure.count(self.facts(measure), period.starts_on, period.ends_on)

    def aims(self) -> Aims:
        """What lines are held against."""
        return self.kept.aims if self.kept else aims_of(self.authority)

    def nearest(self, measure: Measure, period: Period) -> Said:
        """A figure of a period, or of the last quarter told by its end."""
        said = self.of(measure, period)
        if said.state != UNTOLD:
            return said
        told = [key for key in self.told() if key[0] == measure.slug and key[2] <= period.ends_on and key[2] <= months_after(key[1], 3)]
        if not told:
            return said
        _, starts_on, _ = max(told, key=lambda key: key[2])
        return self._released(measure, of_quarter(quarters_of(starts_on, starts_on + clock.ONE_DAY)[0]))

    def series(self, measure: Measure, until: date, months: int) -> list[Said]:
        """Figures of months, the oldest first; of quarters where they are told once, or happen once in each."""
        if not self.is_told(measure):
            return [self.of(measure, each) for each in self._spans(measure, until, months)]
        since = months_after(until.replace(day=1), -3 * QUARTERS_BACK)
        return [said for quarter in quarters_of(since, until + clock.ONE_DAY) if (said := self.of(measure, of_quarter(quarter))).state != UNTOLD]

    def _spans(self, measure: Measure, until: date, months: int) -> list[Period]:
        """The months back from a day, or the whole quarters among them that have begun by it."""
        starts = [start for start, _ in months_back(until, months)]
        if not measure.is_by_quarter:
            return [month_of(start) for start in starts]
        return [of_quarter(each) for each in quarters_of(starts[0], until + clock.ONE_DAY) if each.starts_on >= starts[0]]

    def told(self) -> dict[tuple[str, date, date], FigureRelease]:
        """Everything that was released of these measures, asked for once."""
        if self._told is None:
            rows = FigureRelease.objects.filter(authority=self.authority, measure__in=[measure.slug for measure in self.measures])
            self._told = {(row.measure, row.starts_on, row.ends_on): row for row in rows}
        return self._told

    def _released(self, measure: Measure, period: Period) -> Said:
        row = self.told().get((measure.slug, period.starts_on, period.ends_on))
        if row is None:
            return Said(period, UNTOLD)
        if row.is_hidden:
            return Said(period, HIDDEN_ONE)
        value = None if row.value is None else row.value.to_integral() if row.value == row.value.to_integral() else row.value
        return Said(period, SHOWN, Count(value, row.numerator, row.denominator, row.longest))


def look(authority, *, hide: bool, until: date, months: int = 13, since: date | None = None, may_be_kept: bool = False, **narrowed) -> Reading:
    """A look at an authority's measures over so many months up to a day, and from an earlier day where a period begins there.

    Where it `may_be_kept`, what is kept is not gathered.
    """
    spans = months_back(until, months)
    first, last = min(spans[0][0], since or spans[0][0]), spans[-1][1]
    key = getattr(authority, "pk", authority)
    kept = kept_figures(key, narrowed.get("measures", MEASURES), first, last) if may_be_kept else None
    return Reading(key, hide, first=first, last=last, kept=kept, **narrowed)
