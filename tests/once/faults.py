"""Faults in a worker: at a named place, once for each, the worker, the database or the queue is killed with -9.

A fault is written "worker before core.pdf.render_pdf 2": who, when, where, and at which passing. What is switched off
for a control is in ONCE_CONTROL.
"""

import functools
import importlib
import os
import signal
import time
from pathlib import Path

from core import outbox, pdf, post
from core.models import OutboxJob
from core.models.outbox_job import JobState

HERE = Path(os.environ["ONCE_FOLDER"])


def kill(who: str) -> None:
    """End a process as a power cut would: this worker with all its children, the database, or the queue."""
    if who == "worker":
        os.killpg(0, signal.SIGKILL)
    os.kill(int((HERE / f"{who}.pid").read_text()), signal.SIGKILL)
    time.sleep(0.3)


def first_time(fault: str) -> bool:
    """Whether this fault has not happened yet; from now on it has."""
    try:
        os.close(os.open(HERE / "done" / fault.replace(" ", "-"), os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return False
    return True


def put_in(fault: str) -> None:
    """Have a fault happen at its place."""
    who, when, where, nth = fault.split()
    module, _, name = where.rpartition(".")
    holder = importlib.import_module(module)
    real, passed = getattr(holder, name), []

    @functools.wraps(real)
    def faulty(*args, **kwargs):
        passed.append(1)
        due = len(passed) == int(nth)
        if due and when == "before" and first_time(fault):
            kill(who)
        answer = real(*args, **kwargs)
        if due and when == "after" and first_time(fault):
            kill(who)
        return answer

    setattr(holder, name, faulty)


def slow_printing(seconds: float) -> None:
    """Printing takes so long that the queue has delivered its message again, and every lease has run out."""
    real = pdf.render_pdf

    def slow(*args, **kwargs):
        time.sleep(seconds)
        return real(*args, **kwargs)

    pdf.render_pdf = slow


def forgetful(job) -> bool:
    """Control: a job is marked done before it is done, as a queue does that is told at once that its message arrived."""
    OutboxJob.objects.filter(pk=job.pk).update(state=JobState.DONE)
    outbox._doers[job.kind](job)
    return True


def eager(jobs, moments=None) -> None:
    """Control: a letter whose sending was cut short is simply sent again."""
    for job in jobs:
        job.cut_short = False
    careful_delivery(jobs, moments)


careful_delivery = post.deliver_together
for _fault in filter(None, os.environ.get("ONCE_FAULTS", "").split(";")):
    put_in(_fault)
if float(os.environ.get("ONCE_SLOW", "0")):
    slow_printing(float(os.environ["ONCE_SLOW"]))
if os.environ.get("ONCE_CONTROL") == "forgetful":
    outbox.do = forgetful
if os.environ.get("ONCE_CONTROL") == "eager":
    post.deliver_together = eager
