"""Pages of a long list without counting what lies before: each begins after the last row of the one before.

A list's rows are given in parts, so that each part can be walked along an index of its own, in order, as far as a page
goes; what no index could do is the whole "mine, or my team's, or told to me" at once. A part narrows and never widens: the
rows it begins from keep to visible_to already.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, F, Func, Q, QuerySet


@dataclass(frozen=True)
class Part:
    """Some of a list's rows, and the field or annotation that they are ordered by; the key decides between equals.

    `is_indexed` where one index holds them all in that order.
    """

    rows: QuerySet
    by: str
    is_indexed: bool = False


@dataclass(frozen=True)
class Mark:
    """A row as a place in a list: what it is ordered by, and its key."""

    value: Any
    key: int


@dataclass(frozen=True)
class Way:
    """Which way a list is walked: falling (newest first) or rising, and from which row on, forwards or back."""

    is_falling: bool
    mark: Mark | None = None
    is_back: bool = False

    @property
    def falls(self) -> bool:
        """Whether the database reads it falling: a list that falls, forwards, or one that rises, backwards."""
        return self.is_falling != self.is_back


def rows_of(part: Part, way: Way, most: int) -> QuerySet:
    """The first `most` rows of one part, in the order they are read."""
    sign = "-" if way.falls else ""
    return _beyond(part, way).order_by(f"{sign}{part.by}", f"{sign}id")[:most]


def keys_of(parts: list[Part], way: Way, most: int) -> list[int]:
    """The keys of the first `most` rows of the parts together, in the order they are read; one query."""
    found = [rows_of(Part(part.rows.annotate(walked_by=F(part.by)), part.by), way, most).values_list("walked_by", "id") for part in _not_empty(parts)]
    if len(found) < 2:
        return [key for rows in found for _, key in rows]
    sign = "-" if way.falls else ""
    return [key for _, key in found[0].union(*found[1:]).order_by(f"{sign}walked_by", f"{sign}id")[:most]]


def among_first(parts: list[Part], way: Way, most: int) -> Func | None:
    """The condition that a row is among the first `most` of one of the parts, for a question that reads the rows at once; None where there are none.

    As arrays of keys: each is read along its own index, and the rows by their keys.
    """
    found = [ArraySubquery(rows_of(part, way, most).values("id")) for part in _not_empty(parts)]
    keys = Func(*found, template="%(expressions)s", arg_joiner=" || ", output_field=ArrayField(BigIntegerField()))
    return Func(F("id"), keys, template="%(expressions)s)", arg_joiner=" = ANY(", output_field=BooleanField()) if found else None


def _not_empty(parts: list[Part]) -> list[Part]:
    """Those that may have rows: what a filter already emptied cannot be joined to others."""
    return [part for part in parts if not part.rows.query.is_empty()]


def _beyond(part: Part, way: Way) -> QuerySet:
    """The rows of a part that come after the mark, whichever way it is read; in words that an index understands."""
    if way.mark is None:
        return part.rows
    word = "lt" if way.falls else "gt"
    beyond = Q(**{f"{part.by}__{word}": way.mark.value}) | Q(**{part.by: way.mark.value, f"pk__{word}": way.mark.key})
    return part.rows.filter(Q(**{f"{part.by}__{word}e": way.mark.value}) & beyond)


def keys_up_to(part: Part, most: int) -> QuerySet:
    """A query for the keys of at most so many rows of a part: to count what is listed, and no further.

    In order where one index holds them so: it is then walked, and a planner left free may read the table. In none elsewhere: whoever
    was told of very many would have all of them sorted, and not the first few counted.
    """
    return part.rows.order_by(*([f"-{part.by}", "-id"] if part.is_indexed else [])).values("id")[:most]
