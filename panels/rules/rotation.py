"""A chair that turns: each meeting's chair is the next agency's, and a meeting that is not to be uses no turn."""

from collections.abc import Sequence


def in_the_chair(rotation: Sequence[str], turns_used: int) -> str:
    """Give the agency whose turn it is once so many turns have been used; nothing where the chair does not turn."""
    return rotation[turns_used % len(rotation)] if rotation else ""


def stands_in(rotation: Sequence[str], agency: str) -> str:
    """Give the agency that takes the chair when this one's person is away: the next in the rotation."""
    if agency not in rotation:
        return ""
    return rotation[(list(rotation).index(agency) + 1) % len(rotation)]
