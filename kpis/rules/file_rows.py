"""Rows of a file somebody sends: every bad value is told at once, by file, line and column."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

LONGEST_CELL = 2_000
DAY = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
EXCEL_NUMBER = re.compile(r"[0-9]{4,5}(\.0+)?")
EXCEL_DAY = re.compile(r"[0-9]{1,4}[-/. ][A-Za-z0-9]{1,9}[-/. ][0-9]{1,4}( 0?0:00(:00)?)?")
SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


@dataclass(frozen=True)
class Problem:
    """What is wrong with one value: where it stands, and a sentence."""

    file: str
    line: int
    column: str
    sentence: str

    def __str__(self):
        return f"{self.file}, line {self.line}, {self.column}: {self.sentence}"


class BadRows(ValueError):
    """Rows that cannot be read, all of them; `problems` lists each."""

    def __init__(self, problems: list[Problem]):
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


class Problems(list):
    """Problems in order: those beyond the most that is kept are counted and not held."""

    MOST = 50_000

    def __init__(self):
        super().__init__()
        self.count = 0

    def append(self, problem: Problem) -> None:
        """One more."""
        self.count += 1
        if self.count <= self.MOST:
            super().append(problem)

    def __iadd__(self, more):
        for problem in more:
            self.append(problem)
        return self

    def __len__(self) -> int:
        """How many there are, held or not."""
        return self.count


class Row:
    """One row of a file, whose values are asked for one by one; what is wrong with them is kept.

    Where `quotes` is off, a sentence never repeats a value: what is kept of a refused file then says nothing of a child.
    """

    def __init__(self, file: str, line: int, values: dict, problems: list[Problem], *, quotes: bool = True):
        self.file, self.line, self.values, self.problems, self.quotes = file, line, values, problems, quotes

    def wrong(self, column: str, sentence: str) -> None:
        """Keep what is wrong with a value."""
        self.problems.append(Problem(self.file, self.line, column, sentence))

    def said(self, value: str) -> str:
        """A value as a sentence begins with it, or no more than that it is one."""
        if not self.quotes:
            return "This"
        return value if len(value) <= 30 else f"{value[:30]}…"

    def text(self, column: str, *, needed: bool = True, longest: int = LONGEST_CELL) -> str:
        """A value without blanks round it."""
        value = (self.values.get(column) or "").strip()
        if needed and not value:
            self.wrong(column, "A value is missing.")
        if len(value) > longest:
            self.wrong(column, f"This is longer than {longest:,} characters.")
        return value

    def day(self, column: str, *, needed: bool = True) -> date | None:
        """A date written as 31/03/2019, or None where it is empty or wrong."""
        value = self.text(column, needed=needed)
        found = _day(value) if value else None
        if value and found is None:
            self.wrong(column, f"{self.said(value)} is not a date written as 31/03/2019.{_excel(value)}")
        elif found and not 1900 <= found.year <= 2199:
            self.wrong(column, f"{self.said(value)} is not a day between 1900 and 2199.")
        return found

    def one_of(self, column: str, allowed, *, needed: bool = True) -> str:
        """A value out of a list."""
        value = self.text(column, needed=needed).upper()
        if value and value not in allowed:
            self.wrong(column, f"{self.said(value)} is not one of {', '.join(sorted(allowed))}.")
        return value

    def whole(self, column: str, *, needed: bool = True, highest: int = 10**15) -> int | None:
        """A whole number, nought or more."""
        value = self.text(column, needed=needed)
        if not value:
            return None
        if not (value.isascii() and value.isdigit() and len(value) <= 16 and int(value) <= highest):
            self.wrong(column, f"{self.said(value)} is not a whole number from 0 to {highest:,}.")
            return None
        return int(value)


@lru_cache(maxsize=50_000)
def _day(value: str) -> date | None:
    """A date written as 31/03/2019, or None where it is none; files have few days and write them often."""
    parts = DAY.fullmatch(value)
    try:
        return date(int(parts[3]), int(parts[2]), int(parts[1])) if parts else None
    except ValueError:
        return None


def _excel(value: str) -> str:
    """What to do about a date that Excel has changed."""
    if EXCEL_NUMBER.fullmatch(value):
        return " It is a number, as Excel keeps a date: format the column as dd/mm/yyyy and save again."
    if EXCEL_DAY.fullmatch(value) and not re.fullmatch(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}", value):
        return " Excel may have changed it: format the column as dd/mm/yyyy and save again."
    return ""


def lines_of(raw: bytes) -> io.TextIOWrapper:
    """A file's text, line by line: UTF-8, with or without its mark, or else as Windows writes it."""
    try:
        raw.decode("utf-8-sig")
        encoding = "utf-8-sig"
    except UnicodeDecodeError:
        encoding = "cp1252"
    return io.TextIOWrapper(io.BytesIO(raw), encoding=encoding, errors="replace", newline="")


def why_no_table(raw: bytes, name: str) -> list[Problem]:
    """What keeps a file from being a table of values at all: one sentence, or nothing."""
    said = _no_text(raw) or _no_commas(raw.split(b"\n", 1)[0])
    return [Problem(name, 1, "The whole file", said)] if said else []


def _no_text(raw: bytes) -> str:
    """Why some bytes are not text as CSV is, or nothing."""
    if not raw.strip():
        return "The file is empty."
    if raw.startswith(b"PK"):
        return "This is a zip or an Excel workbook. Unpack it, or save the sheet as CSV."
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "This is Unicode text as Excel writes it. Save it again as “CSV UTF-8”."
    return "This is not a text file. Save the table again as CSV." if b"\x00" in raw[:4096] else ""


def _no_commas(head: bytes) -> str:
    """Why a row of headings is not set apart by commas, or nothing."""
    found = [word for sign, word in SEPARATORS.items() if sign.encode() in head]
    return f"The columns are set apart by {found[0]}. Save the file again as CSV with commas." if found and b"," not in head else ""


def heads_of(raw: bytes) -> list[str]:
    """The headings of a table, in capitals, without blanks round them."""
    try:
        return [(name or "").strip().upper() for name in next(csv.reader(lines_of(raw)), [])]
    except csv.Error:
        return []


def csv_rows(raw: bytes, name: str, columns, problems: list[Problem], *, quotes: bool = True) -> Iterator[Row]:
    """The rows of one file that has these columns; what keeps it from being read goes to `problems`."""
    reader = csv.DictReader(line.replace("\x00", "") for line in lines_of(raw))
    names = [(head or "").strip().upper() for head in reader.fieldnames or []]
    reader.fieldnames = names
    missing = [column for column in columns if column not in names]
    twice = sorted({column for column in names if column in columns and names.count(column) > 1})
    problems += [Problem(name, 1, column, "The file has no such column.") for column in missing]
    problems += [Problem(name, 1, column, "The file has this column twice.") for column in twice]
    if missing or twice:
        return
    try:
        for values in reader:
            if any((value or "").strip() for head, value in values.items() if head is not None):
                row = Row(name, reader.line_num, values, problems, quotes=quotes)
                if any((value or "").strip() for value in values.get(None) or []):
                    row.wrong(columns[0], "The line has more values than there are headings. A comma inside a value needs quotes round it.")
                yield row
    except csv.Error as error:
        problems.append(Problem(name, reader.line_num, columns[0], f"The line cannot be read: {error}."))
