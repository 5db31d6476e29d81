"""Pages for what went wrong, and the two that machines ask for."""

import sys

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import DatabaseError, Error, InterfaceError, OperationalError, connection
from django.http import HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.shortcuts import render
from django.template.loader import render_to_string

# What PostgreSQL says when it stops, was killed, or is not up yet; a connection that broke says nothing.
GOES_AWAY = {None, "57P01", "57P02", "57P03", "08000", "08003", "08006", "08001", "08004"}
NEVER_SHOWN = {"password", "login", "code"}


@login_not_required
def live(request):
    """The process answers."""
    return JsonResponse({"status": "live"})


@login_not_required
def ready(request):
    """The process answers and the database does too."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "the database does not answer"}, status=503)
    return JsonResponse({"status": "ready"})


def csrf_failed(request, reason=""):
    """The form was sent from somewhere else, or from a page left open over a sign-in."""
    return render(request, "403_csrf.html", status=403)


def too_many_guesses(request, response=None, credentials=None):
    """Ten wrong passwords in five minutes: the same words for an account that exists and one that does not."""
    return render(request, "429.html", status=429)


def bad_request(request, exception=None):
    """What was asked cannot be read."""
    return render(request, "400.html", status=400)


def not_allowed(request, exception=None):
    """The record may be seen, and this may not be done by this role."""
    return render(request, "403.html", status=403)


def not_found(request, exception=None):
    """Nothing here for this person; the same bytes whether or not it exists."""
    return render(request, "404.html", status=404)


def problem(request):
    """Something of ours went wrong; or the database is away for a moment, and what was typed goes back to whoever typed it."""
    if is_away(sys.exc_info()[1]):
        return away(request)
    return render(request, "500.html", status=500)


def is_away(fault: BaseException | None) -> bool:
    """Whether a fault means that the database did not answer, and not that something is wrong."""
    broke = isinstance(fault, (OperationalError, InterfaceError)) or type(fault) in {DatabaseError, Error}
    return broke and getattr(fault.__cause__, "pgcode", None) in GOES_AWAY


def away(request) -> HttpResponse:
    """The page while the database is away. It asks nothing of it, and holds what was posted, to be sent again as it was."""
    shown = {"action": request.get_full_path(), "kept": _posted(request), "method": request.method}
    return HttpResponse(render_to_string("away.html", shown), status=503, headers={"Retry-After": "5"})


def _posted(request) -> list[tuple[str, str]]:
    """Each field that was posted, with its words; the form's own token and key too, so that it is done once."""
    try:
        fields = request.POST.lists()
    except (UnreadablePostError, MultiPartParserError, BadRequest, SuspiciousOperation):
        return []
    return [(name, text) for name, texts in fields for text in texts if name not in NEVER_SHOWN]
