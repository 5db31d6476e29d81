"""What a list declares: its columns, and the queues it is kept in."""

from collections.abc import Callable
from dataclasses import dataclass

from core.models import SavedView
from core.once import know, once
from core.rows_within import rows_within

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
    for few among very many. `holds_all` where it narrows nothing, so that it has the rows of every other.
    """

    key: str
    label: str
    narrow: Callable
    places: Callable | None = None
    holds_all: bool = False


def kept_views(user, path: str) -> list[SavedView]:
    """A person's saved views of the list at this path, by name, asked once a page."""
    return once(("saved views", user.pk, path), lambda: list(_kept_views(user, path)))


def kept_views_within(person: int, path: str):
    """The same of a person by key, as an expression of a question that asks other things too."""
    return rows_within(_kept_views(person, path), "reference", "path", "name", "query", "is_default")


def know_kept_views(user, path: str, views: list[SavedView]) -> None:
    """They were read with something else, for this page."""
    know(("saved views", user.pk, path), views)


def _kept_views(person, path: str):
    return SavedView.objects.visible_to(person).filter(path=path).order_by("name")[:20]


def in_words(number: int, is_more: bool, noun: str) -> str:
    """A count as a list says it."""
    one, _, many = noun.partition(",")
    return f"{'More than ' if is_more else ''}{number:,} {one if number == 1 else many or one + 's'}"
