"""The table at the end: every goal with its rounds, ratio, range, number, limit, and whether it was met; and on what it was measured."""

# ruff: noqa: T201 - it is what the command prints
import os
import platform
import subprocess
import sys
import time
import traceback
from collections.abc import Iterable

import django
import rest_framework
from django.db import connection

from tests.bench import (
    figures,
    goals,
    lasting,
    leaving,
    over_http,
    paper,
    places,
    queueing,
    searching,
    writes,
)
from tests.bench.fill import sizes
from tests.bench.measure import Result

HEADS = ["goal", "what", "rounds", "median", "range", "n", "limit", "", "note"]
MEASURED = {
    "P1": goals.lists, "HTTP": over_http.by_http, "P2": goals.growth, "P3": goals.counts, "P4": figures.dashboards, "P5": figures.freshness, "P6": paper.packs, "P8": paper.two_at_once,
    "P9": places.allocating, "P10": searching.searching, "P11": lasting.memory, "P13": writes.audited, "P14": leaving.leaving, "P15": queueing.queueing,
    "details": goals.details,
}  # fmt: skip


def report(size: int, named: list[str]) -> int:
    """Measure every goal, or those named, and print the table; give how many were missed."""
    found: list[Result] = []
    print(f"Measuring on {size:,} referrals.", flush=True)
    for name, measure in MEASURED.items():
        if not named or name in named:
            for result in _measured(name, measure):
                found.append(result)
                print("  " + "  ".join(result.cells()), flush=True)
    print("\n".join(["", *table(found), "", *circumstances()]), flush=True)
    missed = sum(not result.passes for result in found)
    print(f"{len(found) - missed} of {len(found)} met.", flush=True)
    return min(missed, 100)


def _measured(name: str, measure) -> Iterable[Result]:
    """A goal's results; one that cannot be measured says so, and the others go on."""
    began = time.monotonic()
    try:
        yield from measure()
    except Exception:
        traceback.print_exc()
        yield Result(name, "could not be measured; why is above", [float("nan")], 0, 0)
    print(f"  ({name} took {time.monotonic() - began:.0f} s; load {os.getloadavg()[0]:.1f})", flush=True)


def table(results: list[Result]) -> list[str]:
    """The results as lines of a table that can be pasted into a README."""
    rows = [HEADS, ["---"] * len(HEADS), *(result.cells() for result in results)]
    return ["| " + " | ".join(row) + " |" for row in rows]


def circumstances() -> list[str]:
    """The machine, its load, the versions and how much there was."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        postgres = cursor.fetchone()[0]
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False).stdout.strip() or "no commit"
    rows = ", ".join(f"{count:,} {table.partition('_')[2]}" for table, count in sizes().items())
    return [
        f"Load {', '.join(f'{load:.1f}' for load in os.getloadavg())} on {os.cpu_count()} cores.",
        f"Python {platform.python_version()}, Django {django.__version__}, REST framework {rest_framework.VERSION}, PostgreSQL {postgres}; commit {commit}; DEBUG off.",
        f"Rows: {rows}.",
    ]  # fmt: skip


if __name__ == "__main__":
    sys.exit(report(0, sys.argv[1:]))
