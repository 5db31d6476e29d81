"""An Excel workbook somebody sends, read row by row; one that would unpack to more than it should is refused unopened."""

import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime

from core.sheets import sheets_in
from kpis.rules.file_rows import Problem, Row

MOST_UNPACKED = 150 * 1024 * 1024
MOST_TIMES = 150
MOST_PARTS = 2_000
MOST_ROWS = 200_000
HEADS_WITHIN = 20
WHOLE = "The whole file"


def why_no_book(raw: bytes, name: str) -> list[Problem]:
    """What keeps a workbook from being opened: not one, locked, or a bomb; nothing where it may be."""
    if not raw:
        return [Problem(name, 1, WHOLE, "The file is empty.")]
    if raw.startswith(b"\xd0\xcf\x11\xe0"):
        return [Problem(name, 1, WHOLE, "This is an old or a password-locked workbook. Save it as .xlsx without a password.")]
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as box:
            parts = box.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return [Problem(name, 1, WHOLE, "This is not an Excel workbook. Save it as .xlsx.")]
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED or unpacked > MOST_TIMES * max(len(raw), 100_000) or len(parts) > MOST_PARTS:
        return [Problem(name, 1, WHOLE, "This would unpack to far more than a workbook holds, so it was not opened.")]
    if "xl/workbook.xml" not in {part.filename for part in parts}:
        return [Problem(name, 1, WHOLE, "This is a zip and not an Excel workbook. Unpack it and choose the files in it.")]
    return []


def sheets_of(raw: bytes, name: str, problems: list[Problem]) -> Iterator[tuple[str, Iterator[tuple[int, list[str]]]]]:
    """Each sheet's name with its rows as text, numbered as Excel numbers them."""
    try:
        for title, rows in sheets_in(raw):
            yield title, _texts(rows)
    except Exception as error:  # the reader raises whatever the XML inside made of it
        problems.append(Problem(name, 1, WHOLE, f"The workbook is damaged and cannot be read ({type(error).__name__})."))


def _texts(rows: Iterator[tuple]) -> Iterator[tuple[int, list[str]]]:
    """The rows of one sheet as text."""
    for number, cells in enumerate(rows, 1):
        if number > MOST_ROWS:
            raise ValueError("too many rows")
        yield number, [_text(cell) for cell in cells]


def _text(cell) -> str:
    """A cell as a CSV file would have it."""
    if isinstance(cell, datetime | date):
        return f"{cell.day:02}/{cell.month:02}/{cell.year:04}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).replace("\x00", "").encode("utf-8", "replace").decode()


def headed(rows: Iterator[tuple[int, list[str]]], first: str) -> tuple[int, list[str]]:
    """Go to the row of headings, which has `first` in it, within the first rows; give it, or nothing."""
    for number, cells in rows:
        heads = [" ".join(cell.split()).upper() for cell in cells]
        if first in heads:
            return number, heads
        if number >= HEADS_WITHIN:
            break
    return 0, []


def sheet_rows(rows: Iterator[tuple[int, list[str]]], heads: list[str], name: str, columns, problems: list[Problem]) -> Iterator[Row]:
    """The rows below the headings, none of whose values a sentence repeats."""
    missing = [column for column in columns if column not in heads]
    problems += [Problem(name, 1, column, "The sheet has no such column.") for column in missing]
    if missing:
        return
    for number, cells in rows:
        if any(cells):
            yield Row(name, number, dict(zip(heads, cells, strict=False)), problems, quotes=False)
