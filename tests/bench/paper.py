"""The goals of paper: our printer beside bare WeasyPrint, a pack's whole job, two at once, and what a reader of lists waits meanwhile."""

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from unittest import mock

from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from config.management.commands.measure_paper import long_document
from core import clock, files, pdf
from core.models import Authority
from kpis.actions import pack as deeds
from tests.bench.fill import person
from tests.bench.measure import IS_QUICK, Result, percentile, took
from tests.bench.visiting import signed_in, visit
from tests.panels.builders import a_called_meeting, a_steering_group
from tests.people import Borough

PACKS, PAGES, SHORT, LONG = (1, 30, 20, 150) if IS_QUICK else (2, 50, 30, 300)
MEETS_IN = 45


def _page(pages: int) -> str:
    return pdf.page_of("core/print/measured.html", long_document(pages, pages // 3), title="A long document")


def _prose(pages: int) -> str:
    """A document of about so many pages of words alone."""
    facts = long_document(pages, 0)
    for section in facts["sections"]:
        section["words"], section["rows"] = section["words"] * 4, []
    return pdf.page_of("core/print/measured.html", facts, title="A long document")


def _bare(page: str) -> dict:
    """The same page by bare WeasyPrint, in a process of its own that gives way as our printer does."""
    command = ["nice", "-n", "10", sys.executable, "-m", "tests.bench.peers.paper", str(settings.BASE_DIR / "static")]
    return json.loads(subprocess.run(command, input=page, capture_output=True, text=True, check=True).stdout)


def packs() -> Iterator[Result]:
    """P6 and P7: a hundred pages by us and by bare WeasyPrint; a real pack's whole job; three hundred pages beside thirty."""
    page = _page(PAGES)
    alike = _bare(page)["bytes"] / pdf.print_page(page).took["bytes"]
    pairs = [(took(partial(_made_and_kept, PAGES)), took(partial(_bare, page))) for _ in range(PACKS)]
    yield Result("P6", f"{PAGES} pages made, printed, stored and hashed, to bare WeasyPrint", [a / b for a, b in pairs], PACKS, 1.10, note=f"each in a process of its own; its file is {alike:.3f} times ours")
    yield from _whole_job()
    long, short = pdf.print_page(_page(LONG)).took, pdf.print_page(_page(SHORT)).took
    yield Result("P7", f"work a page at {LONG} pages to that at {SHORT}", [(long["seconds"] / long["pages"]) / (short["seconds"] / short["pages"])], 1, 1.1)
    note = "" if IS_QUICK else f"bare WeasyPrint holds {_bare(_page(LONG))['megabytes']} MB on the same page"
    yield Result("P7", f"memory at {LONG} pages, a table on each and {LONG // 3} charts", [float(long["megabytes"])], 1, 250, unit="MB", note=note)
    plain = pdf.print_page(_prose(LONG)).took
    yield Result("P7", f"memory at {plain['pages']} pages of prose", [float(plain["megabytes"])], 1, 250, unit="MB")


def _made_and_kept(pages: int) -> None:
    """A document from its facts to its row."""
    with transaction.atomic():
        content = pdf.print_page(_page(pages)).content
        files.store(content, name="measured.pdf", media_type="application/pdf", authority=Authority.objects.first())
        transaction.set_rollback(True)


def _whole_job() -> Iterator[Result]:
    """A steering group's pack frozen, checked, printed, stored, circulated and told to the trail, beside the same page by bare WeasyPrint; nothing is kept."""
    found, questions = [], 0
    for _ in range(PACKS):
        with transaction.atomic():
            meeting = due_pack()
            with mock.patch("core.pdf.print_page", wraps=pdf.print_page) as printed, CaptureQueriesContext(connection) as asked:
                ours = took(partial(deeds.issue_pack, meeting.reference))
            transaction.set_rollback(True)
        found.append(ours / sum(took(partial(_bare, page)) for page in (call.args[0] for call in printed.call_args_list)))
        questions = len(asked)
    yield Result("P6", "a steering group's pack, whole job, to bare WeasyPrint", found, PACKS, 1.10, note=f"{questions} questions, figures and the trail among them")
    yield Result("P3", "queries of a pack", [float(questions)], 1, 30, unit="")


def due_pack():
    """A meeting of a new steering group of the largest authority, its pack planned and drafted, on the day it is circulated."""
    names = ("chair", "head_of_service", "service_manager", "provider_manager", "panel_administrator")
    people = {name: person(name) for name in names}
    admin = people["panel_administrator"]
    borough = Borough(admin.acting.authority, admin.organisation, people["provider_manager"].organisation, None, None, people)
    meeting = a_called_meeting(borough, a_steering_group(borough), on=clock.today() + timedelta(days=MEETS_IN))
    deeds.plan_pack(meeting, by=None)
    deeds.draft_pack(meeting.reference)
    deeds.freeze_pack(meeting.reference)
    return meeting


def two_at_once() -> Iterator[Result]:
    """P8 and P16: two packs beside one after another, and what a reader of lists waits meanwhile."""
    page, found = _page(PAGES), []
    for _ in range(PACKS):
        one = took(partial(pdf.print_page, page))
        with ThreadPoolExecutor(2) as pool:
            both = took(lambda: list(pool.map(pdf.print_page, [page, page])))
        found.append(2 * one / both)
    yield Result("P8", "pages a second of two packs at once to one", found, PACKS, 1.6, at_least=True, note=f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}")
    look = visit(signed_in(person("head_of_service")), "/referrals?queue=all")
    ratios = []
    for _ in range(PACKS):
        idle = percentile([took(look) for _ in range(40)], 0.95)
        ratios.append(_while_printing(look, page) / idle)
    yield Result("P16", "p95 of the list while two packs are printed to idle", ratios, PACKS, 2.5, note="printers are at nice 10")


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

