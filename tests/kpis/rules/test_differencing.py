"""Differencing, attacked by one who reads every figure that was told, knows the rule, and plays it again."""

from collections import defaultdict
from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.rules.differencing import Figure, Told, gives_back, hides, ranges

DAYS = [date(2026, 4, 1) + timedelta(days=90 * n) for n in range(7)]


def told(first, last, count, **known):
    return Told(DAYS[first], DAYS[last], count, **known)


@pytest.mark.parametrize(
    ("figures", "leaks"),
    [
        ([told(0, 1, 7), told(0, 2, 10)], True),
        ([told(0, 1, 7), told(0, 2, 13)], False),
        ([told(0, 1, 7), told(0, 2, 7)], False),
        ([told(0, 2, 20), told(1, 2, 12), told(0, 3, 23)], True),
        ([told(0, 1, None), told(1, 2, None), told(0, 2, 9)], False),
        ([told(0, 1, None, least=1, most=5), told(1, 2, None, least=1, most=5), told(0, 2, 10)], True),
        ([told(0, 1, None, least=1, most=5), told(1, 2, None, least=1, most=5), told(0, 2, 9)], False),
        ([told(0, 3, 30), told(1, 2, 12), told(0, 1, 8)], False),
        ([told(0, 3, 30), told(1, 2, 12), told(0, 1, 15)], True),
        ([], False),
    ],
)
def test_g39_two_figures_that_give_a_small_count_back_are_found(figures, leaks):
    assert gives_back(figures) is leaks


def test_g39_a_period_told_again_with_another_count_contradicts_itself_and_is_never_asked_for():
    """Why a figure is told once: the second would be a count of what was written down between."""
    spans = ranges([told(0, 1, 8), told(0, 1, 8)])

    assert spans == {(DAYS[0], DAYS[1]): (8, 8)}


@given(st.lists(st.integers(0, 9), min_size=2, max_size=4), st.data())
def test_g39_what_a_reader_may_know_is_worked_out_exactly(counts, data):
    """Against every world there is: counts of 0 to 9 in each stretch."""
    edges = [(a, b) for a in range(len(counts)) for b in range(a + 1, len(counts) + 1)]
    shown = data.draw(st.lists(st.sampled_from(edges), unique=True, max_size=4))
    known = [told(a, b, sum(counts[a:b])) for a, b in shown] + [told(n, n + 1, None, most=9) for n in range(len(counts))]
    worlds = [w for w in product(range(10), repeat=len(counts)) if all(sum(w[a:b]) == sum(counts[a:b]) for a, b in shown)]

    for (first, last), (least, most) in ranges(known).items():
        sums = [sum(world[DAYS.index(first) : DAYS.index(last)]) for world in worlds]
        assert (least, most) == (min(sums), max(sums))


def published(world, spans, highest):
    """What is told of a world, quarter by quarter and then the year; None is hidden."""
    before, found = [], []
    for first, last in spans:
        parts = tuple(sum(each) for each in zip(*world[first:last], strict=True))
        is_hidden = hides(parts, DAYS[first], DAYS[last], before, highest=highest)
        before.append(Figure(DAYS[first], DAYS[last], parts, is_hidden))
        found.append(None if is_hidden else parts)
    return tuple(found)


def quarters_and_year(many):
    return [(n, n + 1) for n in range(many)] + [(0, many)]


ATTACKS = [(2, 14, 5, 1), (3, 12, 3, 1), (4, 7, 3, 1), (2, 8, 2, 2), (2, 9, 3, 2), (3, 4, 2, 2)]


@pytest.mark.parametrize(("quarters", "top", "highest", "parts"), ATTACKS)
def test_g39_nobody_works_a_small_count_back_out_of_quarters_and_their_year(quarters, top, highest, parts):
    """Every world: quarters by (what is counted, what is left out); told under the same rule; grouped by what a reader sees."""
    worlds = defaultdict(list)
    for world in product(product(range(top + 1), repeat=parts), repeat=quarters):
        worlds[published(world, quarters_and_year(quarters), highest)].append(world)
    tried = 0

    for shown, possible in worlds.items():
        if shown[-1] and max(shown[-1]) > top:
            continue  # some of its worlds have counts over the top, which were not tried
        for first, last in [(a, b) for a in range(quarters) for b in range(a + 1, quarters + 1)]:
            for part in range(parts + 1):
                seen = {_of(world[first:last], part) for world in possible}
                tried += 1
                assert len(seen) > 1 or not 1 <= min(seen) <= highest, (shown, possible[:3])
    assert tried > 100


def _of(cells, part):
    """One part of some quarters, or what all parts come to."""
    return sum(cell[part] if part < len(cell) else sum(cell) for cell in cells)


def test_g39_with_the_look_at_earlier_figures_off_the_attack_finds_something(monkeypatch):
    """The control: each figure judged by itself gives some back."""
    monkeypatch.setattr("kpis.rules.differencing.gives_back", lambda *_, **__: False)
    monkeypatch.setattr("kpis.rules.differencing._may_be_told", lambda *_: True)

    with pytest.raises(AssertionError):
        test_g39_nobody_works_a_small_count_back_out_of_quarters_and_their_year(3, 12, 3, 1)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=4, max_size=4))
def test_g39_no_small_part_is_told_and_a_year_of_no_hidden_quarter_always_is(quarters):
    found = published(quarters, quarters_and_year(4), 5)

    assert all(not any(1 <= part <= 5 for part in parts) for parts in found if parts)
    assert found[-1] is not None or None in found[:-1] or any(1 <= sum(part) <= 5 for part in zip(*quarters, strict=True))


def test_g39_noughts_and_large_counts_are_told():
    assert published([(0, 0), (12, 0), (7, 9), (0, 30)], quarters_and_year(4), 5) == ((0, 0), (12, 0), (7, 9), (0, 30), (19, 39))


def test_stretches_that_do_not_touch_tell_nothing_of_each_other():
    assert gives_back([told(0, 1, 7), told(3, 4, 8)]) is False
