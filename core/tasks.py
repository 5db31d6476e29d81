"""The alarm clock that wakes the outbox."""

import time

import structlog
from celery import shared_task

from core import bounce_box, files, outbox, seals
from core.actions.bounce import record_came_back
from core.actions.exports import let_export_go, make_export
from core.bounces import read_bounce
from core.models import NamedExport, OutboxJob
from core.rules import RuleBroken

log = structlog.get_logger()
SWEEPS_FOR = 10


@shared_task(name="core.sweep", ignore_result=True)
def sweep():
    """Do what is due, while there is any and for ten seconds at most: then whatever else is asked of a worker has its turn."""
    ends = time.monotonic() + SWEEPS_FOR
    while outbox.sweep() and time.monotonic() < ends:
        pass


@shared_task(name="core.read_bounces", ignore_result=True)
def look_for_bounces():
    """Read the mails that came back, where there is a box for them; missed or doubled, it changes nothing."""
    for raw, mark_as_read in bounce_box.mails() if bounce_box.is_set() else ():
        bounce = read_bounce(raw)
        try:
            if bounce is not None:
                record_came_back(bounce, by=None)
        except RuleBroken:
            # One mail that cannot be recorded must not stop the rest, now or in five minutes.
            log.exception("bounce not recorded", reference=bounce.reference)
        mark_as_read()


@shared_task(name="core.seal_trail", ignore_result=True)
def seal_trail():
    """Seal what the trail gained, and copy the marks out; missed or doubled, it changes nothing."""
    seals.seal_trail()
    seals.copy_out()


@shared_task(name="core.sweep_files", ignore_result=True)
def sweep_files():
    """Remove files that no row has named for a day; missed or doubled, it changes nothing."""
    removed = files.sweep_orphans()
    if removed:
        log.warning("orphan files removed", count=removed)


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
