"""Plain functions: no Django, no clock, importable by an analyst."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMED = ["core/dates.py", "core/figures.py", "core/money.py", "core/readings.py", "core/rules.py"]
NAMED += ["core/working_days.py", "kpis/ssda903.py"]
PLAIN = sorted(
    path for path in [*(ROOT / name for name in NAMED), *ROOT.glob("*/rules/*.py")] if path.exists()
)
CLOCK = re.compile(r"\b(date\.today|datetime\.(now|today|utcnow)|time\.time|clock\.)\b")

BLOCKED = """
import importlib, sys
sys.modules["django"] = None
for name in sys.argv[1:]:
    importlib.import_module(name)
print(len(sys.argv) - 1)
"""


def module_name(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported_without_django(*names):
    return subprocess.run(
        [sys.executable, "-c", BLOCKED, *names],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_plain_module_is_imported_with_django_blocked():
    result = imported_without_django(*map(module_name, PLAIN))

    assert (result.stdout.strip(), result.stderr) == (str(len(PLAIN)), "")


def test_the_block_really_blocks():
    result = imported_without_django("referrals.choices")

    assert "No module named 'django" in result.stderr


@pytest.mark.parametrize("path", PLAIN, ids=module_name)
def test_no_plain_module_reads_a_clock(path):
    assert CLOCK.search(path.read_text()) is None
