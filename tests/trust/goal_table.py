"""Reads the tests that prove goals, alone with --goals, and prints what was tried and found of each.

Two processes may make half of them each (--half); what each was told is put together by `python -m tests.trust.goal_table`.
"""

import json
import os
import sys
import textwrap
from collections import defaultdict
from pathlib import Path

import pytest

from tests import shares
from tests.trust.register import Goal, goals, within

COLUMNS = {"goal": 32, "what was tried": 40, "how often": 14, "expected": 28, "found": 30, "control": 22}
AT_LENGTH = bool(os.environ.get("THROUGHLINE_FULL"))
# The files of the second half, which take about as long as all the others.
SECOND = ("tests/trust/", "tests/at_once/", "tests/once/", "tests/journeys/")


def pytest_addoption(parser):
    """Ask for the goals alone, or for half of them."""
    parser.addoption("--goals", action="store_true", help="only the tests that prove goals of trust, with a table of them")
    parser.addoption("--half", type=int, choices=[1, 2], help="with --goals, half of them")
    parser.addoption("--told", type=Path, help="where what was told is kept, instead of printing the table")


def pytest_configure(config):
    """With --goals and no word of where, the files of the register are read and no others."""
    shares.begin()
    config.goals_told = Told()
    config.pluginmanager.register(config.goals_told, "goals-told")
    if config.option.goals and config.args_source == pytest.Config.ArgsSource.TESTPATHS:
        config.args[:] = files_of(config.option.half)


def files_of(half: int | None) -> list[str]:
    """The files of the register, or those of one half."""
    files = sorted({place.split("::")[0] for goal in goals().values() for place in goal.places})
    return [file for file in files if half is None or file.startswith(SECOND) == (half == 2)]


def pytest_report_header():
    """The number of this run, by which the same shares are made again."""
    return f"THROUGHLINE_SEED={shares.seed()}"


def asked_for(node: str) -> bool:
    """Whether a test is part of this run of the goals."""
    return any(
        within(node, [*goal.proofs, *goal.controls]) or (AT_LENGTH and within(node, goal.at_length)) for goal in goals().values()
    )


def pytest_collection_modifyitems(config, items):
    """With --goals, every other test is left out."""
    if config.option.goals:
        left_out = [item for item in items if not asked_for(item.nodeid)]
        items[:] = [item for item in items if asked_for(item.nodeid)]
        config.hook.pytest_deselected(items=left_out)


@pytest.fixture
def tried(request):
    """Tell the table what was tried: `tried("G32", "edits", count=200, expected="all found", found="200")`."""

    def tell(goal: str, what: str, *, count: int, expected: str, found: str) -> None:
        request.node.user_properties.append(("tried", (goal, what, count, expected, found)))

    return tell


class Told:
    """What became of each test that proves something."""

    def __init__(self):
        self.tried, self.came_to = defaultdict(list), {}

    def keep(self, path: Path) -> None:
        """Write it down for whoever puts the halves together."""
        path.write_text(json.dumps([self.tried, self.came_to]))

    def put_together(self, path: Path) -> None:
        """Add what another process was told."""
        tried, came_to = json.loads(path.read_text())
        self.came_to |= came_to
        for goal, told in tried.items():
            self.tried[goal] += told

    def pytest_runtest_logreport(self, report):
        """Remember how it ended, and what it told."""
        if report.when == "call" or report.failed or report.skipped:
            failed_before = self.came_to.get(report.nodeid) == "failed"
            self.came_to[report.nodeid] = "failed" if failed_before else report.outcome
        if report.when == "call":
            for goal, *told in (value for name, value in report.user_properties if name == "tried"):
                self.tried[goal].append(told)

    def of(self, places) -> dict[str, str]:
        """How the tests of these places ended."""
        return {node: outcome for node, outcome in self.came_to.items() if within(node, places)}

    def row(self, goal: Goal) -> list[str]:
        """One line of the table."""
        told = self.tried[goal.id]
        controls = self.of(goal.controls)
        proofs = {node: how for node, how in self.of([*goal.proofs, *goal.at_length]).items() if node not in controls}
        often = sum(count for _, count, *_ in told)
        return [
            f"{goal.id} {goal.promise}", "; ".join([goal.tried, *(f"{what} ({count:,})" for what, count, *_ in told)]) if goal.proofs else "not yet",
            f"{often:,} in {len(proofs)} tests" if often else f"{len(proofs)} tests" if proofs else "",
            goal.expected, _found(goal, proofs, [found for *_, found in told]), _control(goal, controls),
        ]  # fmt: skip

    def lines(self) -> list[str]:
        """The whole table."""
        found = [_cells(list(COLUMNS)), "-" * (sum(COLUMNS.values()) + 3 * (len(COLUMNS) - 1))]
        for goal in goals().values():
            found.append(_cells(self.row(goal)))
        return found

    def in_short(self) -> str:
        """One sentence."""
        rows = [(goal, self.row(goal)) for goal in goals().values()]
        broken = [goal.id for goal, row in rows if "BROKEN" in row[4] or "STAYED GREEN" in row[5]]
        not_run = [goal.id for goal, row in rows if goal.id not in broken and "NOT RUN" in row[4] + row[5]]
        built = [goal for goal, _ in rows if goal.proofs]
        return (
            f"{len(built) - len(broken) - len(not_run)} of {len(rows)} goals hold as far as they are tried, {len(rows) - len(built)} not yet"
            f" ({', '.join(goal.id for goal, _ in rows if not goal.proofs)}). Broken: {', '.join(broken) or 'none'}."
            f" Not run, or not all of it: {', '.join(not_run) or 'none'}."
        )


def _found(goal, proofs, told) -> str:
    broken = [node.split("::")[-1] for node, how in proofs.items() if how == "failed"]
    if broken:
        return f"BROKEN: {', '.join(broken[:3])}"
    passed = sum(how == "passed" for how in proofs.values())
    if not goal.proofs:
        return ""
    held = f"held in {passed} of {len(proofs)}" if proofs else "NOT RUN"
    return "; ".join([held, *told])


def _control(goal, controls) -> str:
    if not goal.controls:
        return " ".join(goal.remarks)
    red = sum(how == "passed" for how in controls.values())
    return f"went red, {red} of {red}" if controls and red == len(controls) else f"STAYED GREEN: {len(controls) - red}" if controls else "NOT RUN"


def _cells(texts) -> str:
    columns = [textwrap.wrap(text, width) or [""] for text, width in zip(texts, COLUMNS.values(), strict=True)]
    deep = max(map(len, columns))
    return "\n".join(
        "   ".join((column[n] if n < len(column) else "").ljust(width) for column, width in zip(columns, COLUMNS.values(), strict=True)).rstrip()
        for n in range(deep)
    )


def pytest_terminal_summary(terminalreporter, config):
    """The table, after a run of the goals or of everything."""
    whole = config.args_source == pytest.Config.ArgsSource.TESTPATHS
    if config.option.told:
        config.goals_told.keep(config.option.told)
    elif config.option.goals or whole:
        terminalreporter.section(title())
        terminalreporter.write(table(config.goals_told))


def title() -> str:
    """How much was tried."""
    return f"goals of trust ({'full counts' if AT_LENGTH else f'reduced counts, seed {shares.seed()}; --full makes every share'})"


def table(told: Told) -> str:
    """The whole table, and one sentence."""
    return "\n".join(told.lines()) + "\n\n" + told.in_short() + "\n"


if __name__ == "__main__":
    both = Told()
    for name in sys.argv[1:]:
        both.put_together(Path(name))
    sys.stdout.write(f"{f' {title()} ':=^100}\n{table(both)}")
