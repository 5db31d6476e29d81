"""Signing in by a directory: the way there, and the answer that comes back."""

import logging

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from requests import RequestException

from core.directory import directory_called, went_wrong
from core.oidc import DirectoryAdapter

logger = logging.getLogger(__name__)


@login_not_required
def go(request, directory):
    """Lead to the directory; by a page of our own, for a form of ours sends nobody elsewhere."""
    found = directory_called(directory)
    if found is None:
        raise Http404
    if request.method != "POST":
        return HttpResponseRedirect(settings.LOGIN_URL)
    try:
        leads_to = get_adapter(request).get_provider(request, provider=directory).redirect_from_request(request).url
    except (RequestException, OAuth2Error, ValueError, KeyError) as fault:
        logger.warning("The %s directory cannot be asked: %s", directory, type(fault).__name__)
        return went_wrong(request, found.name, is_away=True)
    page = render(request, "core/directory_go.html", {"directory": found, "url": leads_to})
    page.headers["Refresh"] = f"0; url={leads_to}"
    return page


class Answer(OAuth2CallbackView):
    """What the directory says, judged with what was kept when the person was sent there."""

    def _get_state(self, request, provider):
        state, response = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        self.adapter.asked_again = (state or {}).get("again", False)
        return state, response


@login_not_required
def answer(request, directory):
    """Sign in whoever the directory vouches for."""
    found = directory_called(directory)
    if found is None:
        raise Http404
    try:
        return Answer.adapter_view(DirectoryAdapter(request, directory))(request)
    except (RequestException, OAuth2Error, KeyError) as fault:
        logger.warning("The %s directory’s answer cannot be read: %s", directory, type(fault).__name__)
        return went_wrong(request, found.name, is_away=isinstance(fault, RequestException))
