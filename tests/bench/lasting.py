"""P11: what processes hold of memory as they are served beside bare ones, and after they have worked for long."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from statistics import mean

from django.conf import settings

from core import clock, outbox
from tests.bench import machine, queue_app
from tests.bench.fill import person
from tests.bench.first_page import children_of, memory_of
from tests.bench.measure import IS_QUICK, Result
from tests.bench.over_http import get, served
from tests.bench.peers import queue as bare
from tests.bench.queue_app import NOTHING
from tests.bench.queueing import PROCESSES, nothing_left, until, waiting, working
from tests.bench.visiting import signed_in

ROUNDS, WARM, ASKED = (1, 80, 400) if IS_QUICK else (3, 400, 10_000)
FIRST_PACKS, PACKS = (2, 6) if IS_QUICK else (5, 100)
WEB_PROCESSES, JOBS = 3, 40
IN_EARNEST = {"DJANGO_SETTINGS_MODULE": "config.settings"}
# Pages that write nothing, not even that they were read: the trail would keep ten thousand rows.
PAGES = ("/referrals?queue=all", "/children", "/meetings", "/places", "/contracts", "/reports", "/panels", "/help")


def memory() -> Iterator[Result]:
    """One fresh process and its start; then processes that serve, the worker's, and those that have worked for long."""
    yield from machine.starting()
    web = [_web("config.wsgi") / _web("tests.bench.peers.bare:start()") for _ in range(ROUNDS)]
    yield Result("P11", "memory of one of the web's processes, as they are served, to bare Django", web, WEB_PROCESSES, 2.0,
                 note=f"PSS of {WEB_PROCESSES} copied from one that has loaded all, as the image starts them; bare Django the same way, its collector of rubbish left as it is")  # fmt: skip
    children = [_of_worker() / _of_bare_worker() for _ in range(ROUNDS)]
    yield Result("P11", "memory of a worker's process (PSS) to bare Celery", children, PROCESSES, 2.0, note=f"each of {PROCESSES} after {JOBS} jobs; bare Celery knows no Django, and its collector of rubbish is left as it is")
    yield Result("P11", f"web process after {ASKED:,} pages to after {WARM}", [_web_grows()], ASKED, 1.1, note=f"RSS; by turns {len(PAGES)} pages that write nothing, over HTTP")
    packs = _packs_grow()
    yield Result("P11", f"process that makes packs after {PACKS} to after {FIRST_PACKS}", [packs["after"] / packs["warm"]], PACKS, 1.1,
                 note=f"RSS, {packs['after']:.0f} MB; each pack is printed by a process of its own that ends with it")  # fmt: skip


def _web(application: str) -> float:
    """What one of the processes that serve holds, once each has answered some pages."""
    with served(application, "--preload", workers=WEB_PROCESSES, **IN_EARNEST) as (port, first):
        for _ in range(20 * WEB_PROCESSES):
            get(port, "/health/ready")
        return mean(memory_of(process) for process in children_of(first))


def _web_grows() -> float:
    """What one process that serves holds after many pages, to what it held after a few."""
    cookie = f"{settings.SESSION_COOKIE_NAME}={signed_in(person('head_of_service')).cookies[settings.SESSION_COOKIE_NAME].value}"
    with served("config.wsgi", workers=1, **IN_EARNEST) as (port, first):
        held = []
        for many in (WARM, ASKED):
            for page in islice(cycle(PAGES), many):
                get(port, page, cookie)
            held.append(memory_of(children_of(first)[0], "Rss"))
    return held[1] / held[0]


def _of_worker() -> float:
    """What a process of our worker holds, once jobs were done out of the outbox."""
    with nothing_left(), working() as worker:
        outbox.enqueue_all(NOTHING, {f"m{n}": clock.now() for n in range(JOBS)})
        for _ in range(2 * PROCESSES):
            queue_app.app.send_task("core.sweep")
        until(lambda: not waiting(), 60)
        return mean(memory_of(process) for process in children_of(worker))


def _of_bare_worker() -> float:
    """The same of a worker that is Celery alone, once as many jobs were done by it."""
    bare.app.conf.broker_url = settings.CELERY_BROKER_URL
    command = ["nice", "-n", "10", sys.executable, "-m", "celery", "-A", "tests.bench.peers.queue", "worker", "-c", str(PROCESSES), "-l", "WARNING"]
    told = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"} | {"BARE_BROKER": settings.CELERY_BROKER_URL}
    with (Path(os.environ["THROUGHLINE_VAR"]) / "bench-bare.log").open("w") as log, subprocess.Popen(command, stdout=log, stderr=log, env=told) as worker:
        try:
            for _ in range(JOBS):
                bare.nothing.delay()
            until(lambda: int(queue_app.counter().get(bare.DONE) or 0) >= JOBS, 90)
            return mean(memory_of(process) for process in children_of(worker.pid))
        finally:
            queue_app.counter().delete(bare.DONE)
            worker.terminate()
            worker.wait(90)


def _packs_grow() -> dict:
    """What a process holds after its first packs, and after many."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tests.bench.pack_maker", str(FIRST_PACKS), str(PACKS)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ | {"THROUGHLINE_FILES": folder})
    return json.loads(done.stdout.strip().splitlines()[-1])
