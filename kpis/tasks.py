"""What the packs' due work is done by, and the timetable's look at what has come due."""

import time

from celery import shared_task

from core import outbox
from core.models import DocumentVersion, OutboxJob
from kpis.actions.board_report import print_report
from kpis.actions.disclosure import make_disclosure
from kpis.actions.imports import check_import, let_import_lapse, store_import
from kpis.actions.keeping import keep_figures
from kpis.actions.pack import draft_pack, freeze_pack, issue_pack, plan_pack, print_correction
from kpis.actions.pack_commentary import chase_commentary
from kpis.actions.pack_copy import print_pack_copy
from kpis.actions.pack_later import print_supplements
from kpis.actions.proposing import propose_review
from kpis.actions.provider_return import open_return
from kpis.actions.regular_report import draft_report, freeze_report, plan_reports, send_report
from kpis.actions.release import release_figures
from kpis.measures.keeping import due_authorities
from kpis.measures.returns import returns_to_open
from kpis.measures.to_report import quarters_to_report
from kpis.measures.to_tell import quarters_to_release
from kpis.models import ReviewPlan
from kpis.models.pack import meetings_to_plan

KEEPS_FOR = 3


@shared_task(name="kpis.plan_packs", ignore_result=True)
def plan_due_packs():
    """Plan what the calendar asks for; missed or doubled, it changes nothing."""
    for meeting in meetings_to_plan():
        plan_pack(meeting, by=None)


@shared_task(name="kpis.open_returns", ignore_result=True)
def open_due_returns():
    """Open the returns of the quarter that ended last; missed or doubled, it changes nothing."""
    for contract, quarter in returns_to_open():
        open_return(contract, quarter, by=None)


@shared_task(name="kpis.propose_reviews", ignore_result=True)
def propose_due_reviews():
    """Propose a day for each review that comes due; missed or doubled, it changes nothing."""
    for plan in ReviewPlan.objects.filter(contract__state="active").order_by("pk")[:200]:
        propose_review(plan, by=None)


@shared_task(name="kpis.release_figures", ignore_result=True)
def release_due_figures():
    """Tell the figures of quarters that have ended and settled; missed or doubled, it changes nothing."""
    for authority, quarter in quarters_to_release():
        release_figures(authority, quarter, by=None)


@shared_task(name="kpis.keep_figures", ignore_result=True)
def keep_due_figures():
    """Count again what changed, for three seconds at most: then other work has its turn; missed or doubled, it changes nothing."""
    ends = time.monotonic() + KEEPS_FOR
    for authority in due_authorities():
        if time.monotonic() < ends:
            keep_figures(authority, by=None)


@shared_task(name="kpis.plan_reports", ignore_result=True)
def plan_due_reports():
    """Plan the reports of quarters that have ended; missed or doubled, it changes nothing."""
    for authority, quarter in quarters_to_report():
        plan_reports(authority, quarter, by=None)


@outbox.doer("report.draft")
def do_draft_report(job: OutboxJob) -> str:
    """Draft one regular report."""
    draft_report(job.subject)
    return ""


@outbox.doer("report.freeze")
def do_freeze_report(job: OutboxJob) -> str:
    """Freeze one regular report; the hash of what was frozen."""
    version = freeze_report(job.subject).version
    return version.frozen_sha256 if version else ""


@outbox.doer("report.send")
def do_send_report(job: OutboxJob) -> str:
    """Send one regular report; the hash of its bytes."""
    return send_report(job.subject)


@outbox.doer("pack.draft")
def do_draft_pack(job: OutboxJob) -> str:
    """Draft one pack."""
    draft_pack(job.subject)
    return ""


@outbox.doer("pack.freeze")
def do_freeze_pack(job: OutboxJob) -> str:
    """Freeze one pack; the hash of what was frozen."""
    version = freeze_pack(job.subject).version
    return version.frozen_sha256 if version else ""


@outbox.doer("pack.issue")
def do_issue_pack(job: OutboxJob) -> str:
    """Circulate one pack; the hash of its bytes."""
    return issue_pack(job.subject)


@outbox.doer("pack.chase")
def do_chase_commentary(job: OutboxJob) -> str:
    """Ask again for the commentary that one pack lacks."""
    chase_commentary(job.subject)
    return ""


@outbox.doer("pack.correct")
def do_print_correction(job: OutboxJob) -> str:
    """Print one correction; the hash of its bytes."""
    return print_correction(job.subject)


@outbox.doer("pack.supplement")
def do_print_supplements(job: OutboxJob) -> str:
    """Print what was added to one pack; the hash of the last one's bytes."""
    return print_supplements(job.subject)


@outbox.doer("pack.copy")
def do_print_pack_copy(job: OutboxJob) -> str:
    """Print one reader's copy of a pack; the hash of its bytes."""
    return print_pack_copy(DocumentVersion.objects.select_related("document__authority", "reader", "file").get(pk=job.subject))


@outbox.doer("board_report.print")
def do_print_report(job: OutboxJob) -> str:
    """Print one report to a board; the hash of its bytes."""
    return print_report(job.subject)


@outbox.doer("import.check")
def do_check_import(job: OutboxJob) -> str:
    """Check the files of one import."""
    check_import(job.subject)
    return ""


@outbox.doer("import.store")
def do_store_import(job: OutboxJob) -> str:
    """Store one import, all of it or nothing."""
    store_import(job.subject)
    return ""


@outbox.doer("import.lapse")
def do_lapse_import(job: OutboxJob) -> str:
    """Let go the files of one import that nobody stored."""
    let_import_lapse(job.subject)
    return ""


@outbox.doer("disclosure.make")
def do_make_disclosure(job: OutboxJob) -> str:
    """Make one subject access pack; its hash."""
    return make_disclosure(job.subject)
