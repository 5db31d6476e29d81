"""Suppression: small counts of children hidden so that nobody can work them back out."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Suppressed:
    """Counts and their total as they may be shown; None is hidden."""

    cells: list[int | None]
    total: int | None


def suppress(cells: Sequence[int], *, highest: int = 5) -> Suppressed:
    """Hide counts of 1 to `highest`, and whatever would give them back; noughts are shown.

    Under a visible total the hidden counts must differ, or be able to. Where they
    need not, every count equal to the smallest one still showing is hidden too;
    where none is showing, the total is. What is hidden never depends on the order of
    the hidden counts, so that they could be exchanged, and one who knows this rule
    and plays it again is left with at least two values for each.
    """
    if highest < 2:
        raise ValueError("A hidden count that can only be 1 is not hidden.")
    if any(cell < 0 for cell in cells):
        raise ValueError("A count is never below nought.")
    small = [cell for cell in cells if 1 <= cell <= highest]
    if not small or _may_differ(small, highest):
        return _hide(cells, highest)
    showing = [cell for cell in cells if cell > highest]
    if showing:
        return _hide(cells, min(showing))
    return Suppressed(_hide(cells, highest).cells, None)


def _may_differ(small: Sequence[int], highest: int) -> bool:
    """Say whether a visible total leaves each of some hidden small counts two values or more."""
    return len(small) > 1 and len(small) < sum(small) < highest * len(small)


def _hide(cells: Sequence[int], highest: int) -> Suppressed:
    return Suppressed([None if 1 <= cell <= highest else cell for cell in cells], sum(cells))
