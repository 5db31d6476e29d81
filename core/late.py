"""Libraries that are heavy and seldom needed: each is imported when something of it is first used, and not when the service starts."""

from importlib import import_module
from typing import Any


class Late:
    """A module by its name: `pypdf = Late("pypdf")` is used as `import pypdf` is, and loads it with the first use."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._name), name)
