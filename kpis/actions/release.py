"""Releases: figures that count children are told to those who watch the service, a quarter at a time, and once."""

from django.db import transaction

from contracts.rules.quarters import Quarter
from core import audit, clock
from core.models import Authority
from core.rules import refuse_if
from kpis.measures.period import Period, of_quarter, year_of
from kpis.measures.service import MEASURES
from kpis.measures.to_tell import settled_on
from kpis.models import FigureRelease
from kpis.rules.differencing import Figure, differs_by_few, hides
from kpis.rules.releases import why_not_release_figures


@transaction.atomic
def release_figures(authority: Authority, quarter: Quarter, *, by=None) -> list[FigureRelease]:
    """Tell the figures of a quarter that were not told yet, and those of its year with its fourth; hide what must be."""
    Authority.objects.select_for_update(of=("self",)).get(pk=authority.pk)

    refuse_if(why_not_release_figures(settled_on(authority, quarter), clock.today()))

    year = year_of(quarter.starts_on)
    periods = [of_quarter(quarter), *([year] if quarter.number == 4 else [])]
    told = list(FigureRelease.objects.filter(authority=authority, starts_on__gte=year.starts_on, ends_on__lte=year.ends_on))
    made: list[FigureRelease] = []
    for measure in MEASURES:
        made += _of(measure, authority, periods, year, [*told, *made]) if measure.counts_children else []
    FigureRelease.objects.bulk_create(made)

    if made:
        audit.record(
            "figures.released", on=authority, by=by,
            sentence=f"Told {len(made)} figures of {quarter}, of which {sum(row.is_hidden for row in made)} are hidden.",
        )  # fmt: skip
    return made


def _of(measure, authority: Authority, periods: list[Period], year: Period, told: list[FigureRelease]) -> list[FigureRelease]:
    """One measure's figures that were not told yet, each judged beside all that were told before it, of the same children too."""
    earlier = [row for row in told if row.measure == measure.slug]
    known = {(row.starts_on, row.ends_on) for row in earlier}
    asked = [period for period in periods if (period.starts_on, period.ends_on) not in known]
    facts = measure.gather(authority, year.starts_on, year.ends_on) if asked else []
    made: list[FigureRelease] = []
    for period in asked:
        row = _judged(measure, authority, period, measure.count(facts, period.starts_on, period.ends_on), earlier + made)
        of, others = measure.all_of(row.numerator, row.denominator), _of_same_children(measure, period, told)
        row.is_hidden = row.is_hidden or differs_by_few(of, others)
        made.append(row)
    return made


def _of_same_children(measure, period: Period, told: list[FigureRelease]) -> list[int]:
    """How many children each figure is of that was told of the same children over the same days by another measure."""
    beside = {one.slug: one for one in MEASURES if one.children and one.children == measure.children and one.slug != measure.slug}
    shown = [row for row in told if row.measure in beside and not row.is_hidden]
    days = (period.starts_on, period.ends_on)
    return [beside[row.measure].all_of(row.numerator, row.denominator) for row in shown if (row.starts_on, row.ends_on) == days]


def _judged(measure, authority, period: Period, count, earlier: list[FigureRelease]) -> FigureRelease:
    """One figure, hidden where it must be; what stands on a last day adds up to nothing, and is judged by itself."""
    before = [Figure(row.starts_on, row.ends_on, _parts(row), row.is_hidden) for row in earlier] if measure.way.adds_up else []
    is_hidden = hides((count.numerator, count.rest), period.starts_on, period.ends_on, before)
    return FigureRelease(
        authority=authority, measure=measure.slug, starts_on=period.starts_on, ends_on=period.ends_on, value=count.value,
        numerator=count.numerator, denominator=count.denominator, longest=count.longest, is_hidden=is_hidden,
    )  # fmt: skip


def _parts(row: FigureRelease) -> tuple[int, int]:
    """What a figure counts, and what it leaves out."""
    return row.numerator, row.denominator - row.numerator
