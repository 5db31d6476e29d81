"""The goals of memory and of starting: fresh processes, by turns with a peer's."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator

from tests.bench.measure import IS_QUICK, Result

STARTS = 5 if IS_QUICK else 7


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
    yield Result("P11", "memory of a fresh web process alone (PSS) to bare Django", [a["megabytes"] / b["megabytes"] for a, b in pairs], STARTS, 2.0, note=note)
    yield Result("P12", "cold start to the first page, to bare Django", [a["seconds"] / b["seconds"] for a, b in pairs], STARTS, 2.0, note=note)
    yield Result("P12", "WeasyPrint and openpyxl in the web process", [float(len(never))], STARTS, 0, unit="")
