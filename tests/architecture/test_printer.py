"""trust G28, G29, G31: one door to paper and one to spreadsheets, each with its defence, and neither in the web process."""

import ast
import subprocess
import sys

import pytest

from tests.architecture.code import ROOT, name_of, sources

PRINTER, SHEETS = "core/printer.py", "core/sheets.py"
HEAVY = ("weasyprint", "openpyxl", "xlsxwriter", "docx", "lxml", "pypdf", "icalendar", "celery", "requests", "structlog")
INTO_THE_DATABASE = {"kpis/actions/import_lists.py": "rows on their way into a table, which no spreadsheet opens",
                     "kpis/rules/matching.py": "the first line of a file that was sent, on its way to its own reader"}  # fmt: skip
# What writes cells of its own, and so could let a formula through.
WRITES_CELLS = {"csv": {"writer", "DictWriter"}, "openpyxl": {"Workbook"}, "xlsxwriter": {"Workbook"}}


def imports_of(tree: ast.AST) -> set[str]:
    """The outside packages a module imports, anywhere in it."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {one.name.split(".")[0] for one in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def calls_without_fetcher(tree: ast.AST) -> list[str]:
    """Calls that make WeasyPrint fetch something without the one fetcher of ours, or with files to attach."""
    wrong = []
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        given = {word.arg: ast.unparse(word.value) for word in call.keywords}
        if name in {"HTML", "Lean", "CSS", "Attachment"} and given.get("url_fetcher") != "fetcher(static)":
            wrong.append(f"{name} at line {call.lineno}")
        if name in {"write_pdf", "render", "write_image"} and {"attachments", "stylesheets", "xmp_metadata"} & set(given):
            wrong.append(f"{name} at line {call.lineno}")
    return wrong


def test_g28_only_the_printer_knows_weasyprint_and_each_of_its_calls_has_our_fetcher():
    importers = {name_of(path) for path, tree in sources() if "weasyprint" in imports_of(tree)}

    assert importers == {PRINTER}
    assert calls_without_fetcher(ast.parse((ROOT / PRINTER).read_text())) == []


@pytest.mark.parametrize(
    "line", ["HTML(string=page)", "HTML(string=page, url_fetcher=default)", "CSS(filename='a.css')", "made.write_pdf(attachments=[a])"]
)
def test_g28_a_call_without_our_fetcher_would_be_found(line):
    assert len(calls_without_fetcher(ast.parse(line))) == 1


def test_g31_only_one_module_writes_cells():
    """So that a new export cannot forget to defuse what it writes."""
    wrong = []
    for path, tree in sources():
        for node in ast.walk(tree):
            made = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.attr in WRITES_CELLS.get(node.value.id, ())
            taken = isinstance(node, ast.ImportFrom) and {one.name for one in node.names} & WRITES_CELLS.get(node.module or "", set())
            if (made or taken) and name_of(path) not in {SHEETS, *INTO_THE_DATABASE}:
                wrong.append(f"{name_of(path)}:{node.lineno}")

    assert wrong == []


def test_g31_every_formula_of_ours_is_written_out_in_the_code():
    """A `Formula` is text of ours with numbers of lines in it, never a value somebody typed."""
    wrong = []
    for path, tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Formula":
                holes = [hole for hole in ast.walk(node.args[0]) if isinstance(hole, ast.Name | ast.Attribute)]
                begins = isinstance(node.args[0], ast.JoinedStr | ast.Constant)
                if not begins or {ast.unparse(hole) for hole in holes} - {"line", "last", "letter", "FIRST_ROW"}:
                    wrong.append(f"{name_of(path)}:{node.lineno}")

    assert wrong == []


def test_the_web_process_holds_nothing_heavy_after_its_first_page():
    code = (
        "import sys; from config.wsgi import application; from tests.bench.first_page import answer;"
        " print(answer(application, '/sign-in'));"
        f" print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.stdout.split("\n")[:2] == ["200 OK", "[]"], done.stdout + done.stderr


def test_the_worker_holds_no_printer_either():
    code = (
        "import django, sys; django.setup(); from config.celery import app; app.loader.import_default_modules();"
        " import kpis.tasks, panels.tasks; print('weasyprint' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.stdout.strip() == "False", done.stdout + done.stderr
