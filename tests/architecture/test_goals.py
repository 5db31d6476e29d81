"""Every goal is in the register, every test that it names is there, and no proof is without its control unless it says so."""

import ast
import re
from pathlib import Path

import pytest

from tests.trust.register import Goal, goals, within

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"test_(g\d\d)_")
# The catalogue has rows of a section G too: a file that proves goals says so in its first words.
SAYS_SO = '"""trust G'


def named_in(path: Path) -> set[str]:
    """The names of a file's tests."""
    return {node.name for node in ast.parse(path.read_text()).body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_every_goal_from_the_first_to_the_last_is_in_the_register():
    assert list(goals()) == [f"G{number:02}" for number in range(1, 47)]
    assert [goal.id for goal in goals().values() if not goal.promise] == []


def test_every_test_that_it_names_is_there():
    gone = []
    for place in {place for goal in goals().values() for place in goal.places}:
        path, _, name = place.partition("::")
        if not (ROOT / path).is_file() or (name and name.partition("[")[0] not in named_in(ROOT / path)):
            gone.append(place)
    assert gone == []


@pytest.mark.parametrize("goal", goals().values(), ids=lambda goal: goal.id)
def test_a_goal_that_is_proved_says_what_was_tried_and_has_a_control_or_says_why_not(goal: Goal):
    proved = bool(goal.proofs)

    assert bool(goal.tried) == bool(goal.expected) == proved
    assert bool(goal.controls or goal.remarks) >= proved
    assert not goal.controls or proved


def test_every_test_named_after_a_goal_is_in_the_register():
    """In a file that is about goals a test `test_g24_…` stands under G24, so that no proof is forgotten."""
    found, left_out = goals(), []
    for path in (ROOT / "tests").rglob("test_*.py"):
        name = str(path.relative_to(ROOT))
        for test in named_in(path) if path.read_text().startswith(SAYS_SO) else ():
            named = NAMED.match(test)
            goal = found.get(named[1].upper()) if named else None
            if goal and not within(f"{name}::{test}", goal.places):
                left_out.append(f"under {goal.id}: + {name}::{test}")
    assert sorted(left_out) == []
