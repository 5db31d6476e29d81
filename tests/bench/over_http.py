"""P1 again, over HTTP: eight clients at once ask two processes that serve the product, beside the empty view asked the same way."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from http.client import HTTPConnection
from pathlib import Path

from django.conf import settings

from tests.bench.fill import person
from tests.bench.measure import IS_QUICK, ROUNDS, Result
from tests.bench.visiting import signed_in

CLIENTS, EACH, WORKERS = 8, 8 if IS_QUICK else 12, 2
NOTE = f"{WORKERS} processes that serve, and the clients, share the machine’s cores"


def by_http() -> Iterator[Result]:
    """What eight clients get a second of the empty view, to what they get of the list."""
    cookie = f"{settings.SESSION_COOKIE_NAME}={signed_in(person('head_of_service')).cookies[settings.SESSION_COOKIE_NAME].value}"
    with served("config.wsgi", workers=WORKERS) as (port, _):
        ask = partial(_answers_a_second, port, cookie)
        for address in ("/bench/empty", "/referrals?queue=all"):
            ask(address)
        pairs = [(ask("/bench/empty"), ask("/referrals?queue=all")) for _ in range(ROUNDS)]
    yield Result("P1", f"list of 50 over HTTP, {CLIENTS} clients, to empty view", [empty / ours for empty, ours in pairs], CLIENTS * EACH, 4.0, note=NOTE)


def _answers_a_second(port: int, cookie: str, address: str) -> float:
    """So many clients at once, each asking one time after another."""

    def one_client(_) -> None:
        for _ in range(EACH):
            get(port, address, cookie)

    began = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        list(pool.map(one_client, range(CLIENTS)))
    return CLIENTS * EACH / (time.perf_counter() - began)


def get(port: int, address: str, cookie: str = "") -> None:
    """One page over HTTP; it stops the benchmark where it is not answered well."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", address, headers={"Cookie": cookie, "Host": "testserver"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 200:
        raise RuntimeError(f"{address} answered {answer.status}")


@contextmanager
def served(application: str, *more: str, workers: int, **environment: str) -> Iterator[tuple[int, int]]:
    """An application as it is served, until the end: its port, and the process that the others come from."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", application, "-b", f"127.0.0.1:{port}", "-w", str(workers), "--no-control-socket", "--log-level", "error", *more]
    told = os.environ | environment
    with (Path(os.environ["THROUGHLINE_VAR"]) / "bench-web.log").open("w") as log, subprocess.Popen(command, stdout=log, stderr=log, env=told) as server:
        try:
            _answers(port)
            yield port, server.pid
        finally:
            server.terminate()
            server.wait(30)


def _answers(port: int) -> None:
    """Wait until somebody listens."""
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the web server did not begin in time")
