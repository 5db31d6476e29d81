"""What a list declares: its columns, and the queues it is kept in."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import EmptyResultSet
from django.db import connection
from psycopg2 import sql

from core.keyset import keys_up_to
from core.models import SavedView
from core.once import know, once
from core.rows_within import rows_within

COUNTED_TO = 1_000
COUNTED = "(SELECT count(*) FROM ({}) AS counted)"
PAGE_SIZES = (25, 50, 100)


@dataclass(frozen=True)
class Column:
    """One column: its heading, what an export writes in it, how it sorts, and whether it says who a child is."""

    label: str
    value: Callable
    sort: str = ""
    by: tuple[str, ...] = ()
    numeric: bool = False
    says_who: bool = False


@dataclass(frozen=True)
class Queue:
    """One way of keeping a list by whose work it is; `narrow` takes the rows and the person.

    `places`, where it is there, takes the person and gives conditions of which every row of the queue meets one: where to look
    for few among very many.
    """

    key: str
    label: str
    narrow: Callable
    places: Callable | None = None


def kept_views(user, path: str) -> list[SavedView]:
    """A person's saved views of the list at this path, by name, asked once a page."""
    return once(("saved views", user.pk, path), lambda: list(_kept_views(user, path)))


def kept_views_within(user, path: str):
    """The same as an expression of a question that asks other things too."""
    return rows_within(_kept_views(user, path), "reference", "path", "name", "query", "is_default")


def know_kept_views(user, path: str, views: list[SavedView]) -> None:
    """They were read with something else, for this page."""
    know(("saved views", user.pk, path), views)


def _kept_views(user, path: str):
    return SavedView.objects.visible_to(user).filter(path=path).order_by("name")[:20]


def count_each(queries: list, most: int = COUNTED_TO) -> list[tuple[int, bool]]:
    """How many rows each of some queries (or lists of parts) gives, counted no further than `most`, and whether there are more; in one question."""
    questions, words = [], []
    for rows in queries:
        keys, params = _keys(rows, most + 1)
        questions.append(sql.SQL(COUNTED).format(sql.SQL(keys)))
        words += params
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT {}").format(sql.SQL(", ").join(questions)).as_string(cursor.cursor), words)
        return [(min(found, most), found > most) for found in cursor.fetchone()]


def _keys(rows, most: int) -> tuple[str, tuple]:
    """The question for at most so many keys, in SQL as it was made of the query, and what fills its places."""
    keys = keys_up_to(rows, most) if isinstance(rows, list) else rows.order_by().values("pk")[:most]
    try:
        return ("SELECT 1 WHERE false", ()) if keys is None else keys.query.sql_with_params()
    except EmptyResultSet:
        return "SELECT 1 WHERE false", ()


def count_up_to(rows, most: int = COUNTED_TO) -> tuple[int, bool]:
    """How many rows there are, counted no further than `most`; and whether there are more. `rows` is a query, or a list's parts."""
    return count_each([rows], most)[0]


def counted(rows, noun: str) -> str:
    """Take rows (a query, or a list's parts) and "referral"; give "42 referrals", "1 referral" or "More than 1,000 referrals"."""
    return in_words(*count_up_to(rows), noun)


def in_words(number: int, is_more: bool, noun: str) -> str:
    """A count as a list says it."""
    one, _, many = noun.partition(",")
    return f"{'More than ' if is_more else ''}{number:,} {one if number == 1 else many or one + 's'}"
