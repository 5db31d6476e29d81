"""trust G27: what is asked for never becomes part of a statement, another column's filter, or an address elsewhere."""

import ast
import os
import re

import pytest
from django.db import connection, transaction

from panels.views.panel import PanelList
from tests.access import matrix
from tests.access.visits import Visitors, address, named_addresses
from tests.architecture.code import name_of, sources
from tests.trust.test_g25_bad_input import QUERIES

pytestmark = pytest.mark.django_db
FULL = bool(os.environ.get("THROUGHLINE_FULL"))
SIGN = "zqxsleep"
SLEEPS = [f"1'; SELECT pg_sleep(5); --{SIGN}", f"1) OR (SELECT pg_sleep(5)) IS NULL --{SIGN}", f'1" UNION SELECT pg_sleep(5)::text --{SIGN}']
# A page that is no number is not found before anything is looked up.
NOT_PAGES = [name for name in QUERIES if name != "page"]
LEAKS = {
    "author__password__startswith": "p", "child__social_worker__password__startswith": "a", "order_by": "-author__password", "ordering": "password",
    "social_worker__email__startswith": "x", "team__id": "0", "pk": "0", "id__in": "0", "restricted": "1", "is_restricted": "True",
}  # fmt: skip
LISTS = ["/referrals", "/children", "/meetings", "/decisions", "/actions", "/waiting-list", "/agencies", "/exceptions"]
REFERENCE = re.compile(rb"\b[2-7CDFGHJKMNPQRTVWXY]{3}-[2-7CDFGHJKMNPQRTVWXY]{3}\b")
# Ways of writing SQL by hand; each place that does so has its reason.
BY_HAND = {"extra", "raw", "RawSQL"}


class InTheText:
    """Statements in whose own text the sign stands; among their values it may."""

    def __init__(self):
        self.found, self.count = [], 0

    def __call__(self, execute, sql, params, many, context):
        self.count += 1
        if SIGN in str(sql):
            self.found.append(str(sql)[:120])
        return execute(sql, params, many, context)


def asked_everywhere(scene, names=None) -> tuple[int, InTheText]:
    """Every address that opens for somebody, with each of the three in every query."""
    visitors, asked, watch, count = Visitors(scene), named_addresses(), InTheText(), 0
    for number, (name, (about, words)) in enumerate(matrix.rows().items()):
        who = next((who for who, word in words.items() if word == "opens"), None)
        if who is None or name == "account_logout" or (name not in names if names else number % (1 if FULL else 2)):
            continue
        path = address(name, about, asked[name], scene.records["ours"]).split("?")[0]
        for words_asked in SLEEPS if FULL or names else [SLEEPS[number // 2 % len(SLEEPS)]]:
            count += 1
            with transaction.atomic(), connection.execute_wrapper(watch):
                visitors.browsers[who].get(path, dict.fromkeys(NOT_PAGES, words_asked))
                transaction.set_rollback(True)
    return count, watch


def test_g27_no_word_of_a_query_stands_in_a_statement(scene, tried):
    count, watch = asked_everywhere(scene)
    tried("G27", "addresses asked with statements in every query", count=count, expected="0 in the text of a statement", found=f"{len(watch.found)}")

    assert watch.found == []
    assert watch.count > count > 100


def test_g27_a_statement_put_together_from_a_query_would_be_found(scene, monkeypatch):
    """The control: a list that puts what it is asked for between quotes."""
    def careless(self):
        words = self.request.GET.get("q", "").replace("'", "''")
        return self.model.objects.visible_to(self.request.user).extra(where=[f"panels_panel.name <> '{words}'"])

    monkeypatch.setattr(PanelList, "records", careless)

    assert asked_everywhere(scene, {"panels:panels"})[1].found


@pytest.mark.parametrize("path", LISTS)
def test_g27_a_filter_that_no_list_offers_changes_nothing(scene, path):
    browser = Visitors(scene).browsers["HOS"]
    plain = browser.get(path)
    for name, value in LEAKS.items():
        answer = browser.get(path, {name: value})
        assert (answer.status_code, REFERENCE.findall(answer.content)) == (plain.status_code, REFERENCE.findall(plain.content)), name


def put_together(text) -> bool:
    """Whether a statement has something in it that is no constant of its module."""
    parts = [part.value for part in text.values if isinstance(part, ast.FormattedValue)] if isinstance(text, ast.JoinedStr) else []
    return isinstance(text, ast.BinOp) or any(not (isinstance(part, ast.Name) and part.id.isupper()) for part in parts)


def by_hand(tree) -> list[str]:
    """Calls that write SQL by hand, and statements put together while the service runs."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if called in BY_HAND or (called == "execute" and node.args and put_together(node.args[0])):
            found.append(f"{called} in line {node.lineno}")
        if called in {"filter", "exclude", "order_by"} and any("request" in ast.unparse(word.value) for word in node.keywords if word.arg is None):
            found.append(f"{called} by what is asked, in line {node.lineno}")
    return found


def test_g27_no_statement_is_put_together_and_no_filter_is_taken_from_a_request():
    wrong = {name_of(path): found for path, tree in sources() if not name_of(path).startswith(("config/launch/", "tests/")) and (found := by_hand(tree))}

    assert wrong == {}


def test_g27_a_statement_put_together_would_be_found_in_the_source():
    """The control."""
    careless = 'cursor.execute(f"SELECT {x}")\nrows.extra(where=[x])\nrows.filter(**request.GET)'

    assert len(by_hand(ast.parse(careless))) == 3
