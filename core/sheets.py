"""Excel files: one sheet, what it is in the first cell, a heading row that stays, and no formula from anybody's words."""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def defused(value):
    """Take a cell's value; give it so that no spreadsheet reads a formula in it."""
    if isinstance(value, str) and value.startswith(STARTS_A_FORMULA):
        return f"'{value}"
    return value


def sheet(*, title: str, says: str, heads: Sequence[str], rows: Iterable[Sequence]) -> bytes:
    """The bytes of a workbook with one sheet: `says` first, the headings, then the rows."""
    # Excel's writer is heavy, so the web process loads it at the first export and not at its start.
    import xlsxwriter

    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "remove_timezone": True})
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "d mmmm yyyy", "align": "left"})
    page = book.add_worksheet(title[:31])
    page.write_string(0, 0, says)
    page.write_row(2, 0, heads, bold)
    page.freeze_panes(3, 1)
    page.set_column(0, max(len(heads) - 1, 0), 22)
    for number, row in enumerate(rows, 3):
        for column, value in enumerate(row):
            _write(page, number, column, value, day)
    book.set_properties({"title": title})
    book.close()
    return kept.getvalue()


def _write(page, number, column, value, day) -> None:
    """One cell, by its kind; words are always words."""
    if isinstance(value, date) and not isinstance(value, datetime):
        page.write_datetime(number, column, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
    elif isinstance(value, int | float) and not isinstance(value, bool):
        page.write_number(number, column, value)
    elif value not in (None, ""):
        page.write_string(number, column, str(defused(str(value))))
