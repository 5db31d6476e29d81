"""Statutory returns come in: every error at once, nothing until somebody says so, all of it or nothing, and twice the same."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock, outbox
from core.models import AuditEvent, StoredFile
from core.rules import RuleBroken
from kpis.actions.imports import confirm_import, let_import_lapse, throw_away_import
from kpis.models import Import, ImportPart, IndicatorValue, ReturnedRow
from kpis.rules.imports import MB, why_not_begin, why_not_store, why_not_throw_away
from kpis.rules.matching import why_not_match, with_headings
from tests.kpis.imports.builders import (
    EPISODES,
    HEADER,
    OC2,
    begun,
    checked,
    counted,
    said,
    sent,
    stored,
    years,
)

pytestmark = pytest.mark.django_db
END = date(2019, 3, 31)


def value(slug, reading=None):
    rows = IndicatorValue.objects.filter(indicator__slug=f"returned-{slug}", period_end=END + timedelta(days=1))
    return rows.get(reading=reading) if reading else rows.get()


def test_o2_several_years_come_in_at_once_and_give_figures_by_every_reading(borough):
    batch = stored(borough, years())

    assert counted(batch)["Episodes 2018-19.csv"] == (10, 10, 0, 0, 0)
    assert ReturnedRow.objects.filter(code="episodes").count() == 26
    many = IndicatorValue.objects.filter(indicator__slug="returned-three-or-more-placements", period_end=END + timedelta(days=1))
    assert {row.reading: (row.numerator, row.denominator) for row in many} == {
        "carer, temporary left out": (1, 8), "carer, temporary counted": (1, 8),
        "any, temporary left out": (1, 8), "any, temporary counted": (1, 8),
    }  # fmt: skip
    lasting = value("same-placement-two-years", "dfe since 2021")
    assert (lasting.numerator, lasting.denominator, lasting.state) == (7, 8, "entered")
    assert (value("sdq-received").numerator, value("sdq-received").denominator) == (8, 8)
    assert value("sdq-mean-change").value == 2
    assert (value("children-missing").numerator, value("children-missing").denominator) == (1, 8)
    assert value("episodes-missing").value == 2
    assert (value("leavers-19-21-in-touch").numerator, value("leavers-19-21-in-touch").denominator) == (1, 2)
    assert (value("leavers-19-21-suitable-home").numerator, value("leavers-19-21-suitable-home").denominator) == (1, 1)
    assert (value("leavers-17-18-in-work").numerator, value("leavers-17-18-in-work").denominator) == (1, 1)


def test_o2_the_same_files_again_change_nothing_and_say_so(borough, client, sign_in):
    first = stored(borough, years())
    rows = list(ReturnedRow.objects.order_by("pk").values_list("pk", "digest", "batch"))
    values = list(IndicatorValue.objects.order_by("pk").values_list("pk", "value", "entered_at"))

    again = checked(borough, years())

    assert all((row[1], row[2], row[4]) == (0, 0, 0) for row in counted(again).values())
    page = sign_in(borough.administrator).get(again.get_absolute_url()).content.decode()
    assert "These files change nothing" in page
    assert "Import these" not in page
    confirm_import(again, by=borough.administrator)
    outbox.sweep(kinds=["import.store"])
    assert list(ReturnedRow.objects.order_by("pk").values_list("pk", "digest", "batch")) == rows
    assert list(IndicatorValue.objects.order_by("pk").values_list("pk", "value", "entered_at")) == values
    assert {batch for _, _, batch in rows} == {first.pk}


def test_o2_nothing_is_stored_while_files_are_only_checked(borough):
    batch = checked(borough, years())

    assert batch.state == "checked"
    assert counted(batch)["Header 2018-19.csv"] == (8, 8, 0, 0, 0)
    assert (ReturnedRow.objects.count(), IndicatorValue.objects.count()) == (0, 0)


def test_o2_every_error_of_every_file_is_told_at_once_and_the_good_files_are_not_stored(borough):
    files = [
        sent("Header 2019.csv", HEADER + "C1,1,01/02/2010,W,,,\nC2,1,43555,W,,,\n"),
        sent("Episodes 2019.csv", EPISODES + "C1,31/02/2018,S,C2,N1,U6,PR1,,,,,,\n,01/01/2018,X,C2,N1,,PR1,01/01/2018,,,,,\nC1,01/05/2020,S,C2,N1,U6,PR1,,,,,,\n"),
        sent("OC2 2019.csv", OC2 + "C1,01/02/2010,41,,0\nC1,01/02/2010,3,SDQ1,0\nC3,2010-02-01,4,,0\n"),
    ]  # fmt: skip

    batch = checked(borough, files)

    assert batch.state == "refused"
    assert said(batch) == [
        ("Header 2019.csv", 3, "DOB"),
        ("Episodes 2019.csv", 2, "DECOM"), ("Episodes 2019.csv", 3, "CHILD"), ("Episodes 2019.csv", 3, "RNE"), ("Episodes 2019.csv", 3, "PLACE"),
        ("Episodes 2019.csv", 4, "DECOM"),
        ("OC2 2019.csv", 2, "SDQ_SCORE"), ("OC2 2019.csv", 3, "SDQ_REASON"), ("OC2 2019.csv", 4, "DOB"),
    ]  # fmt: skip
    assert batch.problem_count == 9
    assert ReturnedRow.objects.count() == 0
    assert StoredFile.objects.count() == 0
    with pytest.raises(RuleBroken):
        confirm_import(batch, by=borough.administrator)


def test_o2_an_error_never_repeats_what_stands_in_a_row(borough):
    batch = checked(borough, [sent("Episodes 2019.csv", EPISODES + "KESTREL,HERON,OSPREY,C2,N1,U6,PR1,WREN,,,,,\n")])

    words = " ".join(str(problem) for problem in batch.problems.all())
    assert batch.problem_count == 3
    assert not any(word in words for word in ("KESTREL", "HERON", "OSPREY", "WREN"))


@pytest.mark.parametrize(("name", "content", "sentence"), [
    ("Episodes 2019.csv", b"", "The file is empty."),
    ("Episodes 2019.csv", b" \r\n\r\n", "The file is empty."),
    ("Episodes 2019.csv", EPISODES.encode(), "The file has headings and no rows. Leave it out."),
    ("Episodes 2019.csv", EPISODES.replace(",", ";").encode(), "The columns are set apart by semicolons. Save the file again as CSV with commas."),
    ("Episodes 2019.csv", EPISODES.replace(",", "\t").encode(), "The columns are set apart by tabs. Save the file again as CSV with commas."),
    ("Episodes 2019.csv", EPISODES.encode("utf-16"), "This is Unicode text as Excel writes it. Save it again as “CSV UTF-8”."),
    ("Episodes 2019.csv", b"PK\x03\x04rest", "This is a zip or an Excel workbook. Unpack it, or save the sheet as CSV."),
    ("Episodes 2019.csv", b"\x7fELF\x00\x00\x00", "This is not a text file. Save the table again as CSV."),
    ("Reviews 2019.csv", b"CHILD,REVIEW\nC1,01/01/2019\n", "These are not the headings of a Header, Episodes, OC2, OC3 or Missing file. The first line has to be its headings."),
    ("Episodes.csv", (EPISODES + "C1,01/05/2018,S,C2,N1,U6,PR1,,,,,,\n").encode(), "The file’s name does not say its year. Put it in the name, such as “Episodes 2018-19.csv”, or enter the last day of the year."),
    ("Episodes 2019.csv", (EPISODES + "C1,01/05/2018,S,C2,N1,U6,PR1,,,,,,\n" * 2).encode(), "This file has the same one on an earlier line."),
    ("Episodes 2019.csv", (EPISODES + "C1,Apr-18,S,C2,N1,U6,PR1,,,,,,\n").encode(), "This is not a date written as 31/03/2019."),
    ("Episodes 2019.csv", (EPISODES + "C1,43221,S,C2,N1,U6,PR1,,,,,,\n").encode(), "This is not a date written as 31/03/2019. It is a number, as Excel keeps a date: format the column as dd/mm/yyyy and save again."),
    ("Episodes 2019.csv", (EPISODES + "C1,2018-05-01,S,C2,N1,U6,PR1,,,,,,\n").encode(), "This is not a date written as 31/03/2019. Excel may have changed it: format the column as dd/mm/yyyy and save again."),
    ("Episodes 2019.csv", (EPISODES + "C1,01/05/2018,S,C2,N1,U6,PR1,,,,LE1, 1AA,,SC1\n").encode(), "The line has more values than there are headings. A comma inside a value needs quotes round it."),
    ("Episodes 2019.csv", (EPISODES + 'C1,01/05/2018,S,C2,N1,"' + "x" * 200_000 + '",,,,,,,\n').encode(), "The line cannot be read: field larger than field limit (131072)."),
    ("Episodes 2019.csv", EPISODES.replace("RNE", "").encode() + b"C1,01/05/2018,,C2,N1,U6,PR1,,,,,,\n", "These are not the headings of a Header, Episodes, OC2, OC3 or Missing file. The first line has to be its headings."),
])  # fmt: skip
def test_o2_a_bad_file_gets_a_sentence(borough, name, content, sentence):
    batch = checked(borough, [sent(name, content)])

    assert [problem.sentence for problem in batch.problems.all()] == [sentence]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_o2_files_are_read_however_windows_wrote_them(borough, encoding):
    text = (HEADER + "Zoë-7,1,01/02/2010,W,,,\n").replace("\n", "\r\n")

    stored(borough, [sent("Header 2019.csv", text.encode(encoding))])

    assert ReturnedRow.objects.get().child == "Zoë-7"


def test_o2_a_list_takes_the_place_of_the_same_list_of_its_year_and_of_no_other(borough):
    stored(borough, years())
    corrected = EPISODES + "C1,01/05/2015,S,C2,N1,U5,PR1,,,,,,\nC9,01/06/2018,S,C2,N1,U6,PR1,,,,,,\n"

    batch = checked(borough, [sent("Episodes 2019.csv", corrected)])

    assert counted(batch) == {"Episodes 2019.csv": (2, 1, 1, 0, 9)}
    confirm_import(batch, by=borough.administrator)
    outbox.sweep(kinds=["import.store"])
    assert set(ReturnedRow.objects.filter(code="episodes", year_end=END).values_list("child", flat=True)) == {"C1", "C9"}
    assert ReturnedRow.objects.filter(code="episodes").exclude(year_end=END).count() == 16
    assert (value("three-or-more-placements", "carer, temporary left out").numerator, value("children-missing").denominator) == (0, 2)


def test_o2_a_validated_value_stays_and_the_import_says_what_is_counted_otherwise(borough):
    stored(borough, years())
    kept = value("sdq-received")
    IndicatorValue.objects.filter(pk=kept.pk).update(state="validated", validated_at="2026-11-01T09:00Z", validated_by=borough.commissioner)

    batch = stored(borough, [sent("OC2 2019.csv", OC2 + "C1,01/02/2010,13,,0\n")])

    assert (value("sdq-received").numerator, value("sdq-received").denominator) == (8, 8)
    assert "SDQ received, aged 5 to 16, in care a year, to 31 March 2019" in batch.note


def test_o2_only_what_a_figure_needs_is_kept_and_the_files_are_let_go(borough):
    batch = stored(borough, years())

    kept = {name for row in ReturnedRow.objects.all() for name in row.values}
    assert kept & {"ETHNIC", "UPN", "MOTHER", "HOME_POST"} == set()
    assert StoredFile.objects.count() == 0
    assert [event.sentence for event in AuditEvent.objects.filter(subject_type="kpis.import").order_by("pk")] == [
        "Sent 8 files to be checked: Statutory return (SSDA903).", "Checked an import: it can be stored.",
        "Had an import stored: Statutory return (SSDA903).",
        f"Counted {IndicatorValue.objects.count()} values of indicators from the returns that are stored.",
        "Imported Statutory return (SSDA903): 56 added, 0 changed, 0 unchanged, 0 gone.",
    ]  # fmt: skip
    assert batch.stored_by == borough.administrator


def test_o2_the_same_list_twice_in_one_import_is_an_error(borough):
    row = "C1,01/05/2018,S,C2,N1,U6,PR1,,,,,,\n"

    batch = checked(borough, [sent("Episodes 2019.csv", EPISODES + row), sent("Episodes 2018-19.csv", EPISODES + row)])

    assert [problem.sentence for problem in batch.problems.all()] == ["Another of these files is the same list for the same year."]


def test_o2_a_worker_that_fails_stores_nothing_and_the_page_says_so(borough, sign_in, monkeypatch):
    batch = checked(borough, years())
    confirm_import(batch, by=borough.administrator)
    monkeypatch.setattr("kpis.actions.import_lists.keep_returned_values", lambda *_, **__: 1 / 0)

    for _ in range(4):
        outbox.OutboxJob.objects.filter(kind="import.store").update(lease_until="2020-01-01T00:00Z")
        outbox.sweep(kinds=["import.store"])

    batch.refresh_from_db()
    assert (batch.state, batch.is_stuck, ReturnedRow.objects.count()) == ("storing", True, 0)
    assert "could not finish. Nothing was stored." in sign_in(borough.administrator).get(batch.get_absolute_url()).content.decode()
    throw_away_import(batch, by=borough.administrator)
    assert StoredFile.objects.count() == 0


def test_IMP1_an_import_is_begun_with_files_that_may_be_read():
    day = date(2026, 11, 24)
    ask = {"needs_day": False, "last_day": None, "today": day}

    assert why_not_begin([("a.csv", MB)], **ask) == []
    assert why_not_begin([("a.csv", 60 * MB)], **ask) == []
    assert why_not_begin([], **ask) == ["Choose at least one file."]
    assert why_not_begin([("a.csv", 200 * MB)], **ask) == ["a.csv is 200 MB: a file is at most 60 MB. Split it, or leave out columns."]
    assert why_not_begin([("a.csv", 1), ("a.csv", 1)], **ask) == ["a.csv was chosen twice."]
    assert why_not_begin([(f"{n}.csv", 55 * MB) for n in range(4)], **ask) == ["Together the files are more than 200 MB. Import some of them first."]
    assert why_not_begin([(f"{n}", 1) for n in range(41)], **ask) == ["Choose at most 40 files at once; these are 41."]
    assert why_not_begin([("a.csv", 1)], needs_day=True, last_day=None, today=day) == ["Enter the last day the lists are about: they do not say it themselves."]
    assert why_not_begin([("a.csv", 1)], needs_day=True, last_day=day, today=day) == []
    assert why_not_begin([("a.csv", 1)], needs_day=True, last_day=date(2026, 11, 25), today=day) == ["This day is still to come."]


def test_IMP2_what_was_checked_is_stored_once_and_never_after_others_came_between(borough):
    assert why_not_store("checked", others_stored=False, being_stored=False) == []
    assert why_not_store("stored", others_stored=False, being_stored=False) != []
    assert why_not_store("checked", others_stored=False, being_stored=True) != []
    early, other = checked(borough, years()), checked(borough, years()[:1])
    confirm_import(other, by=borough.administrator)
    with pytest.raises(RuleBroken, match="Another import is being stored"):
        confirm_import(early, by=borough.administrator)
    with clock.held_at(clock.now() + timedelta(minutes=1)):
        outbox.sweep(kinds=["import.store"])

    with pytest.raises(RuleBroken, match="Something else was imported"):
        confirm_import(early, by=borough.administrator)
    with pytest.raises(RuleBroken):
        confirm_import(other, by=borough.administrator)


def test_IMP3_an_import_is_thrown_away_until_it_is_stored(borough):
    assert why_not_throw_away("checked") == why_not_throw_away("storing", is_stuck=True) == []
    assert why_not_throw_away("storing") != []
    batch = begun(borough, years())

    throw_away_import(batch, by=borough.administrator)

    assert (outbox.sweep(kinds=["import.check"]), StoredFile.objects.count()) == (0, 0)
    with pytest.raises(RuleBroken):
        throw_away_import(batch, by=borough.administrator)


def test_o2_files_nobody_imports_are_let_go(borough):
    batch = checked(borough, years())

    let_import_lapse(batch.reference)

    batch.refresh_from_db()
    assert (batch.state, StoredFile.objects.count()) == ("dropped", 0)


def test_o2_a_file_of_headings_alone_empties_the_list_that_is_stored_once_somebody_has_seen_what_goes(borough):
    stored(borough, [sent("Episodes 2019.csv", EPISODES + "C1,01/05/2018,S,C2,N1,U6,PR1,,,,,,\nC2,01/05/2018,S,C2,N1,U6,PR1,,,,,,\n")])
    assert IndicatorValue.objects.exists()

    batch = checked(borough, [sent("Episodes 2019.csv", EPISODES)])
    assert [(part.rows, part.gone) for part in ImportPart.objects.filter(file__batch=batch)] == [(0, 2)]
    assert ReturnedRow.objects.count() == 2

    confirm_import(batch, by=borough.administrator)
    outbox.sweep(kinds=["import.store"])

    assert ReturnedRow.objects.count() == 0
    assert not IndicatorValue.objects.filter(state="entered", denominator__isnull=False).exists()
    again = checked(borough, [sent("Episodes 2019.csv", EPISODES)])
    assert [problem.sentence for problem in again.problems.all()] == ["The file has headings and no rows. Leave it out."]


def test_IMP4_columns_are_matched_one_a_line_and_each_once():
    assert why_not_match("Child ID = CHILD\n\n Start = DECOM ") == why_not_match("") == []
    assert [str(one) for one in why_not_match("Child ID\n= CHILD\nA =")] == [f"Line {n} is not written as “what the file says = what it is here”." for n in (1, 2, 3)]
    assert [str(one) for one in why_not_match("a = CHILD\nA = DECOM")] == ["A stands twice as what the file says."]
    assert [str(one) for one in why_not_match("a = CHILD\nb = child")] == ["CHILD stands twice as what it is here."]
    assert len(why_not_match("\n".join(f"a{n} = b{n}" for n in range(61)))) == 1
    assert all(one.field == "headings" for one in why_not_match("x"))


@pytest.mark.parametrize(("raw", "becomes"), [
    (b"Child ID,DOB\nC1,x\n", b"CHILD,DOB\nC1,x\n"), (b"\xef\xbb\xbfchild id ,DOB\r\nC1,x\r\n", b"\xef\xbb\xbfCHILD,DOB\r\nC1,x\r\n"),
    (b'"Child ID","D,OB"\n', b'CHILD,"D,OB"\n'), (b"CHILD,DOB\n", b"CHILD,DOB\n"), (b"PK\x03\x04Child ID", b"PK\x03\x04Child ID"), (b"", b""), (b"\xe9,Child ID\n", b"\xe9,Child ID\n"),
])  # fmt: skip
def test_only_the_first_line_of_a_file_is_renamed(raw, becomes):
    assert with_headings(raw, {"CHILD ID": "CHILD"}) == becomes
    assert with_headings(raw, {}) == raw


def test_o2_a_file_with_other_headings_is_matched_and_stored_and_its_page_says_how(borough, sign_in):
    other = EPISODES.replace("CHILD,DECOM", "Child ID,Started") + "C1,01/05/2018,S,C2,N1,U6,PR1,,,,,,\n"
    assert checked(borough, [sent("Episodes 2019.csv", other)]).state == "refused"

    batch = stored(borough, [sent("Episodes 2019.csv", other)], matches="Child ID = CHILD\nstarted = DECOM")

    assert ReturnedRow.objects.get().values["DECOM"] == "2018-05-01"
    assert "STARTED is DECOM" in sign_in(borough.administrator).get(batch.get_absolute_url()).content.decode()


def test_IMP4_a_line_that_matches_nothing_is_said_beside_the_box_and_nothing_is_kept(borough, sign_in):
    answer = sign_in(borough.administrator).post("/admin/import/new", {
        "kind": "ssda903", "files": SimpleUploadedFile("Episodes 2019.csv", EPISODES.encode()), "headings": "Child ID is CHILD", "last_day": "",
    })  # fmt: skip

    text = answer.content.decode()
    assert "Line 1 is not written as" in text
    assert "Child ID is CHILD" in text
    assert Import.objects.count() == 0
