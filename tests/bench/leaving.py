"""P14: files that leave, beside COPY, beside a list held whole, and beside openpyxl."""

import io
import re
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from core.sheets import csv_lines, sheet
from referrals.models import Referral
from tests.bench.fill import person
from tests.bench.measure import Result, ratios
from tests.bench.peers import leaving as peers

MOST, CELLS = 200_000, 5_000


def leaving() -> Iterator[Result]:
    """A file of many rows line by line, with the rule of who may see; what it adds to memory; its first bytes; a workbook."""
    someone = person("head_of_service")
    seen = Referral.objects.visible_to(someone).values_list(*peers.COLUMNS)[:MOST]
    many = seen.count()

    def ours():
        with Path("/dev/null").open("wb") as kept:
            for line in csv_lines(peers.COLUMNS, seen.iterator(chunk_size=2000)):
                kept.write(line)

    with Path("/dev/null").open("wb") as kept:
        copy = partial(peers.copy, f"authority_id = {someone.acting.authority_id}", MOST, kept)
        yield Result("P14", f"CSV of {many:,} rows: rows a second to COPY", ratios(copy, ours, n=1), 1, 0.3, at_least=True,
                     note="ours: the rule of who may see, and formulas defused; COPY: neither")  # fmt: skip
    grew = [_grows_by(ours) for _ in range(3)]
    held = _grows_by(partial(peers.held_whole, many))
    yield Result("P14", "memory that the CSV adds", grew, 3, 20, unit="MB", note=f"a list held whole adds {held:.0f} MB")
    yield Result("P14", "first bytes of the CSV", [_first(seen) for _ in range(5)], 5, 300, unit="ms")
    heads, rows = list(peers.COLUMNS), [[str(cell) for cell in row] for row in seen[:CELLS]]
    found = ratios(partial(peers.workbook, heads, rows), lambda: sheet(title="Rows", says="Rows", heads=heads, rows=rows), n=1)
    yield Result("P14", f"workbook of {len(rows):,} rows: rows a second to openpyxl write-only", found, 1, 0.8, at_least=True)


def _grows_by(work) -> float:
    """How many MB more this process holds at its most while something is done."""
    Path("/proc/self/clear_refs").write_text("5")
    before = _held("VmRSS")
    work()
    return max(_held("VmHWM") - before, 0.0)


def _held(name: str) -> float:
    return int(re.search(rf"^{name}:\s+(\d+)", Path("/proc/self/status").read_text(), re.M)[1]) / 1024


def _first(seen) -> float:
    """How many ms until the first line with a row is there."""
    began, kept = time.perf_counter(), io.BytesIO()
    for line in csv_lines(peers.COLUMNS, seen.iterator(chunk_size=2000)):
        kept.write(line)
        if kept.tell() > 200:
            break
    return (time.perf_counter() - began) * 1000
