"""trust G31: words from anybody never become a formula, in any field of any file for spreadsheets, and can be had back as typed."""

import csv
import io
import re
import unicodedata
import zipfile
from decimal import Decimal
from itertools import count

import openpyxl
import pytest
from django.urls import get_resolver
from openpyxl.utils.escape import unescape

from contracts.papers.evidence import evidence_zip
from core import sheets
from core.sheets import Sheet, csv_lines, recovered, workbook
from core.views.lists import FilteredList
from tests.access.matrix import rows as matrix_rows
from tests.access.visits import Visitors, address, named_addresses
from tests.architecture.code import name_of, sources
from tests.trust.test_stored_script import Planting

pytestmark = pytest.mark.django_db
BEGINNINGS = ("=", "+", "-", "@", "\t=", "\r=", "\n=", "\ufeff=", "\x01+", "  =", "\u200b@", "\u00a0-", "\u2066=", "＝", "＠", "'=", "''+", "\x7f=")
HOSTILE = [f"{begin}zap()" for begin in BEGINNINGS]
NUMBERS = ["+44 1632 960100", "+441632960100", "-12.50", "-1,234.50", "-5", "+1"]
# A working of ours: cells of the sheet, added up or taken from one another.
OUR_WORKING = re.compile(r"=[A-Z0-9():+\-*/,.]+|=IF\(.*\)|=ROUND\(.*\)|=IFERROR\(.*\)")
LIST = {"deed": "export"}
# Every page that gives a file for a spreadsheet: who takes it, and what they post; lists of the house are found by themselves.
REGISTER = {
    "kpis:export_figures": ("HOS", [{"which": which, "file": file, "period": ""} for which in ("all", "released") for file in ("csv", "xlsx")]),
    "kpis:waiting_report": ("PA", [{}]),
    "kpis:unit_costs": ("HOS", [{}]),
    "kpis:import_problems": ("SYS", [None]),
    "kpis:return_file": ("COM", [{"as": "xlsx"}]),
    "contracts:payments": ("COM", [{"as": "csv"}, {"as": "xlsx"}]),
    "contracts:evidence_file": ("HOS", [None]),
    "kpis:pack_workbook": ("PA", [None]),
}
# What is taken apart from those pages: the module that makes the file, and where it is seen.
MADE_BY = {
    "core/views/lists.py": "every list of the house", "referrals/views/ssd.py": "a list of the house",
    "kpis/views/export_figures.py": "kpis:export_figures", "kpis/views/waiting.py": "kpis:waiting_report", "kpis/measures/unit_costs.py": "kpis:unit_costs",
    "kpis/views/imports.py": "kpis:import_problems", "kpis/papers/return_files.py": "kpis:return_file", "contracts/papers/ledger.py": "contracts:payments",
    "contracts/papers/evidence.py": "contracts:evidence_file", "kpis/papers/pack_files.py": "kpis:pack_workbook",
}  # fmt: skip


class Formulas(Planting):
    """Puts words that a spreadsheet would work out into every text of every row."""

    def within(self, kept):
        """The same, with such words before every text of several words."""
        if isinstance(kept, str):
            return f"{self.words(None)}{kept}" if " " in kept and not kept[0].isdigit() else kept
        return super().within(kept)

    def words(self, longest) -> str:
        """The next that fits."""
        fit = [words for words in HOSTILE if longest is None or len(words) <= longest] or ["="]
        self.turn = self.turn if hasattr(self, "turn") else count()
        return fit[next(self.turn) % len(fit)]


def would_run(cell: str) -> bool:
    """Whether a spreadsheet could take a cell for a formula: told apart from the product's own rule, sign by sign."""
    left = cell
    while left and (left[0].isspace() or unicodedata.category(left[0])[0] in "CZ"):
        left = left[1:]
    number = re.fullmatch(r"[+-]?[\d ,]+(\.\d+)?", cell)
    return bool(left) and left[0] in "=+-@＝＋－＠" and not number


def cells_of(content: bytes) -> tuple[list[str], list[str]]:
    """The words and the formulas of a file: CSV, a workbook, or a zip of workbooks."""
    if not content.startswith(b"PK"):
        return [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row], []
    words, formulas = [], []
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        inner = [pack.read(name) for name in pack.namelist() if name.endswith(".xlsx")]
    for book in inner or [content]:
        for row in (row for page in openpyxl.load_workbook(io.BytesIO(book)) for row in page.iter_rows()):
            words += [unescape(cell.value) for cell in row if cell.data_type in "sn" and isinstance(cell.value, str)]
            formulas += [str(cell.value) for cell in row if cell.data_type == "f"]
    return words, formulas


def lists_of_the_house(patterns=None, space="") -> list[str]:
    """The named addresses of every list that can be exported."""
    found = []
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(entry, "url_patterns"):
            found += lists_of_the_house(entry.url_patterns, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif issubclass(getattr(entry.callback, "view_class", object), FilteredList):
            found.append(space + entry.name)
    return found


def files_of(scene):
    """Each file of the register and of every list, as somebody who may takes it."""
    browsers, asked, matrix = Visitors(scene).browsers, named_addresses(), matrix_rows()
    wanted = dict(REGISTER)
    for name in lists_of_the_house():
        who = next(who for who in ("PA", "HOS", "CH", "SW", "PRM", "IG") if matrix[name][1][who] == "opens")
        wanted[name] = (who, [LIST])
    for name, (who, posts) in wanted.items():
        url = address(name, matrix[name][0], asked[name], scene.records["ours"])
        for said in posts:
            answer = browsers[who].get(url) if said is None else browsers[who].post(url, said)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            yield name, answer, body


def wrong_in(body: bytes) -> list[str]:
    """The cells of a file that a spreadsheet would work out, other than our own workings."""
    words, formulas = cells_of(body)
    return [cell for cell in words if would_run(cell)] + [cell for cell in formulas if "zap" in cell or not OUR_WORKING.fullmatch(cell)]


def test_g31_no_cell_of_any_export_is_a_formula_whatever_stands_in_the_records(scene):
    planted = Formulas().everywhere()
    wrong, seen = {}, {}
    for name, answer, body in files_of(scene):
        assert answer.status_code == 200, (name, answer.status_code)
        assert "attachment" in answer["Content-Disposition"], name
        wrong[name] = wrong.get(name, []) + wrong_in(body)
        seen[name] = seen.get(name, 0) + sum("zap" in cell for cell in cells_of(body)[0])

    assert planted.fields > 150, planted.fields
    assert {name: cells for name, cells in wrong.items() if cells} == {}
    assert set(REGISTER) < set(seen)
    # The words are there, and are words: files of counts alone have none.
    assert seen["kpis:export_figures"] > 0, seen
    assert seen["kpis:unit_costs"] > 0, seen
    assert sum(seen.values()) > 25, seen


def test_g31_without_the_defence_they_would_be(scene, monkeypatch):
    """The control: nothing is defused."""
    monkeypatch.setattr(sheets, "STARTS_A_FORMULA", re.compile(r"(?!)"))
    monkeypatch.setattr(sheets, "FORMULA_STARTS", "(?=a)b")
    Formulas().everywhere()

    found = {name for name, _, body in files_of(scene) if wrong_in(body)}
    assert "contracts:payments" in found
    assert len(found) >= 3, found


def test_g31_an_evidence_pack_of_such_words_has_no_formula():
    """Its file is made when it is drawn, so it is made here of facts that are all such words."""
    table = {"name": "cover", "title": "=zap()", "heads": ["=zap()", "b"], "rows": [[words, words] for words in HOSTILE]}
    kept = {"name": "kept", "title": "t", "heads": list("abcdefg"), "rows": [["@zap()"] * 7]}
    content = evidence_zip({"title": "=zap()", "for": "=zap()", "drawn": "-zap()", "by": "+zap()", "tables": [kept, table]})

    assert wrong_in(content) == []
    assert sum("zap" in cell for cell in cells_of(content)[0]) >= 2 * len(HOSTILE)


def test_g31_every_module_that_makes_such_a_file_is_in_the_register():
    """So that a new export is met: what takes one of the ways of writing cells is named here, with where it is seen."""
    makers = {
        name_of(path)
        for path, tree in sources()
        for node in tree.body
        if getattr(node, "module", "") in {"core.sheets", "core.copied"} and name_of(path) != "core/copied.py" and {one.name for one in node.names} & {"csv_lines", "csv_of", "sheet", "workbook"}
    }

    assert makers == set(MADE_BY)
    assert {where for where in MADE_BY.values() if ":" in where} == set(REGISTER)


@pytest.mark.parametrize("typed", [*HOSTILE, *NUMBERS, "plain", "'quoted'", "'", "", "O'Brien", "- a list", "−5", "3-4", "a=b"])
def test_g31_what_was_typed_is_had_back(typed):
    written = b"".join(csv_lines(["a"], [[typed]])).decode()
    (_, *rows) = list(csv.reader(io.StringIO(written, newline="")))
    cell = rows[0][0] if rows and rows[0] else ""
    book = openpyxl.load_workbook(io.BytesIO(workbook("t", [Sheet("t", "s", ["a"], [[typed]])])))
    kept = unescape(book.active["A4"].value or "")

    assert recovered(cell) == typed
    # A workbook keeps line ends as XML does: one kind.
    assert recovered(kept).replace("\r", "\n") == typed.replace("\r", "\n")
    assert not would_run(cell)
    assert book.active["A4"].data_type != "f"


@pytest.mark.parametrize("number", NUMBERS)
def test_g31_a_telephone_number_and_a_debt_stay_as_they_are(number):
    assert sheets.defused(number) == number


def test_g31_money_is_a_number_in_its_cell():
    book = openpyxl.load_workbook(io.BytesIO(workbook("t", [Sheet("t", "s", ["a"], [[Decimal("-12.50")]])])))

    assert (book.active["A4"].data_type, book.active["A4"].value) == ("n", -12.5)
    assert b"".join(csv_lines(["a"], [[Decimal("-12.50")]])) == b"a\r\n-12.50\r\n"


@pytest.mark.parametrize("number", ["-2+3", "+1(2)", "-1-cmd|'/c calc'!A0", "=1", "+44=zap()", "-", "+"])
def test_g31_what_only_begins_like_a_number_is_defused(number):
    assert sheets.defused(number) == f"'{number}"
