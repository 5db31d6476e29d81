"""The lists in a file somebody sends: which each is, of which year, and its rows."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from kpis.rules.file_rows import Problem, Row, csv_rows, heads_of, why_no_table
from kpis.rules.return_lists import LISTS_903, LISTS_ANNEX_A, ReturnList, list_of
from kpis.rules.return_years import year_end_in
from kpis.rules.workbook import headed, sheet_rows, sheets_of, why_no_book

WHOLE = "The whole file"
MARCH = (3, 31)
NONE_903 = "These are not the headings of a Header, Episodes, OC2, OC3 or Missing file. The first line has to be its headings."
NONE_ANNEX = "These are not the headings of Annex A list 3, 7, 8 or 9. The first line has to be its headings."
NO_YEAR = "The file’s name does not say its year. Put it in the name, such as “Episodes 2018-19.csv”, or enter the last day of the year."
NO_MARCH = "A statutory return’s year ends on 31 March. Enter that day, or put the year in the file’s name."


class Part(NamedTuple):
    """One list in a file: which, up to which day, and its rows, read as they are asked for."""

    wanted: ReturnList
    year_end: date
    rows: Iterator[Row]


def parts_903(raw: bytes, name: str, last_day: date | None, problems: list[Problem]) -> Iterator[Part]:
    """The one list of a statutory return's CSV file."""
    no_table = why_no_table(raw, name)
    problems += no_table
    wanted = None if no_table else list_of(heads_of(raw), LISTS_903)
    year_end = year_end_in(name) or last_day
    if wanted is None:
        problems += [] if no_table else [Problem(name, 1, WHOLE, NONE_903)]
    elif year_end is None:
        problems.append(Problem(name, 1, WHOLE, NO_YEAR))
    elif (year_end.month, year_end.day) != MARCH:
        problems.append(Problem(name, 1, WHOLE, NO_MARCH))
    else:
        yield Part(wanted, year_end, csv_rows(raw, name, wanted.needed, problems, quotes=False))


def parts_annex_a(raw: bytes, name: str, last_day: date | None, problems: list[Problem]) -> Iterator[Part]:
    """The lists of an Annex A workbook, or the one of a CSV file; sheets of other lists are passed over."""
    if raw and not raw.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        yield from _annex_csv(raw, name, last_day, problems)
        return
    no_book = why_no_book(raw, name)
    problems += no_book
    found = 0
    for title, rows in [] if no_book else sheets_of(raw, name, problems):
        number, heads = headed(rows, "CHILD UNIQUE ID")
        wanted = list_of(heads, LISTS_ANNEX_A) if number else None
        if wanted:
            found += 1
            yield Part(wanted, last_day, sheet_rows(rows, heads, f"{name}, {title}", wanted.needed, problems))
    if not found and not problems:
        problems.append(Problem(name, 1, WHOLE, NONE_ANNEX))


def _annex_csv(raw, name, last_day, problems) -> Iterator[Part]:
    no_table = why_no_table(raw, name)
    problems += no_table
    wanted = None if no_table else list_of(heads_of(raw), LISTS_ANNEX_A)
    if wanted:
        yield Part(wanted, last_day, csv_rows(raw, name, wanted.needed, problems, quotes=False))
    elif not no_table:
        problems.append(Problem(name, 1, WHOLE, NONE_ANNEX))
