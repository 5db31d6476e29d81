"""What happens to every request before a page sees it."""

import logging
from datetime import datetime

from django.conf import settings
from django.contrib import auth
from django.http import HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from pghistory.middleware import HistoryMiddleware

from core.actions.session import hold_post
from core.directory import came_by_directory
from core.files import FileDamaged
from core.models import User

logger = logging.getLogger(__name__)
OPEN = ("/health/", "/static/")
MACHINES = "/api/"


class Headers:
    """No page is kept by a browser or a proxy, and none sends its address elsewhere; machines have no cookie, sent or given."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        is_machine = request.path.startswith(MACHINES)
        if is_machine:
            request.META.pop("HTTP_COOKIE", None)
        response = self.get_response(request)
        if is_machine:
            response.headers["Vary"] = "Authorization"
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        response.headers.setdefault("Permissions-Policy", "geolocation=(), microphone=()")
        return response


class RefuseNul:
    """An address with a NUL in it is nobody's."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return HttpResponseBadRequest("That address cannot be read.", content_type="text/plain")
        return self.get_response(request)


class TryAgain:
    """Somebody else holds what a page needs: it says so and asks for another try, with what was typed kept; never a 500 (trust G03)."""

    BUSY = {"55P03": "lock_not_available", "40P01": "deadlock_detected", "40001": "serialization_failure", "57014": "query_canceled"}

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        """The answer to a wait that was too long, or for a stored document that is damaged or gone; nothing to any other fault."""
        if isinstance(exception, FileDamaged):
            return _damaged(request, exception)
        if getattr(exception.__cause__, "pgcode", None) not in self.BUSY:
            return None
        logger.warning("Busy: %s at %s", self.BUSY[exception.__cause__.pgcode], request.resolver_match.view_name)
        if request.method == "POST" and request.user.is_authenticated:
            hold_post(request.path, fields=request.POST, by=request.user)
        answer = render(request, "503.html", {"again": request.get_full_path()}, status=503)
        answer.headers["Retry-After"] = "5"
        return answer


def _damaged(request, exception: FileDamaged):
    """One sentence and 503, for a true copy in the backup mends it; never the bytes."""
    logger.error("%s At %s", exception, request.resolver_match.view_name)
    return render(request, "damaged.html", status=503)


class ExpireSessions:
    """Ends a session after 30 minutes idle, or 12 hours, keeping what was posted for the same person."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        seen = request.session.get("seen") if auth.SESSION_KEY in request.session else None
        now = timezone.now()
        if seen and self._is_over(request.session.get("began", seen), seen, now):
            return self._end(request)
        if auth.SESSION_KEY in request.session and not request.path.startswith(OPEN):
            self._mark(request, seen, now)
        return self.get_response(request)

    def _is_over(self, began, seen, now):
        """Whether it was left alone too long, or has lasted as long as any may."""
        idle, age = (now - datetime.fromisoformat(moment) for moment in (seen, began))
        return idle > settings.SESSION_IDLE or age > settings.SESSION_LONGEST

    def _mark(self, request, seen, now):
        """Note the time, at most once a minute, so that reading a page seldom writes."""
        request.session.setdefault("began", now.isoformat())
        if not seen or (now - datetime.fromisoformat(seen)).total_seconds() > 60:
            request.session["seen"] = now.isoformat()

    def _end(self, request):
        person = User.objects.filter(pk=request.session[auth.SESSION_KEY]).first()
        if request.method == "POST" and person:
            hold_post(request.path, fields=request.POST, by=person)
        request.session.flush()
        query = urlencode({"next": request.get_full_path() if request.method == "GET" else request.path})
        return HttpResponseRedirect(f"{settings.LOGIN_URL}?{query}&ended=1")


class ActingRole:
    """The person acts in one role: the session's choice, where they still hold it."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.session.get("acting")
        if chosen and request.user.is_authenticated:
            roles = request.user.current_roles
            request.user.acting = next((held for held in roles if held.pk == chosen), None) or (
                roles[0] if roles else None
            )
        return self.get_response(request)


class SecondFactor:
    """Every local account but a demonstration one has a second factor before anything else; a directory asks for its own."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if self._is_missing(request):
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        return self.get_response(request)

    def _is_missing(self, request):
        person = request.user
        if not person.is_authenticated or person.is_demonstration or settings.TEST:
            return False
        if request.path.startswith((*OPEN, "/account/two-factor", "/sign-out", "/sign-in")):
            return False
        return not (came_by_directory(request) or person.authenticator_set.exists())


class History(HistoryMiddleware):
    """Row history carries who and where; never a child's name."""

    def get_context(self, request):
        """What each version written during this request is marked with."""
        acting = getattr(request.user, "acting", None)
        return {
            **super().get_context(request),
            "role": acting.role if acting else "",
        }
