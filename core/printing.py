"""Documents on their way to paper: how far each is, told while it runs, and what stands in its way."""

import threading
import time
from collections.abc import Collection
from dataclasses import dataclass

from django.db import DatabaseError, connection, transaction

from core import clock, outbox
from core.late import Late
from core.models import OutboxJob, PrintProgress
from core.models.outbox_job import JobState

STEPS = ("Waiting for its turn", "Putting its words together", "Reading it", "Laying out its pages", "Drawing its pages", "Keeping it")
LAST = len(STEPS) - 1
MOST_SET_ASIDE = 100
EVERY_SECONDS = 1.0
NO_ROOM = "There is no room left on the disk."
UNKNOWN = "Something went wrong that the service has no words for; its log has."
structlog = Late("structlog")


def due(kind: str, subject: str, *, due_at=None) -> None:
    """Write that a document is due to be printed, and that nothing of it is done."""
    outbox.enqueue_all(kind, {str(subject): due_at or clock.now()})
    expect(kind, subject)


def expect(kind: str, subject: str) -> None:
    """Make room for how far the printing of one document will be."""
    PrintProgress.objects.bulk_create([PrintProgress(kind=kind, subject=str(subject))], ignore_conflicts=True)


class Telling:
    """Writes down how far one document is: each step at once, and its pages at most once a second."""

    def __init__(self, kind: str, subject: str):
        self.kind, self.subject, self.step, self.told_at = kind, str(subject), 0, 0.0

    def __call__(self, *, step: int, done: int = 0, of: int = 0) -> None:
        """So many pages of a step are done, of so many where that is known."""
        if step <= self.step and time.monotonic() - self.told_at < EVERY_SECONDS:
            return
        # Pages may be gone through twice, where one names the number of another; nobody sees it go back.
        self.step, self.told_at = max(step, self.step), time.monotonic()
        beside = threading.Thread(target=self._write, args=(self.step, done, of))
        beside.start()
        beside.join()

    def _write(self, step: int, done: int, of: int) -> None:
        """In a thread, and so on a connection of its own; a row that is held is passed over, and nothing waits."""
        try:
            with transaction.atomic():
                rows = PrintProgress.objects.select_for_update(of=("self",), skip_locked=True)
                row = rows.filter(kind=self.kind, subject=self.subject).first()
                if row is not None:
                    row.step, row.done, row.of = step, done, of
                    row.save(update_fields=["step", "done", "of"])
        except DatabaseError:
            # How far it is is for the eye alone: the work goes on.
            structlog.get_logger().exception("progress was not written down", kind=self.kind, subject=self.subject)
        finally:
            connection.close()


@dataclass(frozen=True)
class Printing:
    """One document that is not printed yet: how far it is, or why it was set aside."""

    kind: str
    subject: str
    step: int = 0
    done: int = 0
    of: int = 0
    tries: int = 0
    problem: str = ""

    @property
    def is_at_work(self) -> bool:
        """Whether the service is busy with it, or soon will be."""
        return not self.problem

    @property
    def words(self) -> str:
        """What is being done."""
        return STEPS[min(self.step, LAST)]

    @property
    def number(self) -> int:
        """Which step it is in, counted from one; nought while it waits."""
        return min(self.step, LAST)

    @property
    def most(self) -> int:
        """Of how many steps."""
        return LAST

    @property
    def percent(self) -> int:
        """How many of the steps are done, and of the step it is in as much as is known."""
        if not self.step:
            return 0
        return int(100 * (self.step - 1 + (self.done / self.of if self.of else 0)) / LAST)


def printing_of(kind: str, subject: str) -> Printing | None:
    """How far one document is on its way to paper; None where it is printed, or not due yet."""
    return next(iter(printings(kind, [str(subject)])), None)


def printings(kind: str, subjects: Collection[str]) -> list[Printing]:
    """The same for some documents of a kind: those that are due and not printed, one each."""
    jobs = OutboxJob.objects.filter(kind=kind, subject__in=list(subjects), due_at__lte=clock.now()).exclude(state=JobState.DONE)
    far = {row.subject: row for row in PrintProgress.objects.filter(kind=kind, subject__in=list(subjects))}
    return [_printing(job, far.get(job.subject)) for job in jobs.order_by("due_at", "pk")]


def set_aside(*kinds: str) -> list[Printing]:
    """Documents of some kinds that could not be printed and wait for a person, the longest due first."""
    jobs = OutboxJob.objects.filter(kind__in=kinds, state=JobState.SET_ASIDE, due_at__lte=clock.now())
    return [_printing(job, None) for job in jobs.order_by("due_at", "pk")[:MOST_SET_ASIDE]]


def _printing(job: OutboxJob, far: PrintProgress | None) -> Printing:
    """One job and how far it is."""
    if job.state == JobState.SET_ASIDE:
        return Printing(job.kind, job.subject, tries=job.attempts, problem=in_words(job.last_error))
    if far is None or job.state == JobState.WAITING:
        return Printing(job.kind, job.subject, tries=job.attempts)
    return Printing(job.kind, job.subject, far.step, far.done, far.of, job.attempts)


def in_words(error: str) -> str:
    """Why a job failed, as people read it: the printer's own sentence, or a plain one."""
    kind, _, words = error.partition(": ")
    if kind == "NotPrinted":
        return words
    return NO_ROOM if "No space left" in error or "Errno 28" in error else UNKNOWN
