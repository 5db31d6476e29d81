"""Suppression, attacked by one who knows the rule."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpis.rules.suppression import Suppressed, suppress


@pytest.mark.parametrize(
    ("cells", "shown", "total"),
    [
        ([], [], 0),
        ([0, 0], [0, 0], 0),
        ([6, 0, 20], [6, 0, 20], 26),
        ([2, 3, 10], [None, None, 10], 15),
        ([3, 10, 20], [None, None, 20], 33),
        ([3, 10, 10, 20], [None, None, None, 20], 43),
        ([3, 0], [None, 0], None),
        ([1, 1], [None, None], None),
        ([5, 5, 0], [None, None, 0], None),
        ([1, 1, 10], [None, None, None], 12),
        ([2, 3], [None, None], 5),
    ],
)
def test_suppression_hides_small_numbers_and_what_gives_them_back(cells, shown, total):
    assert suppress(cells) == Suppressed(shown, total)


def every_table(cells, largest):
    return product(range(largest + 1), repeat=cells)


@pytest.mark.parametrize(("highest", "largest"), [(5, 12), (3, 8), (2, 6)])
@pytest.mark.parametrize("cells", [1, 2, 3])
def test_nobody_who_knows_the_rule_works_a_hidden_cell_back_out(cells, highest, largest):
    worlds = defaultdict(list)
    for table in every_table(cells, largest):
        shown = suppress(table, highest=highest)
        worlds[(*shown.cells, shown.total)].append((*table, sum(table)))

    for shown, tables in worlds.items():
        for position, value in enumerate(shown):
            possible = {table[position] for table in tables}
            assert len(possible) > 1 if value is None else possible == {value}, (shown, tables)


def test_nobody_works_a_hidden_cell_back_out_of_four():
    worlds = defaultdict(list)
    for table in every_table(4, 6):
        shown = suppress(table, highest=3)
        worlds[(*shown.cells, shown.total)].append((*table, sum(table)))

    for shown, tables in worlds.items():
        hidden = [position for position, value in enumerate(shown) if value is None]
        assert all(len({table[position] for table in tables}) > 1 for position in hidden), shown


@given(st.lists(st.integers(0, 60), max_size=12))
def test_no_small_number_is_ever_shown(cells):
    found = suppress(cells)

    assert [shown for shown in found.cells if shown in range(1, 6)] == []
    assert all(shown in (None, cell) for shown, cell in zip(found.cells, cells, strict=True))
    assert found.total in (None, sum(cells))


@given(st.lists(st.integers(0, 60), max_size=12))
def test_noughts_are_always_shown(cells):
    found = suppress(cells)

    assert all(found.cells[n] == 0 for n, cell in enumerate(cells) if cell == 0)


def test_a_count_is_never_below_nought():
    with pytest.raises(ValueError, match="below nought"):
        suppress([3, -1])


def test_hiding_only_ones_is_not_hiding():
    with pytest.raises(ValueError, match="not hidden"):
        suppress([1], highest=1)
