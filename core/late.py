"""Libraries that are heavy and seldom needed: each is imported when something of it is first used, and not when the service starts."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.utils.module_loading import import_string


def late_view(dotted: str, *, is_open: bool = False) -> Callable:
    """The view, or class of one, by this dotted name; its module, and what that needs, is loaded when somebody opens it.

    `is_open` says that whoever has not signed in may open it.
    """

    def view(request, *args, **kwargs):
        found = import_string(dotted)
        return (found.as_view() if isinstance(found, type) else found)(request, *args, **kwargs)

    view.__module__, _, view.__name__ = dotted.rpartition(".")
    return login_not_required(view) if is_open else view


class Late:
    """A module by its name: `pypdf = Late("pypdf")` is used as `import pypdf` is, and loads it with the first use."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._name), name)
