"""What one writer of very many deeds, whom nobody writes beside, asks of the database once: kept until a table it was asked of is written.

A deed of a person asks each time, for others write beside it.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection

WRITES = ('INSERT INTO "', 'UPDATE "', 'DELETE FROM "')
READS = ("SELECT", "(SELECT", "SET ")
_kept: ContextVar[dict | None] = ContextVar("kept while alone", default=None)


@contextmanager
def alone() -> Iterator[None]:
    """One transaction in which nobody else writes what is read here, as in a database that was empty before it."""
    if not connection.in_atomic_block:
        raise RuntimeError("Nobody is alone outside of a transaction.")
    token = _kept.set({})
    try:
        with connection.execute_wrapper(_forget_what_is_written):
            yield
    finally:
        _kept.reset(token)


def while_alone(key: Hashable, ask: Callable[[], Any], *of) -> Any:
    """What `ask` gives; of whoever is alone it is asked once for each key, until a row of one of the models `of` is written."""
    kept = _kept.get()
    if kept is None:
        return ask()
    if key not in kept:
        value = ask()
        for model in of:
            kept.setdefault(model._meta.db_table, set()).add(key)
        kept[key] = value
    return kept[key]


def _forget_what_is_written(execute, sql, params, many, context):
    """What was read of a table is forgotten before it is written; everything is, where it is not known what is written."""
    kept = _kept.get()
    if kept and sql.startswith(WRITES):
        for key in kept.pop(sql.split('"', 2)[1], ()):
            kept.pop(key, None)
    elif kept and not sql.startswith(READS):
        kept.clear()
    return execute(sql, params, many, context)
