"""P15 and half of P16: what the outbox adds to a deed, how fast it delivers beside the queue alone, when what is due begins, and whether the office feels it."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median

from django.db import connection, transaction
from django.http import QueryDict

from core import clock, outbox
from core.actions.session import hold_post
from core.models import OutboxJob
from tests.bench.fill import person
from tests.bench.measure import IS_QUICK, Result, by_turns, percentile, took
from tests.bench.queue_app import NOTHING, bare, counter
from tests.bench.visiting import signed_in, visit

JOBS, DUE, QUEUED, LOOKS, PROCESSES = 5_000, 40, 10_000, 60, 2
TIMES = 3
if IS_QUICK:
    JOBS, DUE, TIMES = 200, 20, 1


def queueing() -> Iterator[Result]:
    """The four, with a worker of two processes at nice 10 and the timetable as they run in earnest."""
    yield Result("P15", "what one job in the outbox adds to a deed", _adds(), 60, 1.0, unit="ms")
    with nothing_left(), working("-B"):
        rates = [_delivered() for _ in range(TIMES)]
        yield Result("P15", "jobs a second by the outbox to bare delay()", [ours / theirs for ours, theirs in rates], JOBS, 0.5, at_least=True,
                     note=f"{median(ours for ours, _ in rates):.0f} to {median(theirs for _, theirs in rates):.0f}; ours once, whoever dies, each in a transaction, claimed 25 at a time; with the wait for the timetable")  # fmt: skip
        waits = _begins_after()
        yield Result("P15", "what is due begins after, p95", [percentile(waits, 0.95)], len(waits), 2.0, unit="s", note=f"median {median(waits):.1f} s")
        found = _office()
        yield Result("P16", f"p95 of the list with {QUEUED:,} jobs queued to idle", found, LOOKS, 1.2)


def _adds() -> list[float]:
    """How many ms more a small deed takes with one job, round by round."""
    someone, nth = person("social_worker"), iter(range(1_000_000))

    def deed(*, with_job: bool):
        with transaction.atomic():
            hold_post("/", fields=QueryDict(f"n={next(nth)}"), by=someone)
            if with_job:
                outbox.enqueue(NOTHING, subject=f"a{next(nth)}", due_at=clock.now() + timedelta(days=900))

    with nothing_left():
        mine, theirs = by_turns(partial(deed, with_job=True), partial(deed, with_job=False), n=60)
    return [(a - b) * 1000 for a, b in zip(mine, theirs, strict=True)]


@contextmanager
def nothing_left():
    """No job of nothing before and after."""
    _clear()
    yield
    _clear()


def _clear() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM core_outboxjob WHERE kind = %s", [NOTHING])


@contextmanager
def working(*more: str):
    """A worker at nice 10 until the end, its own log beside the others; gives its process."""
    folder = Path(os.environ["THROUGHLINE_VAR"])
    command = [sys.executable, "-m", "celery", "-A", "tests.bench.queue_app", "worker", "-c", str(PROCESSES), "-l", "WARNING", *more, "-s", str(folder / "bench-beat")]
    with (folder / "bench-worker.log").open("w") as log, subprocess.Popen(["nice", "-n", "10", *command], stdout=log, stderr=log) as worker:
        try:
            bare.delay(0)
            until(lambda: int(counter().get("bench.bare") or 0) > 0, 60)
            yield worker.pid
        finally:
            counter().delete("bench.bare")
            worker.terminate()
            worker.wait(30)


def until(is_so, most: float) -> None:
    """Wait until something is so; it fails where it takes too long."""
    ends = time.monotonic() + most
    while not is_so():
        if time.monotonic() > ends:
            raise RuntimeError("the worker did not do it in time")
        time.sleep(0.02)


def waiting() -> int:
    return OutboxJob.objects.filter(kind=NOTHING, due_at__lte=clock.now()).exclude(state="done").count()


def _delivered() -> tuple[float, float]:
    """Jobs a second by the outbox, from the moment they are written until the last is done; and by the queue alone."""
    began = time.perf_counter()
    outbox.enqueue_all(NOTHING, {f"d{began}{n}": clock.now() for n in range(JOBS)})
    until(lambda: not waiting(), 180)
    ours = JOBS / (time.perf_counter() - began)
    counter().set("bench.bare", 0)
    began = time.perf_counter()
    for n in range(JOBS):
        bare.delay(n)
    until(lambda: int(counter().get("bench.bare")) >= JOBS, 180)
    return ours, JOBS / (time.perf_counter() - began)


def _begins_after() -> list[float]:
    """How many seconds after its moment each of some jobs is done, four of them due a second."""
    _clear()
    first = clock.now() + timedelta(seconds=1)
    outbox.enqueue_all(NOTHING, {f"w{n}": first + timedelta(seconds=n / 4) for n in range(DUE)})
    until(lambda: OutboxJob.objects.filter(kind=NOTHING, state="done").count() >= DUE, 60)
    rows = OutboxJob.objects.filter(kind=NOTHING).values_list("due_at", "done_at")
    return [(done - due).total_seconds() for due, done in rows]


def _office() -> list[float]:
    """The list's p95 while a worker goes through many jobs, to its p95 before."""
    look, found = visit(signed_in(person("head_of_service")), "/referrals?queue=all"), []
    for nth in range(TIMES):
        idle = percentile([took(look) for _ in range(LOOKS)], 0.95)
        outbox.enqueue_all(NOTHING, {f"q{nth}.{n}": clock.now() for n in range(QUEUED)})
        time.sleep(2)
        busy = percentile([took(look) for _ in range(LOOKS)], 0.95)
        _clear()
        found.append(busy / idle)
    return found
