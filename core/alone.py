"""What one writer of very many deeds, whom nobody writes beside, asks once and writes together.

A deed of a person asks each time and writes at once, for others read and write beside it.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection
from django.db.models import Model

from core.gathering import write_together

WRITES = ('INSERT INTO "', 'UPDATE "', 'DELETE FROM "')
READS = ("SELECT", "(SELECT", "SET ")
_kept: ContextVar[dict | None] = ContextVar("kept while alone", default=None)
_later: ContextVar[dict[str, list[Model]] | None] = ContextVar("written later", default=None)


@contextmanager
def alone() -> Iterator[None]:
    """One transaction in which nobody else writes what is read here, as in a database that was empty before it."""
    if not connection.in_atomic_block:
        raise RuntimeError("Nobody is alone outside of a transaction.")
    tokens = _kept.set({}), _later.set({})
    try:
        with connection.execute_wrapper(_see):
            yield
            _write(list(_later.get() or ()))
    finally:
        _kept.reset(tokens[0])
        _later.reset(tokens[1])


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


def write_later(row: Model) -> None:
    """Write a new row whose key nobody needs: at once, or, of whoever is alone, with others before their table is asked for."""
    later = _later.get()
    if later is None:
        row.save(force_insert=True)
    else:
        later.setdefault(row._meta.db_table, []).append(row)


def _write(tables: list[str]) -> None:
    """Write what was left for later in these tables, in its order."""
    for table in tables:
        write_together((_later.get() or {}).pop(table))


def _see(execute, sql, params, many, context):
    """Before a statement: write what it may read, and forget what was read of the table that it writes, or everything where that is not known."""
    _write([table for table in _later.get() or () if table in sql])
    kept = _kept.get()
    if kept and sql.startswith(WRITES):
        for key in kept.pop(sql.split('"', 2)[1], ()):
            kept.pop(key, None)
    elif kept and not sql.startswith(READS):
        kept.clear()
    return execute(sql, params, many, context)
