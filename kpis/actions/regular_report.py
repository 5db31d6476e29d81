"""Reports that the timetable makes: planned when a quarter has ended, drafted, frozen, approved, and sent once."""

from django.db import transaction

from contracts.models import Contract
from core import audit, clock, documents, files, outbox, pdf, post
from core.models import Authority, User
from core.roles import Permission, Role
from core.rules import refuse_if
from kpis.actions.child_counts import tell_child_counts
from kpis.choices import RegularKind, ReportState
from kpis.measures.to_report import report_clock
from kpis.models import RegularReport
from kpis.models.pack import PACK_MADE_AT
from kpis.papers.charts import with_drawings
from kpis.papers.check import small_numbers
from kpis.papers.regular import issue_words, regular_facts
from kpis.rules.reports import why_not_approve_report

STAGES = ("report.draft", "report.freeze", "report.send")
TO_SEND = {ReportState.FROZEN, ReportState.APPROVED, ReportState.STOPPED}


@transaction.atomic
def plan_reports(authority: Authority, quarter, *, by: User | None) -> list[RegularReport]:
    """Write down that a quarter's reports are due, each with its three stages; once, whoever else does. Gives the new ones."""
    authority = Authority.objects.select_for_update(of=("self",)).get(pk=authority.pk)
    days = report_clock(authority, quarter.ends_on)
    contracts = Contract.objects.filter(authority=authority, state="active", starts_on__lt=quarter.ends_on).order_by("pk")
    wanted = [(kind, None) for kind in RegularKind if kind != RegularKind.CONTRACT] + [(RegularKind.CONTRACT, one) for one in contracts]
    made = [report for kind, contract in wanted if (report := _planned(authority, quarter, kind, contract, days))]
    for report in made:
        audit.record("report.planned", on=report, by=by, sentence=f"{report} is due, {quarter}.")
    return made


def _planned(authority, quarter, kind, contract, days) -> RegularReport | None:
    """One report with its stages, or None where it is there already."""
    report, is_new = RegularReport.objects.get_or_create(
        authority=authority, kind=kind, contract=contract, starts_on=quarter.starts_on,
        defaults={"ends_on": quarter.ends_on, "send_on": days.send_on, "is_late": clock.today() > days.send_on},
    )  # fmt: skip
    if not is_new:
        return None
    for stage, day in zip(STAGES, days, strict=True):
        outbox.enqueue(stage, subject=report.reference, due_at=clock.moment(day, PACK_MADE_AT))
    return report


def _locked(reference: str) -> RegularReport:
    rows = RegularReport.objects.select_for_update(of=("self",)).select_related("authority", "contract", "approved_by")
    return rows.get(reference=reference)


@transaction.atomic
def draft_report(reference: str, *, by: User | None = None) -> RegularReport:
    """It can be read from now by whoever draws the council's reports."""
    report = _locked(reference)
    if report.state != ReportState.DUE:
        return report

    report.state, report.drafted_at = ReportState.DRAFTED, clock.now()
    report.save()

    audit.record("report.drafted", on=report, by=by, sentence=f"Drafted: {report}.")
    return report


@transaction.atomic
def freeze_report(reference: str, *, by: User | None = None) -> RegularReport:
    """What it says is kept as it stands now; whoever draws reports is asked to approve it."""
    report = draft_report(reference, by=by)
    if report.state != ReportState.DRAFTED:
        return report

    tell_child_counts(report.authority, by=by)
    report.document = documents.document_for(report, kind="regular_report", title=str(report)[:200], authority=report.authority)
    documents.freeze(report.document, regular_facts(report), why="Frozen for the quarter")
    report.state, report.frozen_at = ReportState.FROZEN, clock.now()
    report.save()
    if not report.is_late:
        _tell(report, "approve", f"{report} is ready to approve", [Role.COMMISSIONER], "/approve")

    audit.record("report.frozen", on=report, by=by, sentence=f"Froze: {report}.")
    return report


@transaction.atomic
def approve_report(report: RegularReport, *, by: User) -> RegularReport:
    """Whoever draws the council's reports says that it may go out."""
    report = _locked(report.reference)
    may = [] if by.can(Permission.DRAW_REPORTS) else ["Only whoever draws the council’s reports approves one."]

    refuse_if(may + why_not_approve_report(report.state))

    report.state, report.approved_at, report.approved_by = ReportState.APPROVED, clock.now(), by
    report.save()

    audit.record("report.approved", on=report, by=by, sentence=f"Approved: {report}.")
    return report


@transaction.atomic
def send_report(reference: str, *, by: User | None = None) -> str:
    """Print the frozen report once, keep it by its hash, and send its readers a link; its SHA-256.

    A small count of children stops it. Approved or not, it goes on its day, and says which.
    """
    report = freeze_report(reference, by=by)
    version = report.version
    if report.state not in TO_SEND:
        return version.file.sha256 if version and version.file_id else ""

    report.is_late = report.is_late or clock.today() > report.send_on
    found = small_numbers(version.frozen)
    if found:
        report.state, report.problem = ReportState.STOPPED, " ".join(found)[:2000]
    else:
        _print(report, version)
        report.state, report.sent_at, report.problem = ReportState.ISSUED, clock.now(), ""
    report.save()
    what = "was stopped" if found else "can be read"
    _tell(report, "stopped" if found else "sent", f"{report} {what}", [Role.COMMISSIONER] if found else [Role.COMMISSIONER, Role.HEAD_OF_SERVICE])

    audit.record("report.stopped" if found else "report.sent", on=report, by=by, sentence=f"{'Stopped' if found else 'Sent'}: {report}.")
    return "" if found else version.file.sha256


def _print(report: RegularReport, version) -> None:
    """The PDF, from frozen facts and what the cover says of its issue."""
    facts = {"pack": version.frozen, "cover": issue_words(report), "charts": with_drawings(version.frozen.get("charts", []), on_paper=True)}
    content = pdf.render_pdf("kpis/print/regular_report.html", facts, title=version.frozen["title"])
    version.file = files.store(content, name=f"report-{report.reference}.pdf", media_type="application/pdf", authority=report.authority)
    version.issued_at = clock.now()
    version.save()


def _tell(report: RegularReport, what: str, subject: str, roles: list, tail: str = "") -> None:
    """One message to each who holds one of these roles in the authority, once for ever."""
    people = User.objects.holding(*roles, authority=report.authority)
    post.send_each(
        f"report.{what}", list(people), key=f"report:{what}:{report.reference}", subject=subject[:200], body=f"{subject}.",
        link=f"{report.get_absolute_url()}{tail}", about=report,
    )  # fmt: skip
