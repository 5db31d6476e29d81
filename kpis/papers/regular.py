"""What each regular report says about its quarter, as plain facts: small counts of children hidden, nothing provisional."""

from contracts.choices import Board
from core import clock
from core.dates import day_in_words
from kpis.choices import RegularKind
from kpis.measures.child_counts import child_counts
from kpis.measures.waiting import waiting_of
from kpis.models import RegularReport
from kpis.papers.board_report import report_facts
from kpis.papers.contract_pack import contract_facts, table
from kpis.papers.pack import ZEROES


def regular_facts(report: RegularReport) -> dict:
    """Everything a report says, as JSON."""
    if report.kind in Board.values:
        return report_facts(report.authority, report.kind, report.starts_on, report.ends_on)
    last_day = report.ends_on - clock.ONE_DAY
    facts = {
        "title": str(report), "council": report.authority.name, "note": ZEROES, "drawn_on": day_in_words(clock.today()),
        "period": f"{day_in_words(report.starts_on)} to {day_in_words(last_day)}",
    }  # fmt: skip
    return facts | (_waiting(report) if report.kind == RegularKind.WAITING else contract_facts(report))


def _waiting(report: RegularReport) -> dict:
    """How many wait, by priority, as every paper of the quarter tells it; how long, and what was done in four weeks."""
    found = waiting_of(report.authority)
    told = [line for line in child_counts(report.authority, clock.today()) if line.group == "Priorities"]
    return {
        "tables": [
            table("How many wait", ["Priority", "Children", "When"], [[line.what, line.children, line.when] for line in told], "", nums=(1,)),
            table("How long they have waited", ["What", "Figure"], [["Longest wait", found.longest], ["Median wait", found.middle]], "",
                   f"As it stood on {day_in_words(clock.today())}."),
            table("Done in the last four weeks", ["What", "How often"], [[row["label"], row["count"]] for row in found.actions], "", nums=(1,)),
        ]
    }  # fmt: skip


def issue_words(report: RegularReport) -> dict:
    """What the cover says of approval and lateness."""
    approved = "Not yet approved."
    if report.approved_by_id:
        approved = f"Approved by {report.approved_by.full_name} on {day_in_words(report.approved_at.astimezone(clock.LONDON).date())}."
    return {"approved": approved, "late": "Made late: its day had passed." if report.is_late else ""}
