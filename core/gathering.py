"""The trail of very many deeds in one transaction, written together: `core.audit` hands its events over."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection

from core.models import AuditEvent

_waiting: ContextVar[list[AuditEvent] | None] = ContextVar("waiting", default=None)


@contextmanager
def gathered() -> Iterator[None]:
    """Events of the deeds inside are written together, in their order, at the end at the latest.

    `core.audit.about` finds them meanwhile. A fault inside writes none of them, as the transaction keeps none of the deeds.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("The trail is gathered only within one transaction, which keeps the deeds too.")
    token = _waiting.set([])
    try:
        yield
        write_gathered()
    finally:
        _waiting.reset(token)


def gathers(events: list[AuditEvent]) -> bool:
    """Take events to be written with others, or say that nobody gathers them now."""
    waiting = _waiting.get()
    if waiting is None:
        return False
    waiting.extend(events)
    return True


def write_gathered() -> None:
    """Write what has been taken so far."""
    if waiting := _waiting.get():
        AuditEvent.objects.bulk_create(waiting, batch_size=1000)
        waiting.clear()
