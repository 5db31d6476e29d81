"""What a process makes once and keeps, each under a key that names all that it was made of, and no more of them than is said."""

from collections.abc import Callable, Hashable
from typing import Any

MOST = 512


class Kept:
    """Things by key; where there are too many, that which was asked for least lately goes."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._kept = most, {}

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What is kept under this key; made where nothing is. It is never None."""
        found = self._kept.pop(key, None)
        self._kept[key] = found = make() if found is None else found
        while len(self._kept) > self._most:
            self._kept.pop(list(self._kept)[0], None)  # noqa: RUF015 - in one step, so that another thread may add one meanwhile
        return found

    def clear(self) -> None:
        """Keep nothing."""
        self._kept.clear()
