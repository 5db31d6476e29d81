"""Fragments of pages that a process draws once and keeps: each under a key that names all that it was drawn of, and no more of them than a page of many needs.

Nothing of a person or a child is kept here, and nothing that the database says may change under the same key.
"""

from collections.abc import Callable, Hashable

from django.utils.safestring import SafeString

MOST = 512


class Kept:
    """Fragments by key; where there are too many, that which was drawn first goes."""

    def __init__(self, most: int = MOST) -> None:
        self.most, self.drawn = most, {}

    def get(self, key: Hashable, draw: Callable[[], SafeString]) -> SafeString:
        """The fragment of this key, drawn where it is not kept."""
        found = self.drawn.get(key)
        if found is None:
            found = draw()
            if len(self.drawn) >= self.most:
                self.drawn.pop(list(self.drawn)[0], None)  # noqa: RUF015 - in one step, so that another thread may add one meanwhile
            self.drawn[key] = found
        return found
