"""KPI files, Annex A lists and bank holidays: checked first, stored whole, and nothing that was judged is changed."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from core.closures import working_days_of
from core.models import Closure
from kpis.actions.indicator import add_indicator, enter_value, validate_value
from kpis.choices import ValueState
from kpis.models import IndicatorValue
from kpis.rules.workbook import why_no_book
from panels.models.served import proclaimed_since
from tests.kpis.imports.builders import KPI, checked, counted, holidays, said, sent, stored
from tests.panels import builders as panels

pytestmark = pytest.mark.django_db
HEADS_8 = [
    "Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age of Child (Years)", "Date Started to be Looked After",
    "Date Ceased to be Looked After", "Number of Placements in the Last 12 months",
    "Number of Episodes the Child has been 'Missing' from their Placement in the last 12 months",
    "Was the child offered a Return Interview after their last missing episode (Y/N)?",
    "Did the child accept a Return Interview after their last missing episode (Y/N)?",
]  # fmt: skip


@pytest.fixture
def indicator(borough):
    return add_indicator(
        borough.authority, slug="in-touch", name="In touch", better="high", from_on=date(2019, 4, 1), by=borough.commissioner
    )


def kpi(borough, *rows, by=None):
    return [sent("kpi.csv", KPI + "".join(f"{row}\n" for row in rows))]


def test_a_kpi_file_gives_values_with_what_they_were_counted_from_provisional_or_final(borough, indicator):
    files = kpi(borough, "in-touch,as printed,01/04/2019,31/03/2020,219,228,96.1%,provisional", "IN-TOUCH,by age,01/04/2019,31/03/2020,104,184,57,final")

    stored(borough, files, kind="kpi", by=borough.commissioner)

    assert list(indicator.values.order_by("reading").values_list("reading", "numerator", "denominator", "value", "state")) == [
        ("as printed", 219, 228, Decimal("96.100"), "entered"), ("by age", 104, 184, Decimal("56.500"), "checked"),
    ]  # fmt: skip
    again = checked(borough, files, kind="kpi", by=borough.commissioner)
    assert counted(again) == {"kpi.csv": (2, 0, 0, 2, 0)}


@pytest.mark.parametrize(
    ("starts", "ends", "label", "last"),
    [
        ("01/10/2019", "31/10/2019", "October 2019", date(2019, 10, 31)), ("01/02/2020", "29/02/2020", "February 2020", date(2020, 2, 29)),
        ("01/04/2019", "31/03/2020", "Apr 2019 to Mar 2020", date(2020, 3, 31)), ("01/04/2019", "30/03/2020", "1 Apr 2019 to 30 Mar 2020", date(2020, 3, 30)),
    ],
)  # fmt: skip
def test_a_period_of_a_kpi_file_ends_on_the_day_it_says_and_is_named_by_its_months(borough, indicator, starts, ends, label, last):
    stored(borough, kpi(borough, f"in-touch,,{starts},{ends},219,228,,"), kind="kpi", by=borough.commissioner)

    value = indicator.values.get()
    assert (value.period_label, value.last_day) == (label, last)


def test_a_kpi_file_is_refused_whole_with_every_error(borough, indicator):
    batch = checked(borough, kpi(
        borough, "in-touch,,01/04/2019,31/03/2020,219,228,,", "nobodys,,01/04/2019,31/03/2020,1,2,,", "in-touch,,01/04/2019,01/04/2019,1,2,,",
        "in-touch,x,01/04/2019,31/03/2020,c,228,,", "in-touch,y,01/04/2019,31/03/2020,5,,,", "in-touch,z,01/04/2019,31/03/2020,,,,",
        "in-touch,,01/04/2019,31/03/2020,219,228,,", "in-touch,v,01/04/2019,31/03/2020,219,228,90,", "in-touch,w,01/04/2019,31/03/2020,0,0,0,",
        "in-touch,u,01/04/2019,31/03/2020,,,NaN,", "in-touch,t,01/04/2019,31/03/2020,1,2,,sure",
    ), kind="kpi", by=borough.commissioner)  # fmt: skip

    assert said(batch) == [("kpi.csv", line, column) for line, column in [
        (3, "INDICATOR"), (4, "PERIOD_END"), (5, "NUMERATOR"), (5, "NUMERATOR"), (6, "DENOMINATOR"), (7, "NUMERATOR"), (8, "INDICATOR"),
        (9, "VALUE"), (10, "VALUE"), (11, "VALUE"), (11, "NUMERATOR"), (12, "STATE"),
    ]]  # fmt: skip
    assert IndicatorValue.objects.count() == 0


def test_a_kpi_file_never_changes_a_value_that_was_validated_or_another_councils(borough, indicator):
    row = enter_value(
        indicator, period_start=date(2019, 4, 1), period_end=date(2020, 4, 1), period_label="2019/20", numerator=219, denominator=228,
        value=Decimal("96.1"), by=borough.head_of_service,
    )  # fmt: skip
    IndicatorValue.objects.filter(pk=row.pk).update(state=ValueState.CHECKED)
    validate_value(row, by=borough.commissioner)

    same = checked(borough, kpi(borough, "in-touch,,01/04/2019,31/03/2020,219,228,,"), kind="kpi", by=borough.commissioner)
    other = checked(borough, kpi(borough, "in-touch,,01/04/2019,31/03/2020,220,228,,"), kind="kpi", by=borough.commissioner)

    assert (counted(same), same.state) == ({"kpi.csv": (1, 0, 0, 1, 0)}, "checked")
    assert (said(other), other.state) == ([("kpi.csv", 2, "NUMERATOR")], "refused")


def workbook(*sheets) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets:
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def looked_after(child, missing, offered, accepted):
    return [child, "F", "WBRI", date(2010, 2, 1), 9, date(2018, 5, 1), None, 2, missing, offered, accepted]


def test_2_7_annex_a_lists_come_in_from_a_workbook_with_return_interviews(borough):
    book = workbook(
        ("List 1", [["Child Unique ID", "Date of Contact"], ["A", date(2019, 1, 1)]]),
        ("List 8", [["Looked after"], [], HEADS_8, looked_after("A", 2, "Y", "N"), looked_after("B", 1, "Y", "Y"), looked_after("C", 1, "N", None), looked_after("D", 0, None, None)]),
        ("List 7", [
            ["Child Unique ID", "Date of Birth", "Child Protection Plan Start Date", "Child Protection Plan End Date", "Number of Previous Child Protection Plans"],
            ["A", date(2010, 2, 1), date(2019, 2, 1), None, 1], ["B", date(2010, 2, 1), date(2019, 3, 1), None, 0], ["C", date(2010, 2, 1), date(2017, 3, 1), None, 1],
        ]),
        ("List 3", [
            ["Child Unique ID", "Date of Birth", "Date of referral", "Number of Referrals in last 12 months"],
            ["A", date(2010, 2, 1), date(2018, 9, 30), 0], ["A", date(2010, 2, 1), date(2019, 9, 30), 0], ["B", date(2010, 2, 1), date(2019, 1, 1), 0],
        ]),
    )  # fmt: skip

    batch = stored(borough, [sent("Annex A.xlsx", book)], kind="annex-a", last_day=date(2019, 9, 30))

    values = {row.indicator.slug: (row.numerator, row.denominator) for row in IndicatorValue.objects.select_related("indicator")}
    assert values == {
        "returned-interviews-offered": (2, 3), "returned-interviews-accepted": (1, 2), "returned-repeat-plans": (1, 2), "returned-re-referrals": (1, 3),
    }  # fmt: skip
    assert sum(part.rows for file in batch.files.all() for part in file.parts.all()) == 10
    again = checked(borough, [sent("Annex A.xlsx", book)], kind="annex-a", last_day=date(2019, 9, 30))
    assert not any(part.changes for file in again.files.all() for part in file.parts.all())


def test_g30_a_workbook_that_is_none_or_a_bomb_is_refused_unopened(borough):
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("xl/workbook.xml", b"0" * (160 * 1024 * 1024))
    plain = io.BytesIO()
    with zipfile.ZipFile(plain, "w") as box:
        box.writestr("a.txt", "a")
    damaged = workbook(("List 8", [HEADS_8]))[:-60]
    cases = [bomb.getvalue(), plain.getvalue(), damaged, b"\xd0\xcf\x11\xe0rest", b""]

    found = [why_no_book(raw, "a.xlsx")[0].sentence for raw in cases]

    assert found == [
        "This would unpack to far more than a workbook holds, so it was not opened.",
        "This is a zip and not an Excel workbook. Unpack it and choose the files in it.", "This is not an Excel workbook. Save it as .xlsx.",
        "This is an old or a password-locked workbook. Save it as .xlsx without a password.", "The file is empty.",
    ]  # fmt: skip
    assert checked(borough, [sent("a.xlsx", bomb.getvalue())], kind="annex-a", last_day=date(2019, 9, 30)).problem_count == 1


def test_annex_a_errors_name_the_sheet_and_its_row(borough):
    book = workbook(("List 8", [HEADS_8, ["A", "F", "W", "1st Feb", 9, date(2018, 5, 1), date(2017, 5, 1), 2, 1, "perhaps", None]]))

    batch = checked(borough, [sent("a.xlsx", book)], kind="annex-a", last_day=date(2019, 9, 30))

    assert [(file, line) for file, line, _ in said(batch)] == [("a.xlsx, List 8", 2)] * 2


def test_a_proclaimed_holiday_is_a_closed_day_and_a_past_one_changes_nothing(borough):
    days = holidays(("Christmas Day", "2026-12-25"), ("State Funeral", "2026-11-10"), ("Jubilee", "2026-12-03"), ("Extra", "2026-12-05"))

    batch = stored(borough, [sent("bank-holidays.json", days)], kind="holidays", by=borough.panel_administrator)

    assert list(Closure.objects.values_list("on", "name", "kind")) == [(date(2026, 12, 3), "Jubilee", "holiday")]
    assert not working_days_of(borough.authority.pk).is_working(date(2026, 12, 3))
    assert working_days_of(borough.authority.pk).is_working(date(2026, 11, 10))
    part = batch.files.get().parts.get()
    assert (part.rows, part.added, part.unchanged) == (4, 1, 3)
    assert "10 November 2026 (State Funeral)" in part.note
    again = checked(borough, [sent("bank-holidays.json", days)], kind="holidays", by=borough.panel_administrator)
    assert again.files.get().parts.get().added == 0


def test_a_meeting_that_was_called_keeps_the_calendar_it_was_judged_by(borough):
    meeting = panels.a_called_meeting(borough, panels.a_steering_group(borough), on=date(2026, 12, 15))
    judged = (meeting.last_day_for_notice, meeting.breach, meeting.status, meeting.holidays)

    stored(borough, [sent("b.json", holidays(("Jubilee", "2026-12-03")))], kind="holidays", by=borough.panel_administrator)

    meeting.refresh_from_db()
    assert (meeting.last_day_for_notice, meeting.breach, meeting.status, meeting.holidays) == judged
    assert proclaimed_since(meeting) == [
        "3 December 2026 has become a holiday since notice was served. Notice stands as it was judged then."
    ]


@pytest.mark.parametrize(("raw", "line", "column"), [
    (b'{"england-and-wales":\n {"events": [}', 2, "Character 14"), (b"", 1, "Character 1"), (b"\xff\xfe{", 1, "The whole file"), (b"[1]", 1, "england-and-wales"),
    (b"[" * 100_000, 1, "The whole file"), (holidays(("", "2026-12-03")), 1, "title"), (holidays(("A", "03/12/2026")), 1, "date"),
    (holidays(("A", "2026-12-03"), ("B", "2026-12-03")), 2, "date"), (b'{"england-and-wales": {"events": [7]}}', 1, "title"),
])  # fmt: skip
def test_a_list_of_holidays_that_is_none_is_refused(borough, raw, line, column):
    batch = checked(borough, [sent("b.json", raw)], kind="holidays", by=borough.panel_administrator)

    assert said(batch) == [("b.json", line, column)]
    assert Closure.objects.count() == 0
