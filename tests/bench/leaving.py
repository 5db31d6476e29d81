"""P14: files that leave, beside COPY, beside a list held whole, and beside openpyxl."""

import re
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from core.copied import csv_of
from core.sheets import sheet
from referrals.models import Referral
from tests.bench.fill import person
from tests.bench.measure import Result, ratios
from tests.bench.peers import leaving as peers

MOST, CELLS = 200_000, 5_000


def leaving() -> Iterator[Result]:
    """A file of many rows line by line, with the rule of who may see; what it adds to memory; its first bytes; a workbook."""
    someone = person("head_of_service")
    seen = Referral.objects.visible_to(someone)[:MOST]
    many = seen.count()

    def ours():
        with Path("/dev/null").open("wb") as kept:
            for part in csv_of(peers.COLUMNS, seen, *peers.COLUMNS):
                kept.write(part)

    with Path("/dev/null").open("wb") as kept:
        # As many rows of the same authority, sent as these are; those kept from this reader are among them.
        copy = partial(peers.copy, f"authority_id = {someone.acting.authority_id} AND sent_at IS NOT NULL", many, kept)
        yield Result("P14", f"CSV of {many:,} rows: rows a second to COPY", ratios(copy, ours, n=3), 3, 0.3, at_least=True,
                     note="ours: the rule of who may see, and formulas defused; COPY of as many rows: neither")  # fmt: skip
    grew = [_grows_by(ours) for _ in range(3)]
    held = _grows_by(partial(peers.held_whole, many))
    yield Result("P14", "memory that the CSV adds", grew, 3, 20, unit="MB", note=f"a list held whole adds {held:.0f} MB")
    yield Result("P14", "first bytes of the CSV", [_first(seen) for _ in range(5)], 5, 300, unit="ms")
    heads, rows = list(peers.COLUMNS), [[str(cell) for cell in row] for row in seen.values_list(*peers.COLUMNS)[:CELLS]]
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
    """How many ms until the first lines with rows are there."""
    began, parts = time.perf_counter(), csv_of(peers.COLUMNS, seen, *peers.COLUMNS)
    next(parts), next(parts)
    took = (time.perf_counter() - began) * 1000
    parts.close()
    return took
