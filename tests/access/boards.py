"""Something put to a board, and a report drawn for it."""

from contracts.actions.escalation import escalate
from kpis.actions.board_report import draw_report, print_report
from tests.conftest import TODAY


def put_to_boards(borough) -> dict:
    """An escalation that waits, and a report that was printed."""
    asks = {"board": "scip", "by": borough.commissioner}
    escalation = escalate(borough.authority, what="A question.", why="A reason.", wanted_by=TODAY, **asks)
    report = draw_report(borough.authority, **asks)
    print_report(report.reference)
    report.refresh_from_db()
    return {"escalation": escalation, "report": report}
