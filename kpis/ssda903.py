"""The statutory return of children looked after (SSDA903), read from its CSV files: several years stitched into one history.

Every bad row of every file is told at once, by file, line and column, and then nothing is given.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kpis.rules.file_rows import BadRows, Problem, Row, csv_rows, why_no_table
from kpis.rules.stability import NEW_CARER, NO_CHANGE, SAME_CARER, Episode, stitched

STARTS = NEW_CARER | SAME_CARER | NO_CHANGE
EPISODE_COLUMNS = ("CHILD", "DECOM", "RNE", "LS", "PLACE", "DEC")
SCORE_REASONS = ("SDQ1", "SDQ2", "SDQ3", "SDQ4", "SDQ5")


@dataclass(frozen=True)
class Score:
    """What one OC2 row says of a child's SDQ: a score, or the reason there is none."""

    child: str
    born_on: date
    score: int | None
    reason: str


def read_episodes(*csv_paths) -> list[Episode]:
    """Give every episode of some years' files, in order of child and start; the earliest year's file comes first.

    A later file's row for the same child and start replaces the earlier one; an episode left open ends when the child's
    next one starts. BadRows names everything that is wrong.
    """
    found: dict[tuple[str, date], Episode] = {}
    for rows in _files(csv_paths, EPISODE_COLUMNS, _episode, lambda e: (e.child, e.started_on), "DECOM"):
        found |= rows
    return stitched(found)


def read_births(*csv_paths) -> dict[str, date]:
    """Give each child's date of birth from some Header files; a later file's replaces an earlier one's. BadRows as above."""
    found: dict[str, date] = {}
    for rows in _files(csv_paths, ("CHILD", "DOB"), _birth, lambda pair: pair[0], "CHILD"):
        found |= dict(rows.values())
    return found


def read_scores(*csv_paths) -> dict[str, Score]:
    """Give what OC2 files say of each child's SDQ; a later file's row replaces an earlier one's. BadRows as above."""
    found: dict[str, Score] = {}
    for rows in _files(csv_paths, ("CHILD", "DOB", "SDQ_SCORE", "SDQ_REASON"), _score, lambda s: s.child, "CHILD"):
        found |= rows
    return found


def _files(csv_paths, columns, read: Callable, key: Callable, repeated: str) -> list[dict]:
    """Each file's rows by their key, or BadRows with all that is wrong with any of them."""
    problems: list[Problem] = []
    files = []
    for path in csv_paths:
        rows: dict = {}
        raw, name = Path(path).read_bytes(), Path(path).name
        no_table = why_no_table(raw, name)
        problems += no_table
        for row in [] if no_table else csv_rows(raw, name, columns, problems):
            before = len(problems)
            value = read(row)
            if len(problems) == before and key(value) in rows:
                row.wrong(repeated, "This file has the same one on an earlier line.")
            elif len(problems) == before:
                rows[key(value)] = value
        files.append(rows)
    if problems:
        raise BadRows(problems)
    return files


def _episode(row: Row) -> Episode:
    child, started_on, ended_on = row.text("CHILD"), row.day("DECOM"), row.day("DEC", needed=False)
    if started_on and ended_on and ended_on <= started_on:
        row.wrong("DEC", "An episode ends after the day it starts.")
    return Episode(
        child, started_on, ended_on, row.one_of("RNE", STARTS), row.text("LS").upper(), row.text("PLACE").upper(),
        row.text("PL_POST", needed=False).upper(), row.text("URN", needed=False).upper(),
    )  # fmt: skip


def _birth(row: Row) -> tuple[str, date]:
    return row.text("CHILD"), row.day("DOB")


def _score(row: Row) -> Score:
    child, born_on = row.text("CHILD"), row.day("DOB")
    typed, reason = row.text("SDQ_SCORE", needed=False), row.text("SDQ_REASON", needed=False).upper()
    score = int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 2 and int(typed) <= 40 else None
    if typed and score is None:
        row.wrong("SDQ_SCORE", f"{row.said(typed)} is not a whole number from 0 to 40.")
    if reason and reason not in SCORE_REASONS:
        row.wrong("SDQ_REASON", f"{row.said(reason)} is not one of {', '.join(SCORE_REASONS)}.")
    if typed and reason:
        row.wrong("SDQ_REASON", "A score needs no reason for having none.")
    return Score(child, born_on, score, reason)
