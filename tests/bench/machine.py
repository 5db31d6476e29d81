"""The goals of memory, of starting, and of paper: fresh processes, by turns with a peer's."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from statistics import median

from django.conf import settings

from config.management.commands.measure_paper import long_document
from core import pdf
from tests.bench.fill import person
from tests.bench.measure import Result, percentile, took
from tests.bench.visiting import signed_in, visit

STARTS, PACKS, PAGES = 7, 3, 100


def _fresh(which: str) -> dict:
    """What a fresh process of ours, or of the bare peer, says of itself."""
    command = [sys.executable, "-m", "tests.bench.first_page", which]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"})
    return json.loads(done.stdout.strip().splitlines()[-1])


def starting() -> Iterator[Result]:
    """P11 and P12: memory after twenty pages, and the time to the first, beside a project of Django's own apps."""
    pairs = [(_fresh("ours"), _fresh("bare")) for _ in range(STARTS + 1)][1:]
    answered = {said["status"] for pair in pairs for said in pair}
    heavy = sorted({name for ours, _ in pairs for name in ours["heavy"]})
    never = [name for name in heavy if name in {"weasyprint", "openpyxl"}]
    note = f"answered {', '.join(sorted(answered))}; {'imports ' + ', '.join(heavy) if heavy else 'imports no library of paper'}"
    yield Result("P11", "memory of a web process (PSS) to bare Django", [a["megabytes"] / b["megabytes"] for a, b in pairs], STARTS, 2.0, note=note)
    yield Result("P12", "cold start to the first page, to bare Django", [a["seconds"] / b["seconds"] for a, b in pairs], STARTS, 2.0, note=note)
    yield Result("P12", "WeasyPrint and openpyxl in the web process", [float(len(never))], STARTS, 0, unit="")


def _page(pages: int) -> str:
    return pdf.page_of("core/print/measured.html", long_document(pages, pages // 3), title="A long document")


def _bare(page: str) -> dict:
    """The same page by bare WeasyPrint, in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.peers.paper", str(settings.BASE_DIR / "static")]
    return json.loads(subprocess.run(command, input=page, capture_output=True, text=True, check=True).stdout)


def packs() -> Iterator[Result]:
    """P6 and P7: a hundred pages by our printer and by bare WeasyPrint; three hundred beside thirty; and what they hold of memory."""
    page = _page(PAGES)
    pairs = [(took(partial(pdf.print_page, page)), took(partial(_bare, page))) for _ in range(PACKS + 1)][1:]
    yield Result("P6", f"{PAGES} pages by our printer to bare WeasyPrint", [a / b for a, b in pairs], PACKS, 1.10, note="both in a process of their own")
    short, long = _page(30), _page(300)
    heard = [(pdf.print_page(long).took, pdf.print_page(short).took)]
    per_page = [(a["seconds"] / a["pages"]) / (b["seconds"] / b["pages"]) for a, b in heard]
    yield Result("P7", "work a page at 300 pages to that at 30", per_page, 1, 1.1)
    yield Result("P7", "memory at 300 pages with 100 charts", [float(a["megabytes"]) for a, _ in heard], 1, 250, unit="MB")


def two_at_once() -> Iterator[Result]:
    """P8 and P16: two packs beside one after another, and what a reader of lists waits meanwhile."""
    page, found = _page(PAGES), []
    for _ in range(3):
        one = took(partial(pdf.print_page, page))
        with ThreadPoolExecutor(2) as pool:
            both = took(lambda: list(pool.map(pdf.print_page, [page, page])))
        found.append(2 * one / both)
    yield Result("P8", "pages a second of two packs at once to one", found, 3, 1.6, at_least=True, note=f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    look = visit(signed_in(person("head_of_service")), "/referrals?queue=all")
    ratios = []
    for _ in range(3):
        idle = percentile([took(look) for _ in range(40)], 0.95)
        ratios.append(_while_printing(look, page) / idle)
    yield Result("P16", "p95 of the list while two packs are printed to idle", ratios, 3, 2.5, note=f"median {median(ratios):.2f}")


def _while_printing(look, page: str) -> float:
    """The list's p95 while two packs are being printed."""
    printers = [threading.Thread(target=partial(pdf.print_page, page)) for _ in range(2)]
    for printer in printers:
        printer.start()
    time.sleep(0.5)
    seconds = []
    while any(printer.is_alive() for printer in printers):
        seconds.append(took(look))
    for printer in printers:
        printer.join()
    return percentile(seconds, 0.95)

