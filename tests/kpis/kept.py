"""Everything that is kept of the dashboard beside a recount, cell by cell."""

from core import clock
from kpis.measures.goals import aims_of, to_keep
from kpis.measures.indicator_rows import groups_to_keep
from kpis.measures.keeping import kept_span, months_of
from kpis.measures.kept import kept_figures
from kpis.measures.period import month_of, offered
from kpis.measures.service import MEASURES
from kpis.measures.told import Reading
from kpis.models import KeptFigure
from referrals.choices import ProvisionKind


def periods():
    """Every month that is kept, and every quarter and year that a page offers."""
    months = [month_of(first) for first in months_of(*kept_span(clock.today()))]
    return months + [period for name, group in offered(clock.today()) if name != "Months" for period in group]


def unlike(authority) -> list[tuple]:
    """The cells that are not as a recount says, of every measure, period and kind of service; and what is kept beside them."""
    span, found = kept_span(clock.today()), []
    kept = kept_figures(authority.pk, MEASURES, *span)
    assert kept is not None
    board = kept.board
    assert not board.is_behind
    for services in (None, *(frozenset({kind}) for kind in ProvisionKind), frozenset({"hub", "outreach"})):
        as_kept = Reading(authority.pk, False, services=services, first=span[0], last=span[1], kept=kept)
        afresh = Reading(authority.pk, False, services=services, first=span[0], last=span[1])
        found += [
            (measure.slug, period.words, services) for measure in MEASURES for period in periods()
            if as_kept.of(measure, period) != afresh.of(measure, period)
        ]  # fmt: skip
        assert not as_kept._facts  # nothing was gathered for it
    afresh = Reading(authority.pk, False, first=span[0], last=span[1])
    rows = KeptFigure.objects.filter(authority=authority)
    by_slug = {measure.slug: measure for measure in MEASURES}
    for row in rows:
        count = afresh.of(by_slug[row.measure], month_of(row.month)).count
        if (row.value, row.numerator, row.denominator, row.longest) != (count.value, count.numerator, count.denominator, count.longest):
            found.append((row.measure, row.month, "columns"))
    assert len(rows) == len(MEASURES) * len(months_of(*span))
    found += [("indicators", hide) for hide in (False, True) if (board.watched if hide else board.seen) != groups_to_keep(authority, hide=hide)]
    return found + ([("aims",)] if board.aims != to_keep(aims_of(authority.pk)) else [])
