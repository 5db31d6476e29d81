"""A fresh process that starts one of the two projects and answers its first page: `ours` or `bare`. Says what it took as JSON."""

# ruff: noqa: T201, PLC0415 - it speaks to the benchmark, and only what is asked for is imported
import json
import os
import re
import sys
import time
from io import BytesIO
from pathlib import Path


def answer(application, page: str = "/health/ready") -> str:
    """One page, asked for the way a web server asks."""
    said = []
    asked = {
        "REQUEST_METHOD": "GET", "PATH_INFO": page, "SERVER_NAME": "localhost", "SERVER_PORT": "80", "wsgi.input": BytesIO(), "wsgi.url_scheme": "http",
        "wsgi.errors": sys.stderr, "wsgi.version": (1, 0), "wsgi.multithread": False, "wsgi.multiprocess": True, "wsgi.run_once": False,
        "QUERY_STRING": "", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "localhost",
    }  # fmt: skip
    list(application(asked, lambda status, headers: said.append(status)))
    return said[0]


def start(which: str):
    """The application of ours, or of the bare peer."""
    if which == "bare":
        from tests.bench.peers import bare

        return bare.start()
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    from config.wsgi import application

    return application


def memory_of(process: int | str, what: str = "Pss") -> float:
    """What a process holds of memory, in MB, as the kernel counts it: `Pss`, its share of what several hold, or `Rss`, all of it."""
    return int(re.search(rf"^{what}:\s+(\d+)", Path(f"/proc/{process}/smaps_rollup").read_text(), re.M)[1]) / 1024


def children_of(process: int) -> list[int]:
    """The processes that a process started."""
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


if __name__ == "__main__":
    began = time.perf_counter()
    application = start(sys.argv[1])
    status = answer(application)
    seconds = time.perf_counter() - began
    for _ in range(20):
        answer(application)
    heavy = [name for name in ("weasyprint", "openpyxl", "docx", "xlsxwriter") if name in sys.modules]
    print(json.dumps({"seconds": seconds, "status": status, "megabytes": memory_of("self"), "heavy": heavy}))
