"""Asked again who one is: by code or password (allauth's pages), by one button in a demonstration, by the directory."""

from allauth.account import views as allauth_views
from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from core.actions.session import confirm_again
from core.directory import came_by_directory, directory_called
from core.step_up import note_confirmed
from core.views.bases import ANYONE_SIGNED_IN, Page

LEAD = "What comes next cannot be undone, or opens much. You go back to where you were, and what you typed is kept."


def next_page(request) -> str:
    """Where to go afterwards: an address of ours, or To do."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()})
    return wanted if safe and wanted.startswith("/") else "/"


def is_invented(person) -> bool:
    """Whether this is somebody of a demonstration, whom anybody may be."""
    return settings.DEMONSTRATION and person.is_demonstration


def check_again(request):
    """The way in which this person shows that it is they."""
    if not is_invented(request.user) and get_adapter(request).get_reauthentication_methods(request.user):
        return allauth_views.reauthenticate(request)
    return Confirm.as_view()(request)


class Confirm(Page):
    """For who has neither password nor code: one button for an invented person; anybody else signs in anew."""

    permission = ANYONE_SIGNED_IN
    template_name = "core/check_again.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            is_invented=is_invented(self.request.user), lead=LEAD, next=next_page(self.request),
            directory=directory_called(came_by_directory(self.request)), **kwargs,
        )  # fmt: skip

    def post(self, request, *args, **kwargs):
        if not is_invented(request.user):
            return self.get(request, *args, **kwargs)
        confirm_again(request.user, by=request.user)
        note_confirmed(request)
        return HttpResponseRedirect(next_page(request))
