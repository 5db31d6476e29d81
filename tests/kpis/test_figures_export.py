"""N1, N4, trust G31 and G39: figures as files, with what they mean, how sure they are, and nothing that gives a child away."""

import csv
import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contracts.rules.quarters import quarter_before
from core import clock
from core.models import AuditEvent, ListExport
from kpis.actions.indicator import add_indicator, enter_value, validate_value
from kpis.actions.release import release_figures
from kpis.choices import ValueState
from kpis.models import IndicatorValue
from tests import people
from tests.conftest import TODAY

pytestmark = pytest.mark.django_db
YEAR, SPRING, SUMMER = (date(2018, 4, 1), date(2019, 4, 1)), (date(2018, 4, 1), date(2018, 7, 1)), (date(2018, 7, 1), date(2018, 10, 1))


def an_indicator(borough, slug="stability", name="Three or more placements", **facts):
    usual = {"unit": "%", "better": "low", "from_on": YEAR[0], "targets": [(date(2019, 3, 31), Decimal("7.5"), "7.5%")], "owner_role": "Head of service"}
    return add_indicator(borough.authority, slug=slug, name=name, source="A report", by=borough.commissioner, **{**usual, **facts})


def a_value(borough, indicator, numerator, denominator, *, days=YEAR, value=None, reading="carer", released=True, at=TODAY):
    with clock.held_at(at):
        share = value if value is not None else Decimal(100 * (numerator or 0)) / (denominator or 1)
        row = enter_value(
            indicator, period_start=days[0], period_end=days[1], period_label="2018/19", reading=reading, numerator=numerator,
            denominator=denominator, value=round(share, 1), printed=f"{share:.1f}%", source="004:1954", by=borough.commissioner,
        )  # fmt: skip
        if released:
            IndicatorValue.objects.filter(pk=row.pk).update(state=ValueState.CHECKED)
            row = validate_value(row, by=borough.head_of_service)
    return row


def taken(sign_in, person, which="released", file="csv"):
    answer = sign_in(person).post("/kpis/export", {"which": which, "file": file, "period": ""})
    assert answer.status_code == 200, answer
    assert answer["Content-Disposition"].startswith("attachment"), answer.content.decode()[:3000]
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def rows_of(content):
    return list(csv.DictReader(io.StringIO(content.decode())))


def test_n1_a_figure_says_what_it_means_how_sure_it_is_and_how_it_is_rated(borough, sign_in):
    a_value(borough, an_indicator(borough), 45, 585, value=Decimal("7.7"))

    row = rows_of(taken(sign_in, borough.commissioner))[0]

    assert {name: row[name] for name in list(row)[:20]} == {
        "id": "stability", "name": "Three or more placements", "definition version": "1", "reading": "carer", "first day": "2018-04-01",
        "last day": "2019-03-31", "period": "2018/19", "numerator": "45", "denominator": "585", "value": "7.700", "as printed": "7.7%",
        "unit": "%", "interval from": "5.8", "interval to": "10.1", "target": "7.5%", "RAG": "A", "suppression flag": "", "source": "004:1954",
        "provisional or final": "Validated for release", "what is counted": "",
    }  # fmt: skip
    assert (row["better"], row["frequency"], row["owner"]) == ("Lower is better", "Quarterly", "Head of service")


def test_only_what_was_validated_leaves_and_the_rest_says_that_it_is_provisional(borough, sign_in):
    indicator = an_indicator(borough)
    a_value(borough, indicator, 45, 585)
    a_value(borough, indicator, 60, 600, days=(date(2019, 4, 1), date(2020, 4, 1)), released=False)

    assert [row["provisional or final"] for row in rows_of(taken(sign_in, borough.commissioner))] == ["Validated for release"]
    inside = rows_of(taken(sign_in, borough.commissioner, "all"))
    assert [row["provisional or final"] for row in inside if row["id"] == "stability"] == ["Validated for release", "Provisional"]
    assert "outreach-occupancy" in {row["id"] for row in inside}


def test_g39_the_services_own_counts_of_children_leave_as_they_were_told_and_not_before(borough, sign_in):
    def told():
        return {row["id"]: row for row in rows_of(taken(sign_in, borough.commissioner, "all"))}

    before = told()
    release_figures(borough.authority, quarter_before(TODAY))
    after = told()

    assert "days-to-decision" not in before
    assert after["days-to-decision"]["last day"] == "2026-09-30"
    assert "days-to-decision" in {row["id"] for row in rows_of(taken(sign_in, borough.head_of_service, "all"))}


def test_g39_small_counts_and_what_gives_them_back_are_hidden_wholly_with_a_flag(borough, sign_in):
    indicator = an_indicator(borough)
    a_value(borough, indicator, 20, 100, days=SPRING, at=date(2026, 11, 2))
    a_value(borough, indicator, 3, 100, days=SUMMER, at=date(2026, 11, 3))
    a_value(borough, indicator, 23, 200, days=(SPRING[0], SUMMER[1]), at=date(2026, 11, 4))

    found = rows_of(taken(sign_in, borough.commissioner))

    hidden = [row for row in found if row["suppression flag"]]
    assert [row["numerator"] for row in found] == ["20", "c", "c"]
    assert all(row[name] == "c" for row in hidden for name in ("numerator", "denominator", "value", "as printed"))
    assert all(row[name] == "" for row in hidden for name in ("interval from", "interval to", "RAG"))
    assert {row["suppression flag"] for row in hidden} == {"c: 1 to 5 children, or a figure that would give such a count back"}


def test_those_who_run_the_service_have_real_counts_inside_and_none_that_leave(borough, sign_in):
    a_value(borough, an_indicator(borough), 3, 100)

    assert rows_of(taken(sign_in, borough.service_manager, "all"))[0]["numerator"] == "3"
    assert rows_of(taken(sign_in, borough.commissioner, "all"))[0]["numerator"] == "c"
    assert rows_of(taken(sign_in, borough.service_manager))[0]["numerator"] == "c"


def test_what_counts_no_children_is_not_hidden(borough, sign_in):
    a_value(borough, an_indicator(borough, counts_children=False), 3, 5)

    assert rows_of(taken(sign_in, borough.commissioner))[0]["numerator"] == "3"


@pytest.mark.parametrize("words", ["=1+1", "+44 20", "-2+3", "@SUM(A1)", "\t=1", " =cmd|x", "\ufeff=1+1", "\u200b@x", "＝1+1"])
def test_g31_no_cell_of_either_file_is_a_formula(borough, sign_in, words):
    a_value(borough, an_indicator(borough, name=f"{words} of a name"), 45, 585)

    assert rows_of(taken(sign_in, borough.commissioner))[0]["name"].startswith(f"'{words}")
    book = openpyxl.load_workbook(io.BytesIO(taken(sign_in, borough.commissioner, file="xlsx")))
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert [cell for cell in cells if cell.data_type == "f"] == []
    assert [cell.value for cell in cells if cell.value == 45] == [45]


def test_excel_has_the_same_figures_and_the_definitions_on_a_second_sheet(borough, sign_in):
    a_value(borough, an_indicator(borough), 45, 585)
    a_value(borough, an_indicator(borough, slug="few"), 2, 9)

    book = openpyxl.load_workbook(io.BytesIO(taken(sign_in, borough.commissioner, file="xlsx")))

    figures, definitions = (list(page.values) for page in book)
    assert book.sheetnames == ["Figures", "Definitions"]
    assert "c is a count of 1 to 5 children" in figures[0][0]
    heads = figures[2]
    assert [dict(zip(heads, row, strict=True))["numerator"] for row in figures[3:]] == ["c", 45]
    assert [row[0] for row in definitions[2:]] == ["id", "few", "stability"]
    assert definitions[3][-1] == "10% of the target"


def test_that_it_was_taken_is_kept_and_who_may_not_see_figures_takes_none(borough, sign_in):
    a_value(borough, an_indicator(borough), 45, 585)
    taken(sign_in, borough.commissioner)

    assert AuditEvent.objects.filter(verb="list.exported", person_id=borough.commissioner.pk).count() == 1
    assert ListExport.objects.get().query == "which=released&period=2026-27-q2"
    assert sign_in(borough.social_worker).post("/kpis/export", {"which": "released", "file": "csv"}).status_code == 403


def test_another_authoritys_figures_are_in_no_file(borough, sign_in):
    elsewhere = people.a_borough("elsewhere")
    a_value(elsewhere, an_indicator(elsewhere, slug="theirs"), 45, 585)

    assert rows_of(taken(sign_in, borough.commissioner)) == []


@pytest.mark.parametrize("field", ["which", "file"])
def test_a_choice_that_is_not_offered_is_refused_beside_its_field(borough, sign_in, field):
    answer = sign_in(borough.commissioner).post("/kpis/export", {"which": "released", "file": "csv", "period": "", field: "x\x00"})

    assert (answer.status_code, ListExport.objects.count()) == (200, 0)
    assert field in answer.context["form"].errors


def test_the_file_takes_as_many_queries_for_one_indicator_as_for_three(borough, sign_in):
    counts, client = [], sign_in(borough.commissioner)
    client.get("/kpis/export")
    for number in (1, 2, 3):
        a_value(borough, an_indicator(borough, slug=f"one-{number}"), 45, 585)
        with CaptureQueriesContext(connection) as queries:
            b"".join(client.post("/kpis/export", {"which": "released", "file": "csv"}).streaming_content)
        counts.append(len(queries))

    assert counts[0] == counts[2]
