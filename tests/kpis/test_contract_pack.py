"""A contract's quarterly pack: what was paid and held back, places, validated measures with their lines, complaints; each with a sentence."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from contracts.actions.complaint import log_complaint
from core import clock, files
from kpis.choices import ValueState
from kpis.models import IndicatorValue, RegularReport
from kpis.papers.contract_pack import validated_charts
from tests.contracts import money
from tests.kpis.figures import an_indicator_with
from tests.kpis.test_regular_reports import DRAFT, FREEZE, SEND, go_to

MONTHS = 9
QUARTER = "2026-27-q2"
pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(borough):
    """A contract with a budget of £100,000, of which 5 in a hundred is held back."""
    contract = money.a_priced_contract(borough)
    money.a_budget(contract, 100_000, by=borough.finance)
    return contract


def sections(report):
    return {table["title"]: table for table in report.version.frozen["tables"]}


def sent(borough):
    for day in (DRAFT, FREEZE, SEND):
        go_to(day)
    return RegularReport.objects.get(kind="contract")


def test_the_pack_says_what_was_paid_what_is_held_back_and_what_is_free(borough, contract):
    with clock.held_at(DRAFT):
        money.a_paid_payment(borough, contract, QUARTER)
    found = sections(sent(borough))
    (payment,) = found["Payments this year"]["rows"]
    assert payment[1:] == ["Paid", "£25,000", "£1,250", "£0", "£23,750"]
    assert found["Payments this year"]["words"] == "For this quarter £25,000 was due: £23,750 is paid, and £1,250 is held back."
    (held,) = found["What is held back"]["rows"]
    assert held[1:3] == ["5%", "£1,250"]
    assert found["What is held back"]["words"].startswith("£1,250 is held back now")
    assert found["Capacity"]["words"].endswith("in use, which cost £0 that week.")


def test_a_measure_has_a_line_once_its_figures_are_validated_and_not_before(borough, contract):
    an_indicator_with(borough, "sessions-held", MONTHS)
    assert validated_charts(borough.authority, SEND) == []
    IndicatorValue.objects.update(state=ValueState.VALIDATED)
    (chart,) = validated_charts(borough.authority, SEND)
    assert (len(chart["rows"]), bool(chart["finding"]), bool(chart["shows"])) == (MONTHS, True, True)
    content = files.read(sent(borough).version.file)
    text = " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(content)).pages).split())
    assert "How the validated measures move" in text
    assert "The same numbers" in text


def test_few_complaints_are_hidden_and_no_total_stands_beside_them(borough, contract):
    with clock.held_at(DRAFT):
        for day in (date(2026, 8, 3), date(2026, 8, 4)):
            log_complaint(contract, kind="complaint", told_by="family", received_on=day, about="A late visit.", by=borough.commissioner)
    table = sections(sent(borough))["Complaints and incidents"]
    assert table["rows"][0] == ["July to September 2026", "c", "0"]
    assert len(table["rows"]) == 4
