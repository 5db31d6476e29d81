"""References: six signs in two threes, random, unique and meaningless."""

import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

SIGNS = "23467CDFGHJKMNPQRTVWXY"
_system = secrets.SystemRandom()
_source: ContextVar[random.Random | None] = ContextVar("signs", default=None)
PATTERN = f"[{SIGNS}]{{3}}-[{SIGNS}]{{3}}"


def new_reference() -> str:
    """A reference such as RK4-7QX; 113 million are possible, and the column is unique."""
    signs = "".join((_source.get() or _system).choice(SIGNS) for _ in range(6))
    return f"{signs[:3]}-{signs[3:]}"


@contextmanager
def drawn_from(source: random.Random) -> Iterator[None]:
    """Draw references from a seeded source, so that a demonstration is the same on every run."""
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)


def tidy(typed: str) -> str:
    """What somebody typed, as a reference is written: upper case, with its hyphen."""
    signs = "".join(sign for sign in typed.upper() if sign.isalnum())
    return f"{signs[:3]}-{signs[3:]}" if len(signs) == 6 else typed


class ReferenceConverter:
    """The part of an address that is a reference."""

    regex = PATTERN

    def to_python(self, value: str) -> str:
        """Addresses carry references as they are."""
        return value

    def to_url(self, value: str) -> str:
        """References go into addresses as they are."""
        return value
