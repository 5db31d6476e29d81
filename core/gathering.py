"""What very many deeds in one transaction write, written together: `core.audit` hands its events over, `core.post` its letters."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection

_waiting: ContextVar[dict[Callable, list] | None] = ContextVar("waiting", default=None)


@contextmanager
def gathered() -> Iterator[None]:
    """Events and letters of the deeds inside are written together, in their order, at the end at the latest.

    Whoever asks for them finds them meanwhile. A fault inside writes none of them, as the transaction keeps none of the deeds.
    Where somebody gathers already, these are written with theirs.
    """
    if _waiting.get() is not None:
        yield
        return
    if not connection.in_atomic_block:
        raise RuntimeError("The trail is gathered only within one transaction, which keeps the deeds too.")
    token = _waiting.set({})
    try:
        yield
        write_gathered()
    finally:
        _waiting.reset(token)


def gathers(write: Callable[[list], object], rows: list) -> bool:
    """Take rows for `write` to write with others, or say that nobody gathers them now."""
    waiting = _waiting.get()
    if waiting is None:
        return False
    waiting.setdefault(write, []).extend(rows)
    return True


def write_gathered(write: Callable | None = None) -> None:
    """Write what has been taken so far, or what was taken for one writer."""
    waiting = _waiting.get() or {}
    for writer in [write] if write else list(waiting):
        if rows := waiting.pop(writer, None):
            writer(rows)


def write_over(rows: list, *fields: str) -> None:
    """Write these fields of rows of one model, each row's own values, in one statement; whoever writes holds the rows."""
    if rows:
        type(rows[0]).objects.bulk_create(rows, update_conflicts=True, unique_fields=["pk"], update_fields=fields)


def write_together(rows: list) -> None:
    """Write new rows of one model in one statement, in their order."""
    type(rows[0]).objects.bulk_create(rows)
