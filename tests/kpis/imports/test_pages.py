"""The pages of imports and of what returns count: who opens which, what is hidden from whom, and that errors keep what was typed."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core import outbox
from core.models import AuditEvent
from kpis.actions.imports import confirm_import
from kpis.models import Import, IndicatorValue, ReturnedRow
from tests import people
from tests.kpis.imports.builders import EPISODES, HEADER, checked, sent, stored, years
from tests.panels.views.test_queries import questions

pytestmark = pytest.mark.django_db
PAGE = "/statutory-returns"


def uploaded(name="Header 2019.csv", text=HEADER + "C1,1,01/02/2010,W,,,\n"):
    return SimpleUploadedFile(name, text.encode())


def words(answer) -> str:
    return answer.content.decode()


def test_o2_files_are_sent_checked_and_stored_without_scripts(borough, sign_in):
    client = sign_in(borough.administrator)

    answer = client.post("/admin/import/new", {"kind": "ssda903", "files": [uploaded(), uploaded("OC3 2019.csv", "CHILD,DOB,IN_TOUCH,ACTIV,ACCOM\nC1,01/02/2000,YES,F1,U1\n")]})

    page = answer.url
    assert "Waiting for its turn" in words(client.get(page))
    outbox.sweep(kinds=["import.check"])
    assert "Nothing is stored yet." in words(client.get(page))
    assert client.post(f"{page}/store").url == page
    assert "All of it is stored at the end, or nothing." in words(client.get(page))
    outbox.sweep(kinds=["import.store"])
    assert "<strong>Imported</strong>" in words(client.get(page))
    client.post(f"{page}/store")
    assert "Only what was checked" in words(client.get(page))
    assert ReturnedRow.objects.count() == 2


def test_o2_a_form_with_errors_keeps_what_was_typed_and_says_why(borough, sign_in):
    client = sign_in(borough.head_of_service)

    answer = words(client.post("/admin/import/new", {"kind": "annex-a", "files": [uploaded()], "last_day": "soon"}))
    assert "must be a real day" in answer
    assert 'value="soon"' in answer
    assert "Enter the last day the lists are about" in words(client.post("/admin/import/new", {"kind": "annex-a", "files": [uploaded()]}))
    assert "Choose at least one file" in words(client.post("/admin/import/new", {"kind": "ssda903", "files": "typed"}))
    assert "select one of the answers" in words(client.post("/admin/import/new", {"kind": "holidays", "files": [uploaded()]}))
    assert Import.objects.count() == 0


def test_o2_errors_are_on_the_page_and_all_of_them_in_a_file(borough, sign_in):
    bad = "".join(f"C{n},x,S,C2,N1,U6,PR1,,,,,,\n" for n in range(250))
    batch = checked(borough, [sent("=cmd 2019.csv", EPISODES + bad)])
    client = sign_in(borough.administrator)

    page, file = words(client.get(batch.get_absolute_url())), client.get(f"{batch.get_absolute_url()}/errors.csv")

    assert "250 errors" in page
    assert page.count("is not a date written as") == 200
    lines = b"".join(file.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == 251
    assert lines[1] == "'=cmd 2019.csv,2,DECOM,This is not a date written as 31/03/2019."


@pytest.mark.parametrize(("who", "sees"), [
    ("administrator", {"ssda903", "kpi", "holidays"}), ("head_of_service", {"ssda903", "kpi"}), ("commissioner", {"kpi"}),
    ("panel_administrator", {"holidays"}),
])  # fmt: skip
def test_each_imports_and_sees_the_kinds_that_are_theirs(borough, sign_in, who, sees):
    elsewhere = people.a_borough("elsewhere")
    made = {kind: checked(borough, [sent("a.csv", "x")], kind=kind).reference for kind in ("ssda903", "kpi", "holidays")}
    theirs = checked(elsewhere, [sent("a.csv", "x")], kind="kpi")
    client = sign_in(getattr(borough, who))

    listed = words(client.get("/admin/import"))

    assert {kind for kind, reference in made.items() if reference in listed} == sees
    assert {kind for kind, reference in made.items() if client.get(f"/admin/import/{reference}").status_code == 200} == sees
    assert theirs.reference not in listed
    assert client.get(theirs.get_absolute_url()).status_code == client.post(f"{theirs.get_absolute_url()}/throw-away").status_code == 404


@pytest.mark.parametrize("who", ["social_worker", "team_manager", "chair", "provider_manager", "finance", "auditor"])
def test_others_import_nothing(borough, sign_in, who):
    batch = checked(borough, years())
    client = sign_in(getattr(borough, who))

    assert {client.get(path).status_code for path in ("/admin/import", "/admin/import/new", batch.get_absolute_url())} == {403}
    assert client.post(f"{batch.get_absolute_url()}/store").status_code == 404


@pytest.mark.parametrize("amount", [1, 3])
def test_the_list_of_imports_asks_the_same_questions_however_many(borough, sign_in, amount):
    client = sign_in(borough.administrator)
    for _ in range(amount):
        checked(borough, years())

    assert questions(client, "/admin/import") <= 14


def test_the_head_of_service_reads_counts_and_every_reading_and_the_log_says_so(borough, sign_in):
    stored(borough, years())

    page = words(sign_in(borough.head_of_service).get(PAGE))

    assert "1 of 8" in page
    for reading in ("carer, temporary left out", "any, temporary counted", "dfe since 2021", "carer only", "any change"):
        assert reading in page
    assert AuditEvent.objects.filter(verb="record.read", person_id=borough.head_of_service.pk).count() == 1


@pytest.mark.parametrize("who", ["commissioner", "chair", "member", "service_manager", "provider_manager", "panel_administrator"])
def test_g39_others_read_the_usual_reading_with_small_numbers_hidden(borough, sign_in, who):
    stored(borough, years())

    page = words(sign_in(getattr(borough, who)).get(PAGE))

    assert "1 of 8" not in page
    assert "7 of 8" not in page
    assert "c of 8" in page
    assert "any change" not in page
    assert AuditEvent.objects.filter(verb="record.read").count() == 0
    assert sign_in(getattr(borough, who)).get(f"{PAGE}/three-or-more-placements").status_code == 403


def test_a_figure_opens_the_children_behind_it_by_the_councils_code_for_the_head_of_service_alone(borough, sign_in):
    stored(borough, years())
    client = sign_in(borough.head_of_service)

    page = words(client.get(f"{PAGE}/three-or-more-placements?to=2019-03-31"))

    assert "1 of 8" in page
    assert page.index(">C1<") < page.index(">C2<")
    assert "2 June 2018 to 3 September 2018: K2, C2, began P" in page
    assert AuditEvent.objects.filter(verb="record.read", sentence__contains="three-or-more-placements").count() == 1
    assert client.get(f"{PAGE}/nothing").status_code == client.get(f"{PAGE}?to=2001-03-31").status_code == 404
    elsewhere = people.a_borough("elsewhere")
    assert sign_in(elsewhere.head_of_service).get(f"{PAGE}/three-or-more-placements?to=2019-03-31").status_code == 404
    assert "No returns have been imported" in words(sign_in(elsewhere.head_of_service).get(PAGE))


def test_two_councils_keep_their_own_rows_and_figures(borough):
    elsewhere = people.a_borough("elsewhere")
    stored(borough, years())

    batch = stored(elsewhere, years())

    assert ReturnedRow.objects.filter(authority=elsewhere.authority).count() == ReturnedRow.objects.filter(authority=borough.authority).count()
    both = IndicatorValue.objects.filter(period_end=date(2019, 4, 1), reading="carer, temporary left out")
    assert both.count() == 2
    assert {row.indicator.authority_id for row in both} == {borough.authority.pk, elsewhere.authority.pk}
    assert batch.note == ""


def test_pages_of_imports_ask_nothing_of_files_that_are_gone(borough, sign_in):
    batch = checked(borough, years())
    confirm_import(batch, by=borough.administrator)
    outbox.sweep(kinds=["import.store"])

    page = words(sign_in(borough.head_of_service).get(batch.get_absolute_url()))

    assert "let go" in page
    assert PAGE in page
