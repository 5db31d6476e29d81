"""A page on which one of several deeds is done: the next one that its reader may do, or the one that was posted."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from core.roles import Permission


@dataclass(frozen=True)
class Deed:
    """One deed of a page: who may, its form, its action, when it is open, and its words."""

    permission: Permission
    form: type
    act: Callable
    states: frozenset
    heading: str
    button: str
    done: str


class DeedsPage:
    """Shows the next deed that is open to its reader; what is posted names its deed, and the rule judges whether it is open.

    Declare `deeds`, and write `state()`.
    """

    deeds: dict[str, Deed] = {}

    def state(self) -> str:
        """Where the record has got to, as the deeds name it."""
        raise NotImplementedError

    @property
    def deed(self) -> str:
        """The name of the deed in hand, or nothing."""
        if self.request.method == "POST":
            typed = self.request.POST.get("deed", "") or self._next()
            if typed not in self.deeds or not self.request.user.can(self.deeds[typed].permission):
                raise PermissionDenied
            return typed
        return self._next()

    def _next(self) -> str:
        """The first deed that is open to this reader."""
        state, can = self.state(), self.request.user.can
        return next((name for name, deed in self.deeds.items() if state in deed.states and can(deed.permission)), "")

    def get_form_class(self):
        return self.deeds[self.deed].form if self.deed else super().get_form_class()

    def get_context_data(self, **kwargs):
        name = self.deed
        return super().get_context_data(deed=name, asked=self.deeds.get(name), **kwargs)

    def act(self, form):
        deed = self.deeds[self.deed]
        deed.act(self.record, by=self.request.user, **form.cleaned_data)
        self.success_message = deed.done
