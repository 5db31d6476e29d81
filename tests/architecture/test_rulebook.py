"""The rulebook: every rule has a code, a sentence in its app's README, and a test."""

import ast
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
APPS = sorted(folder.parent for folder in ROOT.glob("*/rules") if folder.is_dir())
CODED = re.compile(r"(?P<code>[A-Z]{3}-\d+)\. (?P<sentence>.+)")
ROW = re.compile(r"^\| (?P<code>[A-Z]{3}-\d+) \| (?P<sentence>.+) \|$", re.MULTILINE)


@dataclass(frozen=True)
class Rule:
    """One function that answers why not."""

    app: Path
    name: str
    first_line: str

    @property
    def code(self):
        found = CODED.fullmatch(self.first_line)
        return found["code"] if found else ""

    def __str__(self):
        return f"{self.app.name}.{self.name}"


def rules_of(app):
    for module in sorted(app.glob("rules/*.py")):
        for node in ast.parse(module.read_text()).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("why_not_"):
                yield Rule(app, node.name, (ast.get_docstring(node) or "").split("\n")[0])


RULES = [rule for app in APPS for rule in rules_of(app)]
TESTS = [
    node.name
    for module in (ROOT / "tests").rglob("test_*.py")
    for node in ast.walk(ast.parse(module.read_text()))
    if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
]


def rows_of(app):
    book = app / "README.md"
    return ROW.findall(book.read_text()) if book.exists() else []


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_every_rule_begins_with_its_code_and_sentence(rule):
    assert CODED.fullmatch(rule.first_line)


def test_no_two_rules_share_a_code():
    codes = Counter(rule.code for rule in RULES)

    assert [code for code, times in codes.items() if times > 1] == []


@pytest.mark.parametrize("app", APPS, ids=lambda app: app.name)
def test_the_rulebook_says_each_rule_word_for_word(app):
    rules = [CODED.fullmatch(rule.first_line).groups() for rule in RULES if rule.app == app]

    assert sorted(rows_of(app)) == sorted(rules)


@pytest.mark.parametrize("rule", RULES, ids=str)
def test_every_rule_has_a_test_of_its_code(rule):
    code = rule.code.replace("-", "")

    assert [name for name in TESTS if re.search(rf"{code}(?!\d)", name)] != []
