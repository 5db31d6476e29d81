"""Files for spreadsheets, written and read: what each sheet is in its first cell, a heading row that stays, and no formula from anybody's words."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice

MOST_COLUMNS, BYTE_ORDER, LINES_AT_ONCE = 200, "\ufeff", 200
# What a spreadsheet takes for a formula, also after spaces, marks of byte order and controls, which it leaves out; and after
# apostrophes, so that what was defused is told from what was typed so. Sign by sign, so that PostgreSQL reads them as Python does.
_UNSEEN = r"\u0001-\u0020\u007f-\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000\ufeff"
FORMULA_STARTS = rf"'*(?:[{_UNSEEN}]*[=+\-@＝＋－＠]|[\t\r\n])"
STARTS_A_FORMULA = re.compile(FORMULA_STARTS.replace("[\\u0001-", "[\\u0000-"))
# A number on its own works nothing out, so a debt and a telephone number stay as they are.
ONLY_A_NUMBER = re.compile(r"[+-]?[0-9][0-9 ,]*(?:\.[0-9]+)?")


def defused(value):
    """Take a cell's value; give it so that no spreadsheet reads a formula in it."""
    # What begins with a letter or a digit, as nearly everything does, begins no formula.
    if isinstance(value, str) and not value[:1].isalnum() and STARTS_A_FORMULA.match(value) and not ONLY_A_NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def recovered(cell: str) -> str:
    """Take a cell of a file of ours; give the words as they were typed."""
    return cell[1:] if cell.startswith("'") and defused(cell[1:]) == cell else cell


@dataclass(frozen=True)
class Formula:
    """A working of ours that stays live in the file, with what it comes to now; nobody's words are ever one."""

    text: str
    value: Decimal | int | str


@dataclass(frozen=True)
class Sheet:
    """One sheet: what it is called, what it says first, its headings and its rows."""

    title: str
    says: str
    heads: Sequence[str]
    rows: Iterable[Sequence]


def csv_lines(heads: Sequence[str], rows: Iterable[Sequence], *, for_excel: bool = False) -> Iterator[bytes]:
    """A CSV file, the headings first, words defused and numbers as they are; nothing is held but some hundreds of lines.

    `for_excel` begins it with the mark by which Excel knows that it is UTF-8.
    """
    kept = io.StringIO(BYTE_ORDER if for_excel else "")
    kept.seek(0, io.SEEK_END)
    writer = csv.writer(kept, lineterminator="\r\n")
    writer.writerow([defused(head) for head in heads])
    lines = iter(rows)
    while some := list(islice(lines, LINES_AT_ONCE)):
        writer.writerows([defused(value) for value in row] for row in some)
        yield kept.getvalue().encode()
        kept.seek(0)
        kept.truncate()
    if kept.tell():
        yield kept.getvalue().encode()


FIRST_ROW = 4  # the row of a sheet, counted as Excel counts, on which its first row of data stands


def sheet(*, title: str, says: str, heads: Sequence[str], rows: Iterable[Sequence]) -> bytes:
    """The bytes of a workbook with one sheet: `says` first, the headings, then the rows."""
    return workbook(title, [Sheet(title, says, heads, rows)])


def workbook(title: str, sheets: Iterable[Sheet]) -> bytes:
    """The bytes of a workbook with several sheets."""
    # Excel's writer is heavy, so the web process loads it at the first export and not at its start.
    import xlsxwriter

    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True})
    bold = book.add_format({"bold": True})
    looks = {"day": book.add_format({"num_format": "d mmmm yyyy", "align": "left"}), "number": book.add_format({"num_format": "#,##0.00"})}
    for one in sheets:
        page = book.add_worksheet(one.title[:31])
        page.write_string(0, 0, defused(one.says))
        page.write_row(2, 0, [defused(head) for head in one.heads], bold)
        page.freeze_panes(FIRST_ROW - 1, 1)
        page.set_column(0, max(len(one.heads) - 1, 0), 22)
        for number, row in enumerate(one.rows, FIRST_ROW - 1):
            for column, value in enumerate(row):
                _write(page, number, column, value, looks)
    book.set_properties({"title": title})
    book.close()
    return kept.getvalue()


def sheets_in(raw: bytes) -> Iterator[tuple[str, Iterator[tuple]]]:
    """Each sheet of a workbook somebody sent: its name, and its rows of values, read as they are asked for."""
    # Excel's reader is heavy too, so no process loads it before the first workbook comes.
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
    for page in book.worksheets:
        page.reset_dimensions()
        yield page.title, page.iter_rows(values_only=True, max_col=MOST_COLUMNS)


def _write(page, number, column, value, looks) -> None:
    """One cell, by its kind; words are always words."""
    if isinstance(value, Formula):
        page.write_formula(number, column, value.text, looks["number"], value.value)
    elif isinstance(value, date) and not isinstance(value, datetime):
        page.write_datetime(number, column, datetime(value.year, value.month, value.day), looks["day"])  # noqa: DTZ001
    elif isinstance(value, Decimal):
        page.write_number(number, column, value, looks["number"])
    elif isinstance(value, int | float) and not isinstance(value, bool):
        page.write_number(number, column, value)
    elif value not in (None, ""):
        page.write_string(number, column, str(defused(str(value))))
