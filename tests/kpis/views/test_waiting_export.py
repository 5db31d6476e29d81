"""The waiting list report as a file: what is on the page, hidden counts hidden."""

import io

import openpyxl
import pytest

from core.models import ListExport
from tests.referrals import builders, places

pytestmark = pytest.mark.django_db


def cells(answer):
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(answer.content)).active.iter_rows()]


@pytest.mark.parametrize(("who", "total"), [("service_manager", "2"), ("commissioner", "c")])
def test_b10_the_reports_export_says_what_its_page_says(borough, sign_in, who, total):
    places.an_outreach(borough)
    for _ in range(2):
        builders.a_waiting_referral(borough)
    client = sign_in(getattr(borough, who))
    report = client.get("/waiting-list/report").context["report"]

    rows = dict(row[:2] for row in cells(client.post("/waiting-list/report"))[3:])

    assert rows["Waiting"] == report.total == total
    assert rows["Longest wait"] == report.longest
    assert [rows[f"Waited {b['label'][0].lower()}{b['label'][1:]}"] for b in report.bands] == [b["count"] for b in report.bands]
    assert sum(name.startswith("In the last four weeks") for name in rows) == len(report.actions)
    assert ListExport.objects.get().path == "/waiting-list/report"


def test_b10_whoever_may_not_read_the_report_takes_no_file_of_it(borough, sign_in):
    assert sign_in(borough.social_worker).post("/waiting-list/report").status_code == 403
    assert not ListExport.objects.exists()
