"""Pages for what went wrong, and the two that machines ask for."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import JsonResponse
from django.shortcuts import render


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
    """Something of ours went wrong."""
    return render(request, "500.html", status=500)
