"""A board's report is drawn once, frozen, printed and suppressed; what is provisional is in none."""

from datetime import date
from decimal import Decimal

import page as paper
import pytest

from contracts.actions.escalation import escalate
from core import clock, files, outbox
from core.models import AuditEvent, OutboxJob
from core.rules import RuleBroken
from kpis.actions.board_report import draw_report, print_report
from kpis.actions.indicator import add_indicator, enter_value
from kpis.choices import ValueState
from kpis.models import BoardReport
from kpis.papers.board_report import report_facts
from kpis.rules.reports import why_not_draw_report
from kpis.tasks import do_print_report
from tests.panels.builders import a_steering_group
from tests.people import a_borough
from tests.referrals.builders import a_waiting_referral

pytestmark = pytest.mark.django_db
QUARTER = (date(2026, 10, 1), date(2026, 12, 1))


def facts_of(borough, board="scip"):
    return report_facts(borough.authority, board, *QUARTER)


def an_indicator(borough, state):
    indicator = add_indicator(
        borough.authority, slug=f"measure-{state}", name=f"Measure {state}", from_on=QUARTER[0], targets=[], by=None
    )
    value = enter_value(
        indicator, period_start=QUARTER[0], period_end=QUARTER[1], period_label="Autumn", value=Decimal(8), printed="Eight",
        by=borough.panel_administrator,
    )  # fmt: skip
    value.state = state
    value.save()


def test_PAC2_a_small_count_of_children_stops_a_report():
    assert why_not_draw_report([]) == []
    assert why_not_draw_report(["A small count."]) == ["A small count."]


def test_i27_the_board_is_told_decisions_places_referrals_risks_and_what_is_put_to_it(borough):
    a_steering_group(borough)
    a_waiting_referral(borough)
    escalate(borough.authority, board="scip", what="Fund it or not", why="Late.", wanted_by=clock.today(), by=borough.commissioner)

    told = facts_of(borough)

    assert [row["what"] for row in told["escalations"]] == ["Fund it or not"]
    waiting = [row["children"] for row in told["referrals"] if row["group"] == "Priorities"]
    assert "c" in waiting
    assert not set(waiting) & {"1", "2", "3", "4", "5"}
    assert {"meetings", "capacity", "risks", "measures"} <= told.keys()


def test_i28_the_benefits_board_is_told_benefits_and_what_is_put_to_it_and_nothing_of_the_other(borough):
    escalate(borough.authority, board="scip", what="Theirs", why="Late.", wanted_by=clock.today(), by=borough.commissioner)

    told = facts_of(borough, "bmb")

    assert (told["escalations"], told["benefits"]["cashable"]) == ([], [])
    assert "referrals" not in told


@pytest.mark.parametrize(("state", "shown"), [("entered", []), ("checked", []), ("validated", ["Measure validated"])])
def test_only_what_was_validated_for_release_goes_to_a_board(borough, state, shown):
    an_indicator(borough, ValueState(state))

    assert [row["name"] for row in facts_of(borough)["measures"]] == shown


def test_a_report_is_frozen_and_printed_once_as_a_tagged_pdf(borough):
    report = draw_report(borough.authority, board="scip", by=borough.commissioner)
    escalate(borough.authority, board="scip", what="Later", why="Late.", wanted_by=clock.today(), by=borough.commissioner)

    assert outbox.sweep(kinds=["board_report.print"]) == 1
    first = do_print_report(OutboxJob.objects.get(kind="board_report.print"))

    report.refresh_from_db()
    assert report.version.frozen["escalations"] == []
    assert first == report.version.file.sha256 == print_report(report.reference)
    checked = paper.validate_pdf_bytes(files.read(report.version.file), profile=paper.ValidationProfile.PDF_UA_1)
    assert checked.is_compliant, [str(failure) for failure in checked.failures][:5]
    assert AuditEvent.objects.filter(verb="report.printed").count() == 1


def test_words_that_count_few_children_stop_the_drawing_and_nothing_is_kept(borough):
    escalate(
        borough.authority, board="scip", what="Two children wait", why="Late.", wanted_by=clock.today(), by=borough.commissioner
    )

    with pytest.raises(RuleBroken, match="count of 1 to 5 children"):
        draw_report(borough.authority, board="scip", by=borough.commissioner)

    assert not BoardReport.objects.exists()


def test_the_page_shows_draws_and_gives_the_file_and_another_council_sees_none(borough, sign_in):
    page = sign_in(borough.commissioner)
    assert page.get("/reports/scip").status_code == 200
    assert page.get("/reports/nothing").status_code == 404

    address = page.post("/reports/scip", {"idempotency_key": "k"}).headers["Location"]
    assert page.get(f"{address}.pdf").status_code == 404
    print_report(BoardReport.objects.get().reference)

    assert page.get(address).status_code == 200
    assert page.get(f"{address}.pdf")["Content-Type"] == "application/pdf"
    assert page.get(address.replace("scip", "bmb")).status_code == 404
    assert sign_in(a_borough("elsewhere").commissioner).get(address).status_code == 404


def test_an_auditor_reads_and_does_not_draw(borough, sign_in):
    page = sign_in(borough.auditor)

    assert page.get("/reports/scip").status_code == 200
    assert page.post("/reports/scip", {}).status_code == 403


def test_the_list_asks_the_same_of_the_database_for_three_as_for_one(borough, sign_in, django_assert_max_num_queries):
    page = sign_in(borough.commissioner)
    page.get("/reports")
    counts = []
    for _ in range(2):
        draw_report(borough.authority, board="bmb", by=borough.commissioner)
        with django_assert_max_num_queries(8) as asked:
            page.get("/reports")
        counts.append(len(asked))
        draw_report(borough.authority, board="scip", by=borough.commissioner)
    assert counts[0] == counts[1]
