"""Figures that count children are told once a quarter, hidden where they must be, and never give back what was hidden before."""

from datetime import date, timedelta

import pytest

from contracts.rules.quarters import quarter_from
from core import clock
from core.models import AuditEvent
from core.rules import RuleBroken
from kpis.actions.release import release_figures
from kpis.measures.facts import Fact
from kpis.measures.measure import Measure
from kpis.measures.own_waits import decided as decided_facts
from kpis.measures.service import MEASURES
from kpis.measures.to_tell import quarters_to_release, settled_on
from kpis.models import FigureRelease
from kpis.tasks import release_due_figures
from tests.kpis.figures import QUARTER, SETTLED, decided, withdrawn
from tests.people import a_borough

pytestmark = pytest.mark.django_db
Q2 = quarter_from(QUARTER)
OF_CHILDREN = [measure for measure in MEASURES if measure.counts_children]


def told(borough, slug="days-to-decision", **facts):
    return FigureRelease.objects.get(authority=borough.authority, measure=slug, **facts)


def test_REL1_figures_are_not_told_before_their_quarter_has_settled(borough):
    assert settled_on(borough.authority, Q2) == SETTLED
    with clock.held_at(SETTLED - timedelta(days=1)), pytest.raises(RuleBroken, match="fifth Working Day"):
        release_figures(borough.authority, Q2)
    assert not FigureRelease.objects.exists()

    with clock.held_at(SETTLED):
        assert len(release_figures(borough.authority, Q2)) == len(OF_CHILDREN)


def test_REL1_a_figure_is_told_once_whatever_is_written_down_later(borough):
    decided(borough, 7)
    release_figures(borough.authority, Q2)
    assert (told(borough).numerator, told(borough).is_hidden) == (7, False)

    decided(borough, 1)
    assert release_figures(borough.authority, Q2) == []
    assert told(borough).numerator == 7
    assert AuditEvent.objects.filter(verb="figures.released").count() == 1


@pytest.mark.parametrize(("many", "gone", "is_hidden"), [(0, 0, False), (1, 0, True), (5, 0, True), (6, 0, False), (6, 1, True), (6, 6, False)])
def test_g39_a_figure_is_hidden_where_what_it_counts_or_leaves_out_is_1_to_5(borough, many, gone, is_hidden):
    decided(borough, many)
    withdrawn(borough, gone)

    release_figures(borough.authority, Q2)

    assert told(borough).is_hidden is is_hidden


def test_g39_a_year_is_told_with_its_fourth_quarter_and_gives_no_hidden_quarter_back(borough):
    """Quarters of 8, 9, 7 and 2: the year's 26 would give the 2 back."""
    for many, month in zip((8, 9, 7, 2), (date(2025, 5, 6), date(2025, 8, 5), date(2025, 11, 4), date(2026, 2, 3)), strict=True):
        decided(borough, many, on=month)
    for number in (1, 2, 3, 4):
        release_figures(borough.authority, quarter_from(f"2025-26-q{number}"))

    quarters = FigureRelease.objects.filter(measure="days-to-decision").order_by("ends_on", "-starts_on")
    assert [(row.numerator, row.is_hidden) for row in quarters] == [(8, False), (9, False), (7, False), (2, True), (26, True)]


def test_g39_a_year_over_two_hidden_quarters_that_stay_open_is_told(borough):
    for many, month in zip((8, 3, 4, 9), (date(2025, 5, 6), date(2025, 8, 5), date(2025, 11, 4), date(2026, 2, 3)), strict=True):
        decided(borough, many, on=month)
    for number in (1, 2, 3, 4):
        release_figures(borough.authority, quarter_from(f"2025-26-q{number}"))

    year = told(borough, starts_on=date(2025, 4, 1), ends_on=date(2026, 4, 1))
    assert (year.numerator, year.is_hidden) == (24, False)


def test_g39_a_measure_added_later_is_told_beside_what_was_told_before(borough, monkeypatch):
    decided(borough, 7)
    release_figures(borough.authority, Q2)
    later = Measure("new-one", "A new one", "days", "low", "decided", True, "", decided_facts, OF_CHILDREN[0].way)
    monkeypatch.setattr("kpis.actions.release.MEASURES", [*MEASURES, later])

    assert [row.measure for row in release_figures(borough.authority, Q2)] == ["new-one"]


def test_the_timetable_tells_every_quarter_that_is_due_and_then_none(borough):
    other = a_borough("other")
    decided(borough, 7)

    due = quarters_to_release()
    assert {authority for authority, _ in due} == {borough.authority, other.authority}
    assert [quarter.slug for authority, quarter in due if authority == borough.authority][-1] == QUARTER

    release_due_figures()
    assert quarters_to_release() == []
    rows = FigureRelease.objects.filter(measure="days-to-decision", starts_on=Q2.starts_on)
    assert dict(rows.values_list("authority__slug", "numerator")) == {"testborough": 7, "other": 0}


def test_the_timetable_waits_for_a_quarter_to_settle(borough):
    with clock.held_at(SETTLED - timedelta(days=1)):
        assert QUARTER not in {quarter.slug for _, quarter in quarters_to_release()}
    with clock.held_at(SETTLED):
        assert QUARTER in {quarter.slug for _, quarter in quarters_to_release()}


@pytest.mark.parametrize(("many", "is_hidden"), [(8, False), (9, True), (13, True), (14, False)])
def test_g39_two_measures_of_the_same_children_do_not_tell_how_few_only_one_counts(borough, monkeypatch, many, is_hidden):
    """Eight children placed from the chair's word; started in an emergency, a few more from the referral."""
    first = Measure("placed-one", "One", "days", "low", "placed", True, "", lambda *_: facts(8), OF_CHILDREN[0].way, children="placed too")
    other = Measure("placed-two", "Two", "days", "low", "placed", True, "", lambda *_: facts(many), OF_CHILDREN[0].way, children="placed too")
    apart = Measure("placed-three", "Three", "days", "low", "placed", True, "", lambda *_: facts(9), OF_CHILDREN[0].way)
    monkeypatch.setattr("kpis.actions.release.MEASURES", [first, other, apart])

    release_figures(borough.authority, Q2)

    assert [told(borough, slug).is_hidden for slug in ("placed-one", "placed-two", "placed-three")] == [False, is_hidden, False]


def facts(many):
    return [Fact(Q2.starts_on, amount=3, record="referral", reference=f"R{n}") for n in range(many)]
