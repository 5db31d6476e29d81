"""Due work: an outbox row in the deed's transaction, done once by whoever holds its lease.

Beat only wakes the sweeper. A row is claimed by a lease (SKIP LOCKED), the work is done in
one transaction that holds the row's lock and marks it done, and work killed half-way is
claimed again when its lease has run out. So work may start twice, and is committed once.
Brief jobs that do all they do in the database are claimed some at a time and done one by one.
"""

import os
import socket
import time
import uuid
from collections.abc import Callable, Collection, Iterator
from datetime import datetime, timedelta
from functools import cache
from itertools import takewhile

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from core import clock
from core.gathering import gathers, write_gathered, write_over
from core.late import Late
from core.models import OutboxJob
from core.models.outbox_job import JobState

MOST_ATTEMPTS = 3
# A worker that is killed is seldom the job's fault; a job that kills its worker is not tried for ever.
MOST_DEATHS = 6
# So many brief jobs are claimed at a time, and what is not begun of them after so many seconds is let go.
LOT, LOT_LASTS = 25, 5.0
DIED = "Whoever did it died each time."
STOPPED = "Stopped: the record was closed."
structlog = Late("structlog")
_doers: dict[str, Callable] = {}
_together: dict[str, Callable] = {}
_brief: set[str] = set()


def doer(kind: str, *, is_brief: bool = False) -> Callable:
    """Register the function that does jobs of `kind`; it takes the job and returns a hash or ''.

    `is_brief` says that it takes no time to speak of, and that what it does is undone with its transaction: no letter, no file.
    """

    def register(function: Callable) -> Callable:
        _doers[kind] = function
        if is_brief:
            _brief.add(kind)
        return function

    return register


def _known() -> dict[str, Callable]:
    """Everything that does jobs: the tasks of every app are imported by whoever does them, and by nobody who only asks."""
    _look_for_doers()
    return _doers


@cache
def _look_for_doers() -> None:
    """Import the tasks of every app, once a process: to look for them again costs more than a small job."""
    autodiscover_modules("tasks")


def doer_together(kind: str) -> Callable:
    """Register the function that does many jobs of `kind` as one; it takes them, and by subject the moment at which each is done."""

    def register(function: Callable) -> Callable:
        _together[kind] = function
        return function

    return register


def enqueue(kind: str, *, subject: str, due_at: datetime | None = None) -> None:
    """Write that `kind` is due for `subject` (an id or reference); the same one is written once. One question, whether it was there or not."""
    enqueue_all(kind, {str(subject): due_at or clock.now()})


def enqueue_all(kind: str, due: dict[str, datetime]) -> None:
    """Write that `kind` is due for each of these subjects at its moment, at once; the same one is written once."""
    rows = [OutboxJob(kind=kind, subject=subject, due_at=moment) for subject, moment in due.items()]
    if not gathers(_write, rows):
        _write(rows)


def _write(rows: list[OutboxJob]) -> None:
    """Keep what is due; what is kept already is kept once."""
    OutboxJob.objects.bulk_create(rows, ignore_conflicts=True)


def stop(subjects: Collection[str]) -> list[int]:
    """Nothing more is done for these subjects (references): their waiting jobs are marked done, undone; gives their keys."""
    write_gathered(_write)
    about = OutboxJob.objects.filter(subject__in=list(subjects)).values_list("pk", flat=True)
    keys = list(about.filter(state=JobState.WAITING).select_for_update(of=("self",)))
    # What was claimed with others and is not begun waits too; whoever begins one holds its row.
    keys += about.filter(state=JobState.RUNNING, attempts=0).select_for_update(skip_locked=True, of=("self",))
    OutboxJob.objects.filter(pk__in=keys).update(state=JobState.DONE, done_at=clock.now(), last_error=STOPPED)
    return keys


def start_again(subjects: Collection[str], *, keys: Collection[int] | None = None, **which) -> int:
    """The stopped jobs for these subjects wait for their time again, of these keys, or of this `kind` and `due_at`, where some are given; gives how many."""
    write_gathered(_write)
    stopped = OutboxJob.objects.filter(subject__in=list(subjects), last_error=STOPPED, **which)
    if keys is not None:
        stopped = stopped.filter(pk__in=list(keys))
    return stopped.update(state=JobState.WAITING, done_at=None, last_error="")


def try_again(kind: str, subject: str) -> int:
    """A job that was set aside waits for its turn again, as if it were new; gives how many did."""
    write_gathered(_write)
    aside = OutboxJob.objects.filter(kind=kind, subject=str(subject), state=JobState.SET_ASIDE)
    return aside.update(state=JobState.WAITING, attempts=0, lease_until=None, last_error="")


def claim(*, holder: str, kinds: Collection[str] | None = None) -> OutboxJob | None:
    """Lease the oldest job that is due (of these kinds), or None; leases run on the real clock."""
    write_gathered(_write)
    with transaction.atomic():
        job = _free(kinds).first()
        if job is None:
            return None
        _lease(job, holder)
    return job


def _free(kinds: Collection[str] | None):
    """The jobs that are due and nobody's, in their turn; whoever reads them holds them."""
    free = Q(state=JobState.WAITING) | Q(state=JobState.RUNNING, lease_until__lt=timezone.now())
    return (
        OutboxJob.objects.select_for_update(skip_locked=True, of=("self",))
        .filter(free, due_at__lte=clock.now(), kind__in=list(kinds or _known()))
        # What failed once comes after what is new: one bad record does not hold up the rest.
        .order_by("attempts", "due_at", "pk")
    )


def claim_more(first: OutboxJob, *, most: int, kinds: Collection[str] | None = None) -> list[OutboxJob]:
    """Lease with a brief new job those whose turn comes next, as far as all of them are brief and new; none is tried yet.

    What was tried before, by whoever died of it or in vain, is always claimed alone.
    """
    is_new = first.state == JobState.RUNNING and first.attempts == 1 and not first.cut_short
    if most < 1 or not is_new or first.kind not in _brief:
        return []
    with transaction.atomic():
        lot = list(takewhile(_goes_with_others, _free(kinds)[:most]))
        for job in lot:
            job.state, job.leased_to, job.lease_until = JobState.RUNNING, first.leased_to, first.lease_until
        OutboxJob.objects.filter(pk__in=[job.pk for job in lot]).update(
            state=JobState.RUNNING, leased_to=first.leased_to, lease_until=first.lease_until, last_error=""
        )
    return lot


def _goes_with_others(job: OutboxJob) -> bool:
    return job.kind in _brief and job.state == JobState.WAITING and job.attempts == 0


def _lease(job: OutboxJob, holder: str) -> None:
    """Give one job to a holder for a while; one that died under too many holders is set aside."""
    job.cut_short = job.state == JobState.RUNNING and not job.last_error
    job.attempts += 1
    is_over = job.attempts > MOST_DEATHS
    job.state = JobState.SET_ASIDE if is_over else JobState.RUNNING
    job.last_error = job.last_error or DIED if is_over else ""
    job.leased_to = holder
    job.lease_until = timezone.now() + timedelta(seconds=settings.OUTBOX_LEASE_SECONDS)
    job.save(update_fields=["cut_short", "attempts", "state", "last_error", "leased_to", "lease_until"])


def claim_all(kind: str, *, holder: str) -> list[OutboxJob]:
    """Lease every waiting job of a kind at once, in order: for a past that is told in one go."""
    write_gathered(_write)
    waiting = OutboxJob.objects.filter(kind=kind, state=JobState.WAITING)
    waiting.update(
        state=JobState.RUNNING, attempts=1, leased_to=holder,
        lease_until=timezone.now() + timedelta(seconds=settings.OUTBOX_LEASE_SECONDS),
    )  # fmt: skip
    held = OutboxJob.objects.filter(kind=kind, state=JobState.RUNNING, leased_to=holder)
    return list(held.order_by("due_at", "pk"))


def do_together(jobs: list[OutboxJob], *, at: Callable[[OutboxJob], datetime] | None = None) -> None:
    """Do claimed jobs of one kind in one transaction, all of them or none: now, or as if each had been done at its moment."""
    kind = jobs[0].kind
    with transaction.atomic():
        held = OutboxJob.objects.select_for_update(of=("self",)).filter(
            pk__in=[job.pk for job in jobs], state=JobState.RUNNING, leased_to=jobs[0].leased_to
        )
        held = list(held.order_by("pk"))
        moments = {job.subject: at(job) if at else clock.now() for job in held}
        _together[kind](held, moments)
        for job in held:
            job.state, job.done_at, job.last_error = JobState.DONE, moments[job.subject], ""
        write_over(held, "state", "done_at", "last_error")


def do(job: OutboxJob) -> bool:
    """Do one claimed job in one transaction; False where somebody else has it or it failed."""
    try:
        with transaction.atomic():
            # Somebody who looks for work may hold the row for a moment, so this waits; a row that is
            # being worked on was never claimed, so it does not wait long.
            held = (
                OutboxJob.objects.select_for_update(of=("self",))
                .filter(pk=job.pk, state=JobState.RUNNING, leased_to=job.leased_to)
                .first()
            )
            if held is None:
                return False
            held.attempts = _tries(held)
            held.result_hash = _known()[held.kind](held) or ""
            held.state, held.done_at, held.last_error = JobState.DONE, clock.now(), ""
            held.save(update_fields=["attempts", "result_hash", "state", "done_at", "last_error"])
    except (OperationalError, InterfaceError):
        # The database went away or refused: the lease runs out and the job comes round again.
        structlog.get_logger().exception("job interrupted", kind=job.kind, subject=job.subject)
        raise
    except Exception as error:  # one bad record must not stop the rest
        _put_back(job, error)
        return False
    return True


def _tries(job: OutboxJob) -> int:
    """How often it was tried, this time included: one of several that were claimed together counts when it is begun."""
    return max(job.attempts, 1)


def _put_back(job: OutboxJob, error: Exception) -> None:
    """Keep why it failed; try again a little later, and set it aside after the third try."""
    structlog.get_logger().exception("job failed", kind=job.kind, subject=job.subject)
    tries = _tries(job)
    OutboxJob.objects.filter(pk=job.pk, leased_to=job.leased_to).update(
        state=JobState.SET_ASIDE if tries >= MOST_ATTEMPTS else JobState.RUNNING, attempts=tries,
        lease_until=timezone.now() + timedelta(seconds=2 * tries),
        last_error=f"{type(error).__name__}: {error}"[:2000],
    )


def sweep(*, most: int = 50, kinds: Collection[str] | None = None) -> int:
    """Do what is due (of these kinds), up to `most` jobs; returns how many were done."""
    holder = f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"
    return sum(do(job) for job in _claimed(holder, most, kinds) if job.state == JobState.RUNNING)


def _claimed(holder: str, most: int, kinds: Collection[str] | None) -> Iterator[OutboxJob]:
    """Up to `most` jobs, each leased when it comes; brief ones some at a time, and no longer than their lease allows."""
    while most > 0 and (job := claim(holder=holder, kinds=kinds)) is not None:
        ends = time.monotonic() + min(LOT_LASTS, settings.OUTBOX_LEASE_SECONDS / 2)
        lot = claim_more(job, most=min(LOT, most) - 1, kinds=kinds)
        most -= 1 + len(lot)
        yield job
        for at, one in enumerate(lot):
            if time.monotonic() > ends:
                most += let_go(lot[at:])
                break
            yield one


def let_go(lot: list[OutboxJob]) -> int:
    """Jobs that were claimed and not begun wait for their turn again, for anybody; gives how many did."""
    still_theirs = OutboxJob.objects.filter(pk__in=[job.pk for job in lot], state=JobState.RUNNING, attempts=0, leased_to=lot[0].leased_to)
    return still_theirs.update(state=JobState.WAITING, leased_to="", lease_until=None)
