"""Budgets shared out by quarters: no penny is lost, and the documents' figures come out."""

import ast
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.rules.quarters import (
    Quarter,
    quarter_before,
    quarter_from,
    quarter_of,
    quarters_of,
)
from contracts.rules.shares import difference, shares, spread, taken_from
from core.money import instalments, retention
from tests.architecture.code import functions, name_of, sources

D = Decimal
MONEY = ["core/money.py", "contracts/rules/shares.py", "contracts/rules/payment.py", "contracts/rules/retention.py"]
MONEY += ["contracts/models/books.py", "contracts/models/payment.py", "contracts/actions/payment.py"]
MONEY += ["contracts/actions/payment_change.py", "contracts/actions/retention.py", "contracts/actions/books.py"]
MONEY += ["contracts/views/payment.py", "contracts/views/retention.py", "contracts/forms/payment.py", "contracts/models/payment_page.py"]
CENTS = st.integers(0, 100_000_000).map(lambda pennies: D(pennies) / 100)
PERCENTS = st.integers(0, 2000).map(lambda tenths: D(tenths) / 20)
DAYS = st.dates(date(2018, 1, 1), date(2030, 1, 1))


def test_quarters_are_named_and_found_by_day_and_by_address():
    assert [quarter_of(day).slug for day in (date(2026, 3, 31), date(2026, 4, 1), date(2027, 1, 1))] == [
        "2025-26-q4", "2026-27-q1", "2026-27-q4",
    ]  # fmt: skip
    second = quarter_from("2026-27-q2")
    assert (second.starts_on, second.ends_on, str(second)) == (
        date(2026, 7, 1), date(2026, 10, 1), "Quarter 2, July to September 2026",
    )  # fmt: skip
    assert [quarter_from(slug) for slug in ("2026-28-q2", "2026-27-q5", "26-27-q1", "x")] == [None] * 4
    assert quarter_before(date(2026, 4, 1)) == Quarter(2025, 4)
    assert quarter_before(date(2026, 3, 31)) == Quarter(2025, 3)


def test_g7_the_documents_figures_come_out_of_the_shares():
    first = shares(D(90_000), percent=5, from_on=date(2018, 7, 1), until_on=date(2019, 4, 1))
    assert [(one.gross, one.retained, one.due) for one in first.values()] == [(D(30_000), D(1_500), D(28_500))] * 3
    assert sum(one.retained for one in first.values()) == D(4_500)
    second = shares(D(120_000), percent=5, from_on=date(2019, 4, 1), until_on=date(2020, 4, 1))
    assert sum(one.retained for one in second.values()) == D(6_000)
    assert [one.due for one in second.values()] == instalments(D(120_000))
    last = shares(D(30_000), percent=0, from_on=date(2021, 4, 1), until_on=date(2021, 7, 1))
    assert [(one.gross, one.retained) for one in last.values()] == [(D(30_000), D(0))]


def test_a_part_quarter_weighs_by_its_days():
    parts = shares(D(137), percent=0, from_on=date(2026, 8, 16), until_on=date(2027, 1, 1))
    assert [one.gross for one in parts.values()] == [D("45.67"), D("91.33")]


@settings(max_examples=1_000, deadline=None)
@given(CENTS, PERCENTS, DAYS, st.integers(1, 800))
def test_g09_random_contracts_lose_no_penny(amount, percent, first, days):
    """A hundredth of the goal's 100,000, for each commit."""
    found = shares(amount, percent=percent, from_on=first, until_on=first + timedelta(days=days))

    assert sum(one.gross for one in found.values()) == amount
    assert sum(one.retained for one in found.values()) == retention(amount, percent)
    assert all(one.due >= 0 and one.retained >= 0 for one in found.values())
    assert list(found) == quarters_of(first, first + timedelta(days=days))


def test_g09_sharing_without_the_remainder_loses_pennies():
    """The control: each quarter rounded by itself."""
    each = [(D("100.01") / 3).quantize(D("0.01")) for _ in range(3)]

    assert sum(each) != D("100.01")
    assert sum(spread(D("100.01"), [1, 1, 1])) == D("100.01")


@given(st.lists(CENTS, min_size=1, max_size=5), st.integers(0, 100))
def test_what_is_taken_from_several_sums_is_all_taken_and_none_goes_below_nought(parts, hundredths):
    amount = (sum(parts) * hundredths / 100).quantize(D("0.01"))
    amount = min(amount, sum(parts))

    taken = taken_from(amount, parts)

    assert sum(taken) == amount
    assert all(0 <= mine <= part for mine, part in zip(taken, parts, strict=True))


def test_no_more_is_taken_than_there_is():
    with pytest.raises(ValueError, match="No more"):
        taken_from(D(11), [D(5), D(5)])


def test_an_invoices_difference_is_in_pounds_and_in_percent():
    assert difference(D(28_500), D(28_500)) == ""
    assert difference(D(30_000), D(28_500)) == "£1,500.00, 5.3% more than is due"
    assert difference(D(27_075), D(28_500)) == "£1,425.00, 5.0% less than is due"


def floats_in(tree) -> list[str]:
    """Every float number, and every call of float(), in a tree."""
    return [
        ast.unparse(node)
        for node in ast.walk(tree)
        if (isinstance(node, ast.Constant) and isinstance(node.value, float))
        or (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "float")
        or (isinstance(node, ast.Name) and node.id == "float" and isinstance(node.ctx, ast.Load))
    ]


def test_g09_there_is_no_float_in_money_code():
    trees = {name_of(path): tree for path, tree in sources() if name_of(path) in MONEY}
    # exact() names float once, to refuse it.
    found = {name: floats_in(tree) for name, tree in trees.items()}

    assert set(trees) == set(MONEY)
    assert found.pop("core/money.py") == ["float"]
    assert {name: rows for name, rows in found.items() if rows} == {}
    assert [f.name for f in functions(trees["core/money.py"]) if floats_in(f)] == ["exact"]


def test_g09_the_search_for_floats_finds_them():
    """The control."""
    assert floats_in(ast.parse("a = 0.05 * float(b)")) == ["0.05", "float(b)", "float"]
