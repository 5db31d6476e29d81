"""Libraries that are heavy and seldom needed: each is imported when something of it is first used, and not when the service starts."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.utils.module_loading import import_string


def late_view(dotted: str) -> Callable:
    """The view by this dotted name, for whoever has not signed in; its module, and what that needs, is loaded when somebody opens it."""

    def view(request, *args, **kwargs):
        return import_string(dotted)(request, *args, **kwargs)

    view.__module__, _, view.__name__ = dotted.rpartition(".")
    return login_not_required(view)


class Late:
    """A module by its name: `pypdf = Late("pypdf")` is used as `import pypdf` is, and loads it with the first use."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module(self._name), name)
