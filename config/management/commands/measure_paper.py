"""Measure the printer by a long document: how long it works, and how much memory it holds at most."""

import os
import time

from django.core.management.base import BaseCommand

from core import pdf
from core.dates import MONTHS
from core.xmr_chart import Period, Stretch, xmr_chart

GOAL_SECONDS, GOAL_MEGABYTES = 45, 400
LINES_OF_CONTENTS = 52
WORDS = (
    "The typical wait stayed within what chance alone explains, and the longest of them ended in the last month. "
    "Two homes opened, one closed for repairs, and what was agreed at the last meeting has been done by those who were asked to do it. "
)


def long_document(pages: int, charts: int) -> dict:
    """The facts of a document of about so many pages, so many of them with a chart, its sentence and its table."""
    many = pages - _of_contents(pages)
    return {"sections": [_section(n, has_chart=n * charts // many != (n + 1) * charts // many) for n in range(many)]}


def _of_contents(pages: int) -> int:
    """How many of the pages the contents take."""
    return -(-pages // LINES_OF_CONTENTS)


def _section(n: int, *, has_chart: bool) -> dict:
    """One section, a page long."""
    values = [20 + (n * 7 + month * 5) % 13 for month in range(12)]
    rows = [
        {"name": f"{MONTHS[at]} 2026", "value": value, "count": f"{value} of {value * 3}", "says": "As in the months before"}
        for at, value in enumerate(values)
    ]
    mean = sum(values) / len(values)
    points = [Period(MONTHS[at][:3], "2026" if at == 0 else "", value) for at, value in enumerate(values)]
    chart = xmr_chart(
        points, [Stretch(0, 12, mean, mean - 12, mean + 12)], [], title_id=f"chart-{n + 1}", words=lambda value: f"{value:g}"
    )  # fmt: skip
    return {"name": f"Measure {n + 1}", "words": WORDS, "rows": rows, "chart": chart if has_chart else ""}


def measured(pages: int, charts: int) -> dict:
    """Print such a document and say what it took: pages, seconds of work and by the clock, megabytes at most."""
    page = pdf.page_of("core/print/measured.html", long_document(pages, charts), title="A long document")
    began = time.monotonic()
    heard = pdf.print_page(page)
    return heard.took | {"charts": page.count("<figure>"), "clock": round(time.monotonic() - began, 1)}


class Command(BaseCommand):
    """Prints what a long document takes beside its goal; work is counted, so that a busy machine changes little."""

    help = "Measure the printer by a document of 200 pages with 60 charts."

    def add_arguments(self, parser):
        """How long a document."""
        parser.add_argument("--pages", type=int, default=200)
        parser.add_argument("--charts", type=int, default=60)

    def handle(self, *args, pages, charts, **options):
        """Measure, and print one line a number."""
        took = measured(pages, charts)
        self.stdout.write(f"{took['pages']} pages with {took['charts']} charts, {took['bytes'] / 1e6:.1f} MB")
        self.stdout.write(f"{took['seconds']:.1f} s of work, goal under {GOAL_SECONDS}; {took['clock']:.1f} s by the clock at load {os.getloadavg()[0]:.1f}")
        self.stdout.write(f"{took['megabytes']} MB at most, goal under {GOAL_MEGABYTES}")
