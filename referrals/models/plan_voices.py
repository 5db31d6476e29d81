"""What a child has said of the difference made, shown beside their plan: told by the app that asked them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Voice:
    """One evaluation in the child's words: its day, what it changed in the plan, and where it is put into the plan, if it waits for that."""

    said_on: date
    words: str
    used_on: date | None
    used_how: str
    url: str = ""


_tellers: list[Callable] = []


def add_voices(teller: Callable) -> None:
    """Register who tells what a child said; `teller(child, user)` gives voices, the newest first."""
    if teller not in _tellers:
        _tellers.append(teller)


def voices_of(child, user) -> list[Voice]:
    """What one child has said of the difference made, for somebody who may read their plan."""
    return [voice for teller in _tellers for voice in teller(child, user)]
