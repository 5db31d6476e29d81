"""Pages of a long list without counting what lies before: each begins after the last row of the one before.

A list's rows are given in parts, so that each part can be walked along an index of its own, in order, as far as a page
goes; what no index could do is the whole "mine, or my team's, or told to me" at once. A part narrows and never widens: the
rows it begins from keep to visible_to already.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet


@dataclass(frozen=True)
class Part:
    """Some of a list's rows, and the field or annotation that they are ordered by; the key decides between equals."""

    rows: QuerySet
    by: str


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


def keys_of(parts: list[Part], way: Way, most: int) -> list[int]:
    """The keys of the first `most` rows of the parts together, in the order they are read; one query."""
    sign = "-" if way.falls else ""
    found = [
        _beyond(part, way).annotate(walked_by=F(part.by)).order_by(f"{sign}walked_by", f"{sign}id").values_list("walked_by", "id")[:most]
        for part in parts
    ]  # fmt: skip
    if len(found) < 2:
        return [key for rows in found for _, key in rows]
    return [key for _, key in found[0].union(*found[1:]).order_by(f"{sign}walked_by", f"{sign}id")[:most]]


def _beyond(part: Part, way: Way) -> QuerySet:
    """The rows of a part that come after the mark, whichever way it is read; in words that an index understands."""
    if way.mark is None:
        return part.rows
    word = "lt" if way.falls else "gt"
    beyond = Q(**{f"{part.by}__{word}": way.mark.value}) | Q(**{part.by: way.mark.value, f"pk__{word}": way.mark.key})
    return part.rows.filter(Q(**{f"{part.by}__{word}e": way.mark.value}) & beyond)


def keys_up_to(parts: list[Part], most: int):
    """A query for the keys of at most so many rows of the parts together: to count what is listed, and no further."""
    found = [part.rows.order_by().values("pk")[:most] for part in parts]
    return found[0].union(*found[1:]) if len(found) > 1 else found[0]
