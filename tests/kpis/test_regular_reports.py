"""Reports that the timetable makes each quarter: planned, drafted, frozen, approved and sent, each once, none missed."""

import threading
from datetime import date, timedelta

import page
import pytest
from django.db import connection

from contracts.rules.quarters import quarter_before
from core import clock, documents, files, outbox
from core.models import Message, OutboxJob
from core.rules import RuleBroken
from kpis.actions.regular_report import STAGES, approve_report, plan_reports
from kpis.measures.to_do.things import things_for
from kpis.measures.to_report import quarters_to_report, report_clock
from kpis.models import RegularReport
from kpis.rules.reports import why_not_approve_report
from kpis.tasks import plan_due_reports
from tests.contracts.builders import a_priced_contract
from tests.panels.actions.test_booking import acting
from tests.people import a_borough
from tests.referrals.builders import a_waiting_referral

# Of the quarter that ended on 30 September 2026.
DRAFT, FREEZE, SEND = date(2026, 10, 8), date(2026, 10, 14), date(2026, 10, 16)
pytestmark = pytest.mark.django_db


@pytest.fixture
def contract(borough):
    """A contract in force."""
    return a_priced_contract(borough)


def go_to(day):
    """What the timetable does on a day at eight."""
    with clock.held_at(clock.moment(day) - timedelta(hours=1)):
        plan_due_reports()
        return outbox.sweep(kinds=list(STAGES))


def states():
    return dict(RegularReport.objects.values_list("kind", "state"))


def test_PAC6_a_frozen_report_is_approved_once():
    assert why_not_approve_report("frozen") == []
    for state in ("due", "drafted", "approved", "issued", "stopped"):
        assert len(why_not_approve_report(state)) == 1


def test_i27_i28_a_quarter_makes_both_boards_reports_the_waiting_list_and_each_contracts_pack(borough, contract):
    assert tuple(report_clock(borough.authority, date(2026, 10, 1))) == (DRAFT, FREEZE, SEND)
    go_to(DRAFT - timedelta(days=1))
    assert states() == {}

    for day, state in ((DRAFT, "drafted"), (FREEZE, "frozen"), (SEND, "issued")):
        go_to(day)
        assert states() == dict.fromkeys(("scip", "bmb", "waiting", "contract"), state)

    for report in RegularReport.objects.all():
        content = files.read(report.version.file)
        assert page.validate_pdf_bytes(content, profile=page.ValidationProfile.PDF_UA_1).is_compliant
        assert OutboxJob.objects.get(kind="report.send", subject=report.reference).result_hash == report.version.file.sha256
        assert documents.check(report.version).is_true


def test_each_reader_gets_one_link_and_nobody_else_one(borough, contract):
    for day in (DRAFT, FREEZE, SEND, SEND, SEND + timedelta(days=1)):
        go_to(day)
    sent = Message.objects.filter(kind="report.sent")
    assert sent.count() == 8
    assert set(sent.values_list("person", flat=True)) == {borough.commissioner.pk, borough.head_of_service.pk}


def test_approved_or_not_it_goes_on_its_day_and_to_do_says_whose_it_is(borough, contract):
    go_to(DRAFT)
    go_to(FREEZE)
    report = RegularReport.objects.get(kind="waiting")
    with clock.held_at(FREEZE):
        assert [thing.url for thing in things_for(acting(borough.commissioner)) if "Waiting list report" in thing.label] == [
            f"{report.get_absolute_url()}/approve"
        ]
        with pytest.raises(RuleBroken):
            approve_report(report, by=acting(borough.auditor))
        approve_report(report, by=acting(borough.commissioner))

    go_to(SEND)

    assert set(states().values()) == {"issued"}
    assert [row.kind for row in RegularReport.objects.exclude(approved_by=None)] == ["waiting"]


def test_what_is_found_overdue_at_a_start_is_made_then_and_says_that_it_is_late(borough, contract):
    go_to(SEND + timedelta(days=20))

    assert set(states().values()) == {"issued"}
    assert set(RegularReport.objects.values_list("is_late", flat=True)) == {True}


def test_quarters_that_ended_while_nothing_ran_are_none_of_them_missed(borough, contract):
    go_to(SEND)
    with clock.held_at(date(2027, 7, 20)):
        assert [quarter.slug for _, quarter in quarters_to_report()] == ["2026-27-q3", "2026-27-q4", "2027-28-q1"]


def test_few_children_waiting_are_hidden_in_the_waiting_list_report(borough, contract):
    a_waiting_referral(borough)
    with clock.held_at(date(2027, 1, 12)):
        plan_due_reports()
    go_to(date(2027, 1, 20))

    facts = RegularReport.objects.get(kind="waiting", starts_on=date(2026, 10, 1)).version.frozen
    assert sorted(row[1] for row in facts["tables"][0]["rows"]) == ["0", "0", "c"]
    assert facts["tables"][1]["rows"] == [["Longest wait", "c"], ["Median wait", "c"]]


def test_a_small_count_stops_a_report_and_to_do_says_so(borough, contract):
    go_to(DRAFT)
    go_to(FREEZE)
    version = RegularReport.objects.get(kind="waiting").version
    version.frozen["note"] = ""
    version.frozen["period"] = "3 children waiting"
    version.save()

    go_to(SEND)

    assert states()["waiting"] == "stopped"
    with clock.held_at(SEND):
        assert "Mend: Waiting list report" in [thing.label for thing in things_for(acting(borough.commissioner))]


def test_who_does_not_draw_reports_reads_one_once_it_is_sent(borough, contract, sign_in):
    go_to(DRAFT)
    report = RegularReport.objects.get(kind="scip")
    assert sign_in(borough.auditor).get(report.get_absolute_url()).status_code == 404
    assert sign_in(borough.commissioner).get(report.get_absolute_url()).status_code == 200
    go_to(FREEZE)
    go_to(SEND)
    assert sign_in(borough.auditor).get(report.get_absolute_url()).status_code == 200
    assert sign_in(borough.auditor).get(f"{report.get_absolute_url()}.pdf").content.startswith(b"%PDF")
    assert sign_in(borough.social_worker).get(report.get_absolute_url()).status_code == 403


@pytest.mark.django_db(transaction=True)
def test_two_timetables_at_once_plan_each_report_once():
    borough = a_borough()
    a_priced_contract(borough)
    quarter = quarter_before(SEND)

    def work():
        with clock.held_at(DRAFT):
            plan_reports(borough.authority, quarter, by=None)
        connection.close()

    planners = [threading.Thread(target=work) for _ in range(3)]
    for planner in planners:
        planner.start()
    for planner in planners:
        planner.join()

    assert RegularReport.objects.count() == 4
    assert OutboxJob.objects.filter(kind__in=STAGES).count() == 12
