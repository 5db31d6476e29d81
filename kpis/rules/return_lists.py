"""The lists that are imported: the statutory return's five (SSDA903) and four of an inspection's (Annex A).

Of each only what a figure needs is read and kept: no name, no ethnicity, no pupil number, no worker.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from kpis.rules.file_rows import Problem, Row
from kpis.rules.stability import NEW_CARER, NO_CHANGE, SAME_CARER

LONGEST_CODE = 120
LAST_MONTH = (3, 31)
STARTS = NEW_CARER | SAME_CARER | NO_CHANGE
SDQ_REASONS = frozenset({"SDQ1", "SDQ2", "SDQ3", "SDQ4", "SDQ5"})
IN_TOUCH = frozenset({"YES", "NO", "DIED", "REFU", "NREQ", "RHOM"})
IN_WORK = frozenset({"F1", "P1", "F2", "P2", "F4", "P4", "F5", "P5", "F3", "P3"})
ACTIVITIES = IN_WORK | {"G4", "G5", "G6", "0"}
HOMES = frozenset(f"{letter}{suits}" for letter in "BCDEGHKRTUVWYZ" for suits in "12") | {"S2", "X2", "0"}
YES = frozenset({"Y", "YES", "TRUE", "1"})
NO = frozenset({"N", "NO", "FALSE", "0"})


@dataclass(frozen=True)
class Column:
    """One column that is read: what its values are, and whether each row has one."""

    name: str
    kind: str = "text"
    needed: bool = False
    allowed: frozenset[str] = frozenset()
    key: bool = False
    highest: int = 10**6


@dataclass(frozen=True)
class ReturnList:
    """One list: its columns, what tells it from the others, and what more is asked of a row."""

    code: str
    title: str
    columns: tuple[Column, ...]
    known_by: frozenset[str]
    check: Callable | None = None

    @property
    def needed(self) -> list[str]:
        """The columns that a file must have."""
        return [column.name for column in self.columns if column.needed or column.key]


class Kept(NamedTuple):
    """One row as it is kept: where it stood, its key within its list, the council's code of the child, its values."""

    line: int
    key: str
    child: str
    values: dict


def _ends_later(first: str, last: str, sentence: str, *, same_day: bool = False) -> Callable:
    """A check that a period ends after it starts."""

    def check(row: Row, values: dict, year_end: date) -> None:
        start, end = values.get(first), values.get(last)
        if start and end and (end < start if same_day else end <= start):
            row.wrong(last, sentence)
        for column, day in ((first, start), (last, end)):
            if day and day > year_end.isoformat():
                row.wrong(column, f"This day is after {year_end.day} {year_end:%B %Y}, the last day of the file’s period.")

    return check


def _one_of_two(row: Row, values: dict, year_end: date) -> None:
    """A score needs no reason for having none."""
    if values.get("SDQ_SCORE") is not None and values.get("SDQ_REASON"):
        row.wrong("SDQ_REASON", "A score needs no reason for having none.")


def _born_before(row: Row, values: dict, year_end: date) -> None:
    """Nobody is born after the year."""
    if (values.get("DOB") or "") > year_end.isoformat():
        row.wrong("DOB", "This day of birth is after the file’s period.")


CHILD = Column("CHILD", needed=True, key=True)
BORN = Column("DOB", "day", needed=True)
LISTS_903 = (
    ReturnList("header", "Header", (CHILD, BORN, Column("SEX")), frozenset({"DOB", "SEX"}), _born_before),
    ReturnList(
        "episodes", "Episodes",
        (
            CHILD, Column("DECOM", "day", key=True), Column("RNE", needed=True, allowed=STARTS), Column("LS", needed=True),
            Column("PLACE", needed=True), Column("DEC", "day"), Column("REC"), Column("REASON_PLACE_CHANGE"),
            Column("PLACE_PROVIDER"), Column("PL_POST"), Column("URN"),
        ),
        frozenset({"DECOM", "RNE"}), _ends_later("DECOM", "DEC", "An episode ends after the day it starts."),
    ),
    ReturnList(
        "oc2", "OC2",
        (CHILD, BORN, Column("SDQ_SCORE", "whole", highest=40), Column("SDQ_REASON", allowed=SDQ_REASONS)),
        frozenset({"SDQ_SCORE", "SDQ_REASON"}), _one_of_two,
    ),
    ReturnList(
        "oc3", "OC3",
        (
            CHILD, BORN, Column("IN_TOUCH", needed=True, allowed=IN_TOUCH), Column("ACTIV", allowed=ACTIVITIES),
            Column("ACCOM", allowed=HOMES),
        ),
        frozenset({"IN_TOUCH", "ACTIV", "ACCOM"}), _born_before,
    ),
    ReturnList(
        "missing", "Missing",
        (CHILD, BORN, Column("MISSING", needed=True, allowed=frozenset({"M", "A"})), Column("MIS_START", "day", key=True), Column("MIS_END", "day")),
        frozenset({"MISSING", "MIS_START"}),
        _ends_later("MIS_START", "MIS_END", "A missing episode does not end before it starts.", same_day=True),
    ),
)  # fmt: skip

CODE, BIRTH = Column("CHILD UNIQUE ID", needed=True, key=True), Column("DATE OF BIRTH", "day", needed=True)
OFFERED = "WAS THE CHILD OFFERED A RETURN INTERVIEW AFTER THEIR LAST MISSING EPISODE (Y/N)?"
ACCEPTED = "DID THE CHILD ACCEPT A RETURN INTERVIEW AFTER THEIR LAST MISSING EPISODE (Y/N)?"
TIMES_MISSING = "NUMBER OF EPISODES THE CHILD HAS BEEN 'MISSING' FROM THEIR PLACEMENT IN THE LAST 12 MONTHS"
LISTS_ANNEX_A = (
    ReturnList(
        "annex-3", "Annex A list 3, referrals",
        (CODE, BIRTH, Column("DATE OF REFERRAL", "day", key=True), Column("NUMBER OF REFERRALS IN LAST 12 MONTHS", "whole")),
        frozenset({"CHILD UNIQUE ID", "DATE OF REFERRAL"}),
    ),
    ReturnList(
        "annex-7", "Annex A list 7, child protection plans",
        (
            CODE, BIRTH, Column("CHILD PROTECTION PLAN START DATE", "day", key=True), Column("CHILD PROTECTION PLAN END DATE", "day"),
            Column("NUMBER OF PREVIOUS CHILD PROTECTION PLANS", "whole"),
        ),
        frozenset({"CHILD UNIQUE ID", "CHILD PROTECTION PLAN START DATE"}),
        _ends_later("CHILD PROTECTION PLAN START DATE", "CHILD PROTECTION PLAN END DATE", "A plan does not end before it starts.", same_day=True),
    ),
    ReturnList(
        "annex-8", "Annex A list 8, children looked after",
        (
            CODE, BIRTH, Column("DATE STARTED TO BE LOOKED AFTER", "day", key=True), Column("DATE CEASED TO BE LOOKED AFTER", "day"),
            Column("NUMBER OF PLACEMENTS IN THE LAST 12 MONTHS", "whole"), Column(TIMES_MISSING, "whole"),
            Column(OFFERED, "yes"), Column(ACCEPTED, "yes"),
        ),
        frozenset({"CHILD UNIQUE ID", "DATE STARTED TO BE LOOKED AFTER"}),
        _ends_later("DATE STARTED TO BE LOOKED AFTER", "DATE CEASED TO BE LOOKED AFTER", "Care does not end before it starts.", same_day=True),
    ),
    ReturnList(
        "annex-9", "Annex A list 9, care leavers",
        (
            CODE, BIRTH, Column("LA IN TOUCH", needed=True), Column("TYPE OF ACCOMMODATION"),
            Column("SUITABILITY OF ACCOMMODATION"), Column("ACTIVITY STATUS"),
        ),
        frozenset({"CHILD UNIQUE ID", "SUITABILITY OF ACCOMMODATION"}),
    ),
)  # fmt: skip
BY_CODE = {one.code: one for one in (*LISTS_903, *LISTS_ANNEX_A)}


def list_of(heads: Iterable[str], lists: tuple[ReturnList, ...]) -> ReturnList | None:
    """Which of some lists a file is, by its headings; the one that more headings tell where two might be."""
    there = set(heads)
    found = [one for one in lists if one.known_by <= there]
    return max(found, key=lambda one: (len(one.known_by), len(there & {c.name for c in one.columns})), default=None)


def kept_rows(rows: Iterable[Row], wanted: ReturnList, year_end: date, problems: list[Problem]) -> Iterator[Kept]:
    """The rows of a list as they are kept, one by one; a row with anything wrong goes to `problems` instead."""
    seen: set[str] = set()
    for row in rows:
        before = len(problems)
        values = {column.name: _value(row, column) for column in wanted.columns}
        if wanted.check and len(problems) == before:
            wanted.check(row, values, year_end)
        key = "|".join(str(values[column.name] or "") for column in wanted.columns if column.key)
        if len(problems) == before and key in seen:
            row.wrong(next(c.name for c in reversed(wanted.columns) if c.key), "This file has the same one on an earlier line.")
        if len(problems) == before:
            seen.add(key)
            yield Kept(row.line, key, values[wanted.columns[0].name], {name: value for name, value in values.items() if value not in ("", None)})


def _value(row: Row, column: Column):
    """One value as it is kept: a day as 2019-03-31, a code in capitals, yes or no as Y or N."""
    needed = column.needed or column.key
    if column.kind == "day":
        day = row.day(column.name, needed=needed)
        return day.isoformat() if day else None
    if column.kind == "whole":
        return row.whole(column.name, needed=needed, highest=column.highest)
    if column.kind == "yes":
        said = row.one_of(column.name, YES | NO, needed=needed)
        return {True: "Y", False: "N"}[said in YES] if said else ""
    if column.allowed:
        return row.one_of(column.name, column.allowed, needed=needed)
    said = row.text(column.name, needed=needed, longest=LONGEST_CODE)
    return said if column.key else said.upper()
