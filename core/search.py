"""Search: one box, and each app finds its own records among what the person may see."""

from collections.abc import Callable
from dataclasses import dataclass, field

MOST_HITS = 20
# So many are shown while somebody types.
GLANCED_AT = 8
LONGEST = 100


@dataclass(frozen=True)
class Hit:
    """One record found: its name for this person, where it is, and what to know of it."""

    title: str
    url: str
    facts: list[str] = field(default_factory=list)
    status_label: str = ""
    status_tone: str = "plain"
    next_line: str = ""
    link_label: str = ""


@dataclass(frozen=True)
class Found:
    """What one app found: its hits, whether there are more, whether they are only alike, and whether it could look for what is alike."""

    hits: list[Hit]
    is_more: bool = False
    is_only_alike: bool = False
    is_exact: bool = False
    may_be_alike: bool = False


@dataclass(frozen=True)
class Finder:
    """How one kind of record is found, and by whom; `what` says what to type.

    `find` takes the person, the words, and whether names that are only alike will do, where none is spelled so.
    `glance` takes the person and what they have typed so far, and gives the first few, with less said of each. `finds_parts` where it
    finds by a part of a name, so that nothing found means something before all is typed.
    """

    label: str
    what: str
    may: Callable
    find: Callable
    glance: Callable
    finds_parts: bool = False


_finders: list[Finder] = []


def add_finder(finder: Finder) -> None:
    """Let one more kind of record be found; once each."""
    if finder.label not in {known.label for known in _finders}:
        _finders.append(finder)


def finders_for(user) -> list[Finder]:
    """The kinds of record this person may look for."""
    return [] if user.acting is None else [finder for finder in _finders if finder.may(user)]


def tidy_words(typed: str) -> str:
    """What was typed, in one line of at most 100 characters."""
    return " ".join(typed.replace("\x00", "").split())[:LONGEST]
