"""The alarm clock that wakes the outbox."""

from celery import shared_task

from core import outbox
from core.actions.exports import let_export_go, make_export
from core.models import NamedExport, OutboxJob


@shared_task(name="core.sweep", ignore_result=True)
def sweep():
    """Do what is due."""
    outbox.sweep()


@outbox.doer("export.make")
def do_make_export(job: OutboxJob) -> str:
    """Make the file of one list with names."""
    make_export(NamedExport.objects.get(reference=job.subject), by=None)
    return ""


@outbox.doer("export.expire")
def do_let_export_go(job: OutboxJob) -> str:
    """Remove the file of one list with names, once its time is up."""
    let_export_go(NamedExport.objects.get(reference=job.subject), by=None)
    return ""
