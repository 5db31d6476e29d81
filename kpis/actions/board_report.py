"""Reports to boards: drawn and frozen at once, printed by the worker, never changed after."""

from django.db import transaction

from contracts.choices import Board
from core import audit, clock, documents, files, pdf, printing
from core.models import Authority, User
from core.rules import refuse_if
from kpis.actions.child_counts import tell_child_counts
from kpis.measures.period import period_dates
from kpis.models import BoardReport
from kpis.papers.board_report import report_facts
from kpis.papers.check import small_numbers
from kpis.rules.reports import why_not_draw_report

PRINTED_BY = "board_report.print"


@transaction.atomic
def draw_report(authority: Authority, *, board: str, by: User) -> BoardReport:
    """Freeze what this quarter's report to a board says now; the worker prints it."""
    starts_on, ends_on = period_dates("quarter", clock.today())
    tell_child_counts(authority, by=by)
    facts = report_facts(authority, Board(board), starts_on, ends_on)

    refuse_if(why_not_draw_report(small_numbers(facts)))

    report = BoardReport.objects.create(
        authority=authority, board=Board(board), starts_on=starts_on, ends_on=ends_on, drawn_by=by
    )
    document = documents.document_for(report, kind="board_report", title=str(report), authority=authority)
    report.version = documents.freeze(document, facts, why="Drawn for the board")
    report.save()
    printing.due(PRINTED_BY, report.reference)

    audit.record("report.drawn", on=report, by=by, sentence=f"Drew a report to the {report.get_board_display()}.")
    return report


@transaction.atomic
def print_report(reference: str, *, by: User | None = None) -> str:
    """Print a drawn report once, and keep it by its hash; gives the SHA-256 of the PDF."""
    rows = BoardReport.objects.select_for_update(of=("self",)).select_related("version__file", "authority")
    report = rows.get(reference=reference)
    if report.version.file_id:
        return report.version.file.sha256

    content = pdf.render_pdf(
        "kpis/print/board_report.html", {"pack": report.version.frozen}, title=report.version.frozen["title"],
        tell=printing.Telling(PRINTED_BY, reference),
    )  # fmt: skip
    report.version.file = files.store(
        content, name=f"report-{report.reference}.pdf", media_type="application/pdf", authority=report.authority
    )
    report.version.issued_at = clock.now()
    report.version.save()

    audit.record("report.printed", on=report, by=by, sentence=f"Printed the report {report.reference}.")
    return report.version.file.sha256
