"""What the packs' due work is done by, and the timetable's look at what has come due."""

from celery import shared_task

from core import outbox
from core.models import OutboxJob
from kpis.actions.board_report import print_report
from kpis.actions.pack import draft_pack, freeze_pack, issue_pack, plan_pack
from kpis.models.pack import meetings_to_plan


@shared_task(name="kpis.plan_packs", ignore_result=True)
def plan_due_packs():
    """Plan what the calendar asks for; missed or doubled, it changes nothing."""
    for meeting in meetings_to_plan():
        plan_pack(meeting, by=None)


@outbox.doer("pack.draft")
def do_draft_pack(job: OutboxJob) -> str:
    """Draft one pack."""
    draft_pack(job.subject)
    return ""


@outbox.doer("pack.freeze")
def do_freeze_pack(job: OutboxJob) -> str:
    """Freeze one pack; the hash of what was frozen."""
    pack = freeze_pack(job.subject)
    return pack.version.frozen_sha256 if pack.document_id else ""


@outbox.doer("pack.issue")
def do_issue_pack(job: OutboxJob) -> str:
    """Circulate one pack; the hash of its bytes."""
    return issue_pack(job.subject)


@outbox.doer("board_report.print")
def do_print_report(job: OutboxJob) -> str:
    """Print one report to a board; the hash of its bytes."""
    return print_report(job.subject)
