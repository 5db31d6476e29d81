"""Something put to a board and a report drawn for it; a client of the interface; a contract's review and an assessment of its service."""

from datetime import date, timedelta

from contracts.actions.escalation import escalate
from contracts.rules.quarters import quarter_before
from core import clock
from kpis.actions.api_client import make_client
from kpis.actions.assessment import begin_assessment, end_assessment, record_visit
from kpis.actions.board_report import draw_report, print_report
from kpis.actions.imports import Sent, begin_import, check_import
from kpis.actions.pack_later import add_supplement, print_supplements
from kpis.actions.regular_report import plan_reports, send_report
from kpis.actions.reviews import begin_reviews, call_reviews
from panels.actions.routes import ask_high_risk_panel
from tests.conftest import TODAY
from tests.referrals.builders import a_child


def put_to_boards(borough, contract) -> dict:
    """An escalation that waits, a report that was printed, a client that waits, a review that is called, and an assessment that has ended."""
    asks = {"board": "scip", "by": borough.commissioner}
    escalation = escalate(borough.authority, what="A question.", why="A reason.", wanted_by=TODAY, **asks)
    report = draw_report(borough.authority, **asks)
    print_report(report.reference)
    report.refresh_from_db()
    client, _ = make_client(
        borough.authority, name="A client", purpose="A purpose.", scopes=["figures"], expires_on=TODAY + timedelta(days=90), by=borough.administrator
    )
    return {"escalation": escalation, "report": report, "regular": a_regular_report(borough), "client": client, "import": imported(borough), **reviewed(borough, contract)}


def a_regular_report(borough):
    """The waiting list report of the last quarter, sent."""
    made = plan_reports(borough.authority, quarter_before(TODAY), by=None)
    report = next(one for one in made if one.kind == "waiting")
    send_report(report.reference)
    report.refresh_from_db()
    return report


def reviewed(borough, contract) -> dict:
    """A review, known by its meeting, an assessment with a visit, and a young person put to the high risk panel."""
    plan = begin_reviews(contract, chair=borough.chair, provider=borough.provider_manager, by=borough.commissioner)
    (review,) = call_reviews(plan, first_on=TODAY, at=clock.TEN, venue="Room 1", by=borough.commissioner)
    assessment = begin_assessment(contract, why="A reason.", by=borough.commissioner)
    record_visit(
        assessment, place="A place", visited_on=assessment.begun_on, spoken_with=["staff"], note="A note.", by=borough.commissioner
    )
    young = a_child(borough, born_on=date(2009, 3, 4))
    asked = ask_high_risk_panel(young, why="A reason.", by=borough.social_worker)
    return {"vulnerable": asked, "performance": review.meeting, "assessment": end_assessment(assessment, finding="A finding.", by=borough.commissioner)}


def imported(borough):
    """A return's files, sent and checked."""
    files = [Sent("Header 2019.csv", 40, lambda: b"CHILD,SEX,DOB\nC1,1,01/02/2010\nC2,1,01/02/2010\n")]
    batch = begin_import(borough.authority, kind="ssda903", sent=files, by=borough.administrator)
    return check_import(batch.reference)


def with_more(pack):
    """A circulated pack with a supplement, printed."""
    add_supplement(pack, title="A supplement", words="It became known later.", by=pack.meeting.called_by)
    print_supplements(pack.reference)
    return pack
