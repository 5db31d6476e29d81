"""Deeds that cannot be undone, or that open much, ask again who is there: each view that does says so.

A page declares `asks_again = "a deed"` (its POST asks) or `"opening"` (its GET asks too); allauth's own pages are wrapped
in `asks_again` where their addresses are. What was typed is kept, and shown when the page is opened again.
"""

from datetime import datetime, timedelta
from functools import wraps

from allauth.account.signals import authentication_step_completed
from django.contrib.auth.signals import user_logged_in
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from core import clock
from core.actions.session import NEVER_KEPT, confirm_again, hold_post

CONFIRMED, TO_DO_AGAIN = "confirmed", "to-do-again"
FRESH_FOR = clock.minutes(15)
A_DEED, OPENING = "a deed", "opening"


def note_confirmed(request, *, ago: timedelta = timedelta(0)) -> None:
    """This moment, or a while ago, somebody showed that it is they."""
    request.session[CONFIRMED] = (clock.now() - ago).isoformat()


def is_fresh(request) -> bool:
    """Whether they showed it in the last 15 minutes: by signing in, or when they were asked again."""
    said = request.session.get(CONFIRMED)
    return said is not None and timedelta(0) <= clock.now() - datetime.fromisoformat(said) <= FRESH_FOR


def must_ask(request, asks: str | None) -> bool:
    """Whether a page that declares `asks` has to ask now."""
    is_asked = asks == OPENING or (asks == A_DEED and request.method == "POST")
    return is_asked and not is_fresh(request)


def ask(request, *, keeps: bool = False) -> HttpResponseRedirect:
    """Lead to the question, and back here afterwards; with what was posted kept, where it is to be."""
    if keeps and request.method == "POST":
        request.session[TO_DO_AGAIN] = request.path
        if set(request.POST) - NEVER_KEPT:
            hold_post(request.path, fields=request.POST, by=request.user)
    path = request.get_full_path() if request.method == "GET" else request.path
    return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{urlencode({'next': path})}")


def asks_again(view):
    """A view of somebody else's that asks before it shows anything."""

    @wraps(view)
    def asking(request, *args, **kwargs):
        if request.user.is_authenticated and must_ask(request, OPENING):
            return ask(request)
        return view(request, *args, **kwargs)

    asking.asks_again = OPENING
    return asking


def watch() -> None:
    """From now on signing in, and each answer to the question, are noted."""
    user_logged_in.connect(_signed_in, dispatch_uid="signed in")
    authentication_step_completed.connect(_answered, dispatch_uid="answered again")


def _signed_in(request, **_):
    """Now; where a directory vouches for somebody, when it asked them last, which may be this morning."""
    note_confirmed(request, ago=getattr(request, "proved_ago", timedelta(0)))


def _answered(request, user, reauthenticated=False, **_):
    if reauthenticated:
        confirm_again(user, by=user)
        note_confirmed(request)
