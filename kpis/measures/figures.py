"""Figures as they leave a page: each with its definition, what it was counted from, how sure it is, and what is hidden.

What is hidden is what every other page hides (kpis/measures/kept_back.py), whatever is filtered.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Prefetch

from core.figures import rounded, wilson_interval
from kpis.choices import Better, Frequency, ValueState
from kpis.measures.facts import Count
from kpis.measures.kept_back import kept_back
from kpis.measures.measure import Measure
from kpis.measures.period import Period
from kpis.measures.service import MEASURES
from kpis.measures.told import SHOWN as TOLD_SO
from kpis.measures.told import UNTOLD, Said, look
from kpis.models import Indicator, IndicatorDefinition, IndicatorTarget, IndicatorValue
from kpis.rules.rag import rag
from kpis.rules.release import GIVES_BACK, SHOWN

HIDDEN = "c"
AT_ONCE = 20
# One sign for every reason: whether a figure is small itself, or gives one back, would tell which (kpis/rules/release.py).
FLAG = "c: 1 to 5 children, or a figure that would give such a count back"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Figure:
    """One value of one indicator for one period and reading, with all that says what it means; `hidden` says why it is."""

    key: str
    name: str
    version: int
    counts: str
    of: str
    reading: str
    unit: str
    better: str
    frequency: str
    tolerance: Decimal
    tolerance_is_relative: bool
    owner: str
    source: str
    starts_on: date
    ends_on: date
    label: str
    numerator: int | None
    denominator: int | None
    value: Decimal | None
    printed: str
    target: Decimal | None
    target_printed: str
    target_on: date | None
    is_validated: bool
    hidden: str = SHOWN

    @property
    def last_day(self) -> date:
        """The last day of its period."""
        return self.ends_on - ONE_DAY

    @property
    def sort_key(self) -> tuple[str, str, str, str]:
        """Its place among all figures."""
        return self.key, self.starts_on.isoformat(), self.ends_on.isoformat(), self.reading

    @property
    def rating(self) -> str | None:
        """Its colour against the target of its day; none for what is hidden, because a colour narrows a count."""
        if self.hidden:
            return None
        return rag(self.value, self.target, better=self.better or None, tolerance=self.tolerance, relative=self.tolerance_is_relative)

    @property
    def interval(self) -> tuple[Decimal, Decimal] | None:
        """Wilson's interval of a percentage that was counted, in percent to one place."""
        is_share = self.unit == "%" and self.numerator is not None and bool(self.denominator)
        if self.hidden or not is_share or not 0 <= self.numerator <= self.denominator:
            return None
        low, high = wilson_interval(self.numerator, self.denominator)
        return rounded(Decimal(str(low)) * 100, 1), rounded(Decimal(str(high)) * 100, 1)

    @property
    def status(self) -> str:
        """Whether it may leave the service."""
        return "Validated for release" if self.is_validated else "Provisional"

    @property
    def flag(self) -> str:
        """That it is hidden, in words; nothing where it is shown."""
        return FLAG if self.hidden else ""


def indicators_defined(user):
    """The indicators this person sees, by slug, each with its definitions and targets."""
    return Indicator.objects.visible_to(user).order_by("slug").prefetch_related(
        Prefetch("definitions", IndicatorDefinition.objects.order_by("version")),
        Prefetch("targets", IndicatorTarget.objects.order_by("due_on", "pk")),
    )


def indicators_with_values(user):
    """The same, each with its values too."""
    values = IndicatorValue.objects.select_related("definition").order_by("pk")
    return indicators_defined(user).prefetch_related(Prefetch("values", values))


def figures_of(indicator: Indicator, *, only_validated: bool, kept: Mapping[int, str]) -> list[Figure]:
    """One indicator's figures, by period; those that are kept back are marked hidden."""
    values = [value for value in indicator.values.all() if value.state == ValueState.VALIDATED or not only_validated]
    found = [_figure(indicator, value, kept.get(value.pk, SHOWN)) for value in values]
    return sorted(found, key=lambda figure: figure.sort_key)


def target_on(targets: list[IndicatorTarget], day: date) -> IndicatorTarget | None:
    """The target to be reached first from a day on; the last one once all are past."""
    return next((target for target in targets if target.due_on >= day), targets[-1] if targets else None)


def _figure(indicator: Indicator, value: IndicatorValue, hidden: str) -> Figure:
    """One value with its definition and target."""
    definition, target = value.definition, target_on([one for one in indicator.targets.all() if one.replaced_on is None], value.period_end - ONE_DAY)
    return Figure(
        key=indicator.slug, name=indicator.name, version=definition.version, counts=definition.numerator, of=definition.denominator,
        reading=value.reading, unit=definition.unit, better=definition.better, frequency=definition.frequency,
        tolerance=definition.tolerance, tolerance_is_relative=definition.tolerance_is_relative, owner=indicator.owner_role,
        source=value.source or indicator.source, starts_on=value.period_start, ends_on=value.period_end, label=value.period_label,
        numerator=value.numerator, denominator=value.denominator, value=value.value, printed=value.printed,
        target=target.value if target else None, target_printed=target.printed if target else "",
        target_on=target.due_on if target else None,
        is_validated=value.state == ValueState.VALIDATED, hidden=hidden,
    )  # fmt: skip


def figures(user, *, only_validated: bool, hide: bool, after: tuple = ("", "", "", ""), indicator: str = "") -> Iterator[Figure]:
    """Every figure of the indicators this person sees, in order and after a place, a few indicators at a time."""
    rows = indicators_with_values(user).filter(**({"slug": indicator} if indicator else {}))
    kept = kept_back(user.acting.authority_id, hide=hide)
    slug, include = after[0], "gte"
    while True:
        some = list(rows.filter(**{f"slug__{include}": slug})[:AT_ONCE])
        for one in some:
            yield from (figure for figure in figures_of(one, only_validated=only_validated, kept=kept) if figure.sort_key > after)
        if len(some) < AT_ONCE:
            return
        slug, include = some[-1].slug, "gt"


def counted_now(user, period: Period, *, hide: bool) -> Iterator[Figure]:
    """The service's own measures for one period, as its pages show them; what was not told yet is left out."""
    reading = look(user.acting.authority_id, hide=hide, until=period.last_day, since=period.starts_on, months=1)
    for measure in MEASURES:
        said = reading.of(measure, period)
        if said.state != UNTOLD:
            yield _counted(measure, said)


def _counted(measure: Measure, said: Said) -> Figure:
    """One measure as a figure; hidden where its page hides it."""
    count = said.count or Count(None, 0, 0)
    return Figure(
        key=measure.slug, name=measure.name, version=1, counts=measure.how, of="", reading="as counted", unit=measure.unit,
        better=measure.better or "", frequency=Frequency.MONTH, tolerance=Decimal(0), tolerance_is_relative=True, owner="",
        source="The service’s own records", starts_on=said.period.starts_on, ends_on=said.period.ends_on, label=said.period.words,
        numerator=count.numerator, denominator=count.denominator, value=count.value, printed=measure.in_words(count.value),
        target=None, target_printed="", target_on=None, is_validated=False, hidden=SHOWN if said.state == TOLD_SO else GIVES_BACK,
    )  # fmt: skip


COLUMNS = {
    "id": lambda f: f.key,
    "name": lambda f: f.name,
    "definition version": lambda f: f.version,
    "reading": lambda f: f.reading,
    "first day": lambda f: f.starts_on,
    "last day": lambda f: f.last_day,
    "period": lambda f: f.label,
    "numerator": lambda f: _told(f, f.numerator),
    "denominator": lambda f: _told(f, f.denominator),
    "value": lambda f: _told(f, f.value),
    "as printed": lambda f: _told(f, f.printed),
    "unit": lambda f: f.unit,
    "interval from": lambda f: f.interval[0] if f.interval else None,
    "interval to": lambda f: f.interval[1] if f.interval else None,
    "target": lambda f: f.target_printed,
    "RAG": lambda f: f.rating,
    "suppression flag": lambda f: f.flag,
    "source": lambda f: f.source,
    "provisional or final": lambda f: f.status,
    "what is counted": lambda f: f.counts,
    "of what": lambda f: f.of,
    "better": lambda f: Better(f.better).label if f.better else "Not said",
    "frequency": lambda f: Frequency(f.frequency).label,
    "owner": lambda f: f.owner,
}


def _told(figure: Figure, what):
    """Part of a figure, or the sign that stands for what is hidden."""
    return HIDDEN if figure.hidden else what


def as_row(figure: Figure) -> list:
    """A figure as the row of a file."""
    return [column(figure) for column in COLUMNS.values()]


DEFINED = ("id", "name", "definition version", "what is counted", "of what", "unit", "better", "frequency", "owner")


def definition_rows(found: list[Figure]) -> tuple[list[str], list[list]]:
    """The headings and rows of what these figures mean, each definition once."""
    columns = [COLUMNS[name] for name in DEFINED]
    once = {(figure.key, figure.version): figure for figure in found}
    rows = [[column(figure) for column in columns] + [_room(figure)] for figure in once.values()]
    return [*DEFINED, "tolerance for amber"], rows


def _room(figure: Figure) -> str:
    """How far from its target a figure is still amber."""
    room = figure.tolerance.normalize()
    return f"{(room * 100).normalize():f}% of the target" if figure.tolerance_is_relative else f"{room:f} {figure.unit}".strip()
