"""A contract's payments to take away: every pound of the books, sums that stay live, and words that are only words."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from contracts.actions.retention import decide_release, submit_evidence
from contracts.models import Move
from core import clock
from core.models import ListExport
from tests.contracts import money
from tests.people import a_borough

pytestmark = pytest.mark.django_db
URL = "/contracts/art/payments"
D = Decimal


@pytest.fixture
def contract(borough):
    made = money.a_priced_contract(borough)
    money.a_budget(made, 80_000, by=borough.commissioner)
    money.a_budget(made, 40_000, kind="pilot", by=borough.commissioner)
    money.a_paid_payment(borough, made, achieved="part", withheld=D("500.01"), because="=cmd|calc")
    return made


def test_every_move_of_the_books_is_in_the_csv_to_the_penny(borough, contract, sign_in):
    answer = sign_in(borough.finance).post(URL, {"as": "csv"})

    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [D(row["pounds"]) for row in rows] == list(Move.objects.order_by("at", "pk").values_list("amount", flat=True))
    due = sum(D(row["pounds"]) for row in rows if row["from"] == "Due")
    assert due == D(30_000)
    assert {row["why"] for row in rows if row["to"] == "Withheld"} == {"'=cmd|calc"}
    assert rows[0]["evidence SHA-256"] == money.HASH
    assert ListExport.objects.get().rows == len(rows)


def test_the_workings_add_up_in_the_file_itself(borough, contract, sign_in):
    answer = sign_in(borough.commissioner).post(URL, {"as": "xlsx"})

    page = load_workbook(io.BytesIO(answer.content))["Payments"]
    worked = load_workbook(io.BytesIO(answer.content), data_only=True)["Payments"]
    assert [page.cell(4, column).value for column in (9, 10)] == ["=SUM(E4:H4)", "=D4-I4"]
    assert [worked.cell(4, column).value for column in range(4, 11)] == [30_000, 1_500, 500.01, 0, 27_999.99, 30_000, 0]
    assert page.cell(5, 4).value == "=SUM(D4:D4)"
    books = load_workbook(io.BytesIO(answer.content))["Books"]
    assert "'=cmd|calc" in {cell.value for line in books.iter_rows() for cell in line}


def test_what_was_released_leaves_the_difference_at_nothing(borough, sign_in):
    made, _ = money.stoke_year(borough)
    with clock.held_at(date(2019, 5, 2)):
        for number in (2, 3, 4):
            money.a_paid_payment(borough, made, f"2018-19-q{number}")
        budget = made.budgets.get(lot__kind="core")
        submit_evidence(budget, evidence="Shown.", by=borough.provider_manager)
        decide_release(budget, release="all", by=borough.commissioner)
    answer = sign_in(borough.commissioner).post("/contracts/small-group-homes/payments", {"as": "xlsx"})

    worked = load_workbook(io.BytesIO(answer.content), data_only=True)["Payments"]
    lines = list(worked.iter_rows(min_row=4, values_only=True))
    assert lines[-1][3:] == (90_000, 1_500, 0, 3_000, 85_500, 90_000, 0)


@pytest.mark.parametrize("kind", ["", "docx", "\x00", "x" * 5000])
def test_another_kind_is_not_found(borough, contract, sign_in, kind):
    assert sign_in(borough.commissioner).post(URL, {"as": kind}).status_code == 404


def test_others_take_nothing(borough, contract, sign_in):
    elsewhere = a_borough("elsewhere")
    for person in (borough.social_worker, elsewhere.commissioner, elsewhere.finance):
        assert sign_in(person).post(URL, {"as": "csv"}).status_code in {403, 404}
    assert not ListExport.objects.exists()
