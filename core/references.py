"""References: six signs in two threes, random, unique and meaningless.

Among a million, nearly one draw in a hundred is taken already. So a new row is sent with a few draws, and the statement that
adds it takes the first that nobody has, and says which: one statement, as before, and nobody is told that the draw failed.
"""

import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache

from django.db import models
from django.db.models.expressions import Expression
from django.urls import reverse

SIGNS = "23467CDFGHJKMNPQRTVWXY"
_system = secrets.SystemRandom()
_source: ContextVar[random.Random | None] = ContextVar("signs", default=None)
PATTERN = f"[{SIGNS}]{{3}}-[{SIGNS}]{{3}}"
SPARES = 3
EXAMPLE = "222-222"


class Drawn(str):
    """A reference that was drawn, and may be drawn again; one that somebody chose is not."""

    __slots__ = ()

    def spares(self) -> list[str]:
        """More draws, should this one be taken; from a seeded source they follow from it, so that its own sequence stays."""
        source = random.Random(str(self)) if _source.get() else _system
        return [_drawn(source) for _ in range(SPARES)]


def _drawn(source: random.Random) -> str:
    """Six signs from a source, with their hyphen."""
    signs = "".join(source.choice(SIGNS) for _ in range(6))
    return f"{signs[:3]}-{signs[3:]}"


def new_reference() -> str:
    """A reference such as RK4-7QX; 113 million are possible, and `ReferenceField` sees to it that none is given twice."""
    return Drawn(_drawn(_source.get() or _system))


def address_of(page: str, reference: str) -> str:
    """The address of a record's page by its name, such as "referrals:child", and a reference; a page of fifty links asks how it is made once a process."""
    before, after = _address(page)
    return f"{before}{reference}{after}"


@cache
def _address(page: str) -> tuple[str, str]:
    before, after = reverse(page, args=[EXAMPLE]).split(EXAMPLE)
    return before, after


class FirstFree(Expression):
    """The first of some draws that no row of the table has."""

    def __init__(self, field: models.Field, draws: list[str]):
        super().__init__(output_field=field)
        self.column, self.draws = field, draws

    def as_sql(self, compiler, connection):
        """A look at the column's own index for each draw, until one is free."""
        table, column = (compiler.quote_name_unless_alias(name) for name in (self.column.model._meta.db_table, self.column.column))
        draws = ", ".join(["%s"] * len(self.draws))
        sql = f"SELECT signs FROM unnest(ARRAY[{draws}]::varchar[]) WITH ORDINALITY AS drawn(signs, nth) WHERE NOT EXISTS (SELECT FROM {table} WHERE {table}.{column} = signs) ORDER BY nth LIMIT 1"
        return f"({sql})", self.draws


class ReferenceField(models.CharField):
    """A record's own reference: drawn when the record is added, and drawn again where it is taken."""

    # The database says which draw was taken.
    db_returning = True

    def __init__(self, **kwargs):
        super().__init__(**{"max_length": 7, "unique": True, "default": new_reference} | kwargs)

    def deconstruct(self):
        """For migrations it is the column that it always was."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs

    def pre_save(self, model_instance, add):
        """What is sent to the database: the draws, for a new record; what it has, for an old one."""
        value = super().pre_save(model_instance, add)
        return FirstFree(self, [value, *value.spares()]) if add and isinstance(value, Drawn) else value


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
