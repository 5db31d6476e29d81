"""Routes on from the page of how a young person moves on: apps above tell of them, referrals never ask."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class OnwardRoute:
    """One way on: its name, where it leads, and where it has got to."""

    name: str
    url: str
    stands: str


_tellers: list[Callable] = []


def tell_route(teller: Callable) -> Callable:
    """Register who knows a route; it takes a child and a reader, and gives an OnwardRoute or None."""
    if teller not in _tellers:
        _tellers.append(teller)
    return teller


def routes_for(child, user) -> list[OnwardRoute]:
    """The routes that this reader has on from this child's page."""
    return [route for teller in _tellers if (route := teller(child, user))]
