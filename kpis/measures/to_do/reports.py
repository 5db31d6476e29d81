"""Regular reports that wait: to be approved, stopped by a check, or late."""

from core import clock
from core.roles import Permission
from kpis.choices import ReportState
from kpis.measures.to_do.thing import MOST_OF_A_KIND, Thing
from kpis.models import RegularReport


def regular(user) -> list[Thing]:
    """Reports being made: to approve, or to mend, or past their day, for whoever draws the council's reports."""
    if not user.can(Permission.DRAW_REPORTS):
        return []
    rows = RegularReport.objects.visible_to(user).open().exclude(state=ReportState.DUE, send_on__gt=clock.today())
    return [_thing(row) for row in rows.select_related("contract").order_by("send_on", "pk")[:MOST_OF_A_KIND]]


def _thing(report: RegularReport) -> Thing:
    """What is to be done about one report, by the day it is sent."""
    url = report.get_absolute_url()
    if report.state == ReportState.STOPPED:
        return Thing(f"Mend: {report}", url, report.problem, report.send_on)
    if report.state == ReportState.FROZEN:
        return Thing(f"Approve: {report}", f"{url}/approve", "Its figures are frozen. It goes on its day, approved or not.", report.send_on)
    waits = "" if report.state == ReportState.DRAFTED else "The timetable"
    return Thing(f"Read through: {report}", url, f"{report.state_choice.label}.", report.send_on, waits_for=waits)
