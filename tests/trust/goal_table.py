"""Reads the tests that prove goals, alone with --goals, and prints what was tried and found of each."""

import os
import textwrap
from collections import defaultdict

import pytest

from tests import shares
from tests.trust.register import Goal, goals, within

COLUMNS = {"goal": 32, "what was tried": 40, "how often": 14, "expected": 28, "found": 30, "control": 22}
AT_LENGTH = bool(os.environ.get("THROUGHLINE_FULL"))


def pytest_addoption(parser):
    """Ask for the goals alone."""
    parser.addoption("--goals", action="store_true", help="only the tests that prove goals of trust, with a table of them")


def pytest_configure(config):
    """With --goals and no word of where, the files of the register are read and no others."""
    shares.begin()
    config.goals_told = Told()
    config.pluginmanager.register(config.goals_told, "goals-told")
    if config.option.goals and config.args_source == pytest.Config.ArgsSource.TESTPATHS:
        config.args[:] = sorted({place.split("::")[0] for goal in goals().values() for place in goal.places})


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
    if config.option.goals or whole:
        counts = "full counts" if AT_LENGTH else f"reduced counts, seed {shares.seed()}; --full makes every share"
        told = config.goals_told
        terminalreporter.section(f"goals of trust ({counts})")
        terminalreporter.write("\n".join(told.lines()) + "\n\n" + told.in_short() + "\n")
