"""An accepted return as Word and Excel: nothing provisional, nothing hidden told, no formula from anybody's words."""

import io

import pytest
from docx import Document
from openpyxl import load_workbook

from core.models import ListExport
from tests.contracts import money
from tests.kpis.returns import PERIOD, a_sent_return, accepted
from tests.people import a_borough

pytestmark = pytest.mark.django_db
FILE = f"/contracts/art/returns/{PERIOD}/file"


@pytest.fixture
def contract(borough):
    made = money.a_priced_contract(borough, kinds=("core",))
    money.a_budget(made, 120_000, by=borough.commissioner)
    return made


@pytest.fixture
def of(borough, contract):
    sent = a_sent_return(borough, contract, complaints="=1+1", commentary="A steady quarter.")
    return accepted(borough, sent)


def words_of(content):
    made = Document(io.BytesIO(content))
    cells = [cell.text for table in made.tables for line in table.rows for cell in line.cells]
    return "\n".join([*(part.text for part in made.paragraphs), *cells])


def test_g6_the_report_says_topic_by_topic_what_was_sent_and_decided(borough, of, sign_in):
    client = sign_in(borough.commissioner)
    assert "Report as Word" in client.get(of.get_absolute_url()).content.decode()
    answer = client.post(FILE, {"as": "docx"})

    assert answer.headers["Content-Disposition"] == f'attachment; filename="return-{PERIOD}.docx"'
    words = words_of(answer.content)
    for said in ("1. Delivery and outcomes, core", "6. Complaints", "7. Any other issues", "A steady quarter.", of.version.frozen_sha256, "Said why.", "Accept"):
        assert said in words
    assert ListExport.objects.get().path == FILE


def test_g6_the_workings_stay_live_and_words_are_never_a_formula(borough, of, sign_in):
    of.rows.filter(measure="posts-filled").update(value="87.5", numerator=35, denominator=40, target="95", words="=HYPERLINK(1)")
    content = sign_in(borough.provider_manager).post(FILE, {"as": "xlsx"}).content
    page = load_workbook(io.BytesIO(content)).active
    lines = {line[1].value: line for line in page.iter_rows(min_row=4)}
    line = lines["Posts filled"]

    assert line[5].value == f"=ROUND(D{line[0].row}/E{line[0].row}*100,1)"
    assert line[7].value == f"=C{line[0].row}-G{line[0].row}"
    assert line[10].value == "'=HYPERLINK(1)"
    worked = {one[1].value: one for one in load_workbook(io.BytesIO(content), data_only=True).active.iter_rows(min_row=4)}["Posts filled"]
    assert (worked[2].value, worked[5].value, worked[7].value) == (87.5, 87.5, -7.5)


def test_few_children_are_c_in_the_commissioners_files_too(borough, of, sign_in):
    of.rows.filter(measure="days-to-place").update(value=31, numerator=3, denominator=3)
    client = sign_in(borough.commissioner)
    line = next(one for one in load_workbook(io.BytesIO(client.post(FILE, {"as": "xlsx"}).content)).active.iter_rows(min_row=4) if one[1].value == "Days from referral to place")

    assert [line[at].value for at in (2, 3, 4)] == ["c", "c", "c"]
    assert "31 days" not in words_of(client.post(FILE, {"as": "docx"}).content)
    own = sign_in(borough.provider_manager).post(FILE, {"as": "docx"}).content
    assert "31 days" in words_of(own)


def test_nothing_provisional_leaves_the_service(borough, contract, sign_in):
    a_sent_return(borough, contract)
    for kind in ("docx", "xlsx"):
        assert sign_in(borough.commissioner).post(FILE, {"as": kind}).status_code == 404
    assert "Report as Word" not in sign_in(borough.commissioner).get(f"/contracts/art/returns/{PERIOD}").content.decode()


@pytest.mark.parametrize("kind", ["", "pdf", "\x00", "x" * 5000])
def test_another_kind_of_file_is_not_found_and_opening_leads_to_the_return(borough, of, sign_in, kind):
    client = sign_in(borough.commissioner)
    assert client.post(FILE, {"as": kind}).status_code == 404
    assert client.get(FILE).headers["Location"] == of.get_absolute_url()


def test_others_find_no_file(borough, of, sign_in):
    elsewhere = a_borough("elsewhere")
    for person in (borough.finance, borough.social_worker, elsewhere.commissioner, elsewhere.provider_manager):
        assert sign_in(person).post(FILE, {"as": "docx"}).status_code in {403, 404}
    assert not ListExport.objects.exists()
