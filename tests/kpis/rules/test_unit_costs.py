"""Unit costs: each kind of home has a line, few children are hidden with what would give them back, and a county has two sides."""

from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kpis.rules.unit_costs import (
    LINE_OF,
    NOT_SAID,
    OTHER,
    OWN,
    SUPPORT,
    Lived,
    Spell,
    area_rows,
    cost_rows,
)
from referrals.rules.placement import KINDS

D = Decimal


def spells(number, kind="foster", sector=OTHER, days=7, cost="795", since=0):
    return [Spell(since + n, kind, sector, days, D(cost)) for n in range(number)]


def by_line(rows):
    return {row.line: row for row in rows}


def test_every_kind_of_home_and_support_has_a_line():
    assert set(LINE_OF) == {*KINDS, SUPPORT}


def test_six_children_are_shown_with_what_a_child_costs_a_week():
    row = by_line(cost_rows(spells(6)))["3.1.2"]

    assert (row.total, row.children, row.days, row.a_week) == (D(4770), 6, 42, D("795.00"))
    assert list(row.by_sector) == [D(0), D(4770), D(0)]


def test_five_children_are_hidden_with_their_cost_their_days_and_every_sum_that_gives_them_back():
    rows = by_line(cost_rows([*spells(5), *spells(9, "residential", since=10)]))

    fostering, total = rows["3.1.2"], rows["3.1.11"]
    assert (fostering.children, fostering.days, fostering.total, fostering.a_week, fostering.by_sector[1]) == (None,) * 5
    assert (rows["3.1.1"].children, total.total, total.days) in {(9, None, None), (None, total.total, total.days)}
    assert by_line(cost_rows(spells(5), hide=False))["3.1.2"].children == 5


def test_a_missing_price_is_said():
    rows = by_line(cost_rows([*spells(6), Spell(99, "foster", OWN, 7, None)], hide=False))

    assert (rows["3.1.2"].is_missing, rows["3.1.1"].is_missing, rows["3.1.11"].is_missing) == (True, False, True)


CELLS = st.lists(st.tuples(st.sampled_from(sorted(LINE_OF)), st.sampled_from([OWN, OTHER, NOT_SAID]), st.integers(0, 9)), max_size=6)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(CELLS)
def test_no_cell_of_few_children_shows_a_figure_whatever_there_is(cells):
    every, counts = [], {}
    for kind, sector, number in cells:
        every += spells(number, kind, sector, since=len(every))
        counts[LINE_OF[kind], sector] = counts.get((LINE_OF[kind], sector), 0) + number
    rows = by_line(cost_rows(every))

    for (line, sector), number in counts.items():
        if 1 <= number <= 5:
            row = rows[line]
            assert row.by_sector[[OWN, OTHER, NOT_SAID].index(sector)] is None
            assert (row.total, row.children, row.days, row.a_week) == (None,) * 4
    hidden = sum(cost is None for line, row in rows.items() if line != "3.1.11" for cost in row.by_sector)
    assert hidden != 1 or rows["3.1.11"].total is None


def test_f10_out_of_county_costs_the_journeys_too_and_few_children_are_hidden():
    near = [Lived(n, True, 7, D(500), D(0)) for n in range(6)]
    far = [Lived(10 + n, False, 14, D(7000), D(170)) for n in range(6)]

    inside, outside, unknown = area_rows([*near, *far])

    assert (inside.a_week, outside.a_week, outside.travel, unknown.days) == (D("500.00"), D("3585.00"), D(1020), 0)
    assert [area.days for area in area_rows([*near, *far[:3]])][:2] == [None, None]
    assert area_rows([*near, *far[:3]], hide=False)[1].homes == D(21000)
    assert area_rows([Lived(1, True, 7, None, D(0))], hide=False)[0].is_missing
