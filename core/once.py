"""What is asked of the database once while a page is read, however many ask for it; nothing is kept for the next request.

A request that does a deed reads everything anew, for a rule must be judged by what stands after a lock was waited for.
"""

from collections.abc import Callable, Hashable
from contextvars import ContextVar
from typing import Any

from django.core.signals import request_finished, request_started

READS = {"GET", "HEAD"}
# What has been read while one request is answered; None outside of requests, where everything is read anew.
_read: ContextVar[dict | None] = ContextVar("read once", default=None)
_only_reads: ContextVar[bool] = ContextVar("only reads", default=False)


def _begin(environ: dict | None = None, **_) -> None:
    """A request begins with nothing read."""
    _read.set({})
    _only_reads.set((environ or {}).get("REQUEST_METHOD") in READS)


def _end(**_) -> None:
    """What was read for a request is not kept for the next."""
    _read.set(None)


request_started.connect(_begin, dispatch_uid="read once begins")
request_finished.connect(_end, dispatch_uid="read once ends")


def is_reading() -> bool:
    """Whether a page is being read, so that what is asked is kept until it is made."""
    return _read.get() is not None and _only_reads.get()


def only_reads() -> None:
    """This request only reads, though it is posted: what is typed may stand in no address."""
    _only_reads.set(True)


def known(key: Hashable) -> Any:
    """What was read of it for this page; None where nobody has."""
    return _read.get().get(key) if is_reading() else None


def once(key: Hashable, ask: Callable[[], Any], *, in_deeds: bool = False) -> Any:
    """What `ask` gives, asked once a page for each key; once a deed too with `in_deeds`, where whoever writes it calls `forget`."""
    known = _read.get()
    if known is None or not (in_deeds or is_reading()):
        return ask()
    if key not in known:
        known[key] = ask()
    return known[key]


def know(key: Hashable, value: Any) -> None:
    """What would be asked for was read with something else."""
    known = _read.get()
    if known is not None:
        known[key] = value


def forget() -> None:
    """Something was written that others have read: read everything again."""
    if _read.get() is not None:
        _read.set({})
