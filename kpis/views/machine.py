"""What every address of the interface for machines does: a token and no cookie, one audit row, problems as problem+json, ETags."""

import base64
import binascii
import hashlib
import json
import logging
import re
from contextlib import suppress
from datetime import date
from decimal import Decimal
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View

from kpis.actions.api_client import NOBODY, Admission, admit_call
from kpis.api.openapi import JSON, LIMIT, MOST, PROBLEM

log = logging.getLogger(__name__)
BEARER = 'Bearer realm="Throughline"'
LONGEST = 400
PARTS_OF_A_PLACE = 4
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class BadParameter(Exception):
    """A parameter that is not known or cannot be read; says which and why."""


def problem(status: int, detail: str, **headers) -> HttpResponse:
    """Why a call is not answered, for a program to read."""
    said = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    return HttpResponse(json.dumps(said), status=status, content_type=PROBLEM, headers=headers)


def refused(admission: Admission) -> HttpResponse:
    """The problem of a call that was not let in."""
    headers = {401: {"WWW-Authenticate": f'{BEARER}, error="invalid_token"'}, 403: {"WWW-Authenticate": f'{BEARER}, error="insufficient_scope"'}}
    again = {"Retry-After": str(admission.again_in)} if admission.again_in else {}
    return problem(admission.status, admission.why, **headers.get(admission.status, {}), **again)


def token_in(request) -> str:
    """The token that a request carries in its header, and nowhere else; nothing where there is none."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip()[:LONGEST] if scheme.lower() == "bearer" else ""


@method_decorator([login_not_required, csrf_exempt], name="dispatch")
class ApiView(View):
    """One address for machines: declare `route` (as the trail calls it), `scope` and `asks`, and write `answer(caller, **asked)`.

    Each of `asks` is the name of a parameter with what reads it; whatever else is asked for is a problem.
    """

    route, scope = "", ""
    asks = {}

    def dispatch(self, request, *args, **kwargs):
        if request.method not in {"GET", "HEAD"}:
            return problem(405, "Only GET and HEAD are answered.", Allow="GET, HEAD")
        token = token_in(request)
        if not token:
            return problem(401, "Send a token in the header Authorization, as a bearer token.", **{"WWW-Authenticate": BEARER})
        admission = admit_call(token, path=self.route, scope=self.scope, by=None)
        if admission is NOBODY:
            log.info("A call to %s was refused: its token is in nobody's use.", self.route)
        return refused(admission) if admission.client is None else self._answered(admission.client)

    def _answered(self, client) -> HttpResponse:
        """The answer of a call that was let in."""
        try:
            found = self.answer(client.caller, **self._asked(), **self.kwargs)
        except BadParameter as why:
            return problem(400, str(why))
        if found is None:
            return problem(404, "There is nothing here.")
        body = json.dumps(found, ensure_ascii=False, default=_number).encode()
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        whole = HttpResponse(body, content_type=JSON, headers={"ETag": etag, "Cache-Control": "private, no-cache"})
        return get_conditional_response(self.request, etag=etag, response=whole)

    def _asked(self) -> dict:
        """The parameters, read; an empty one is left out."""
        unknown = sorted(set(self.request.GET) - set(self.asks))
        if unknown:
            raise BadParameter(f"Not a parameter here: {unknown[0][:40]!r}. Known: {', '.join(self.asks) or 'none'}.")
        return {name: read(name, typed) for name, read in self.asks.items() if (typed := self.request.GET.get(name, ""))}

    def answer(self, caller, **asked) -> dict | None:
        """What is answered, or None where there is nothing."""
        raise NotImplementedError


def _number(value):
    """Decimals as numbers; nothing else is unknown to JSON here."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(type(value).__name__)


def words(name: str, typed: str) -> str:
    """A parameter of a few words."""
    if len(typed) > LONGEST or "\x00" in typed:
        raise BadParameter(f"{name} is too long or cannot be read.")
    return typed


def day(name: str, typed: str) -> date:
    """A parameter that is a day, as 2026-12-03."""
    with suppress(ValueError):
        if DAY.fullmatch(typed):
            return date.fromisoformat(typed)
    raise BadParameter(f"{name} is a day such as 2026-12-03.")


def how_many(name: str, typed: str) -> int:
    """A parameter that says how many at most."""
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 4 and 1 <= int(typed) <= MOST):
        raise BadParameter(f"{name} is a whole number from 1 to {MOST}.")
    return int(typed)


def place(name: str, typed: str) -> tuple[str, ...]:
    """A parameter that says where a page begins."""
    try:
        found = json.loads(base64.urlsafe_b64decode(words(name, typed).encode("ascii")))
    except (ValueError, binascii.Error, RecursionError) as why:
        raise BadParameter(f"{name} is what the page before gave.") from why
    if not isinstance(found, list) or len(found) != PARTS_OF_A_PLACE or not all(isinstance(part, str) and "\x00" not in part for part in found):
        raise BadParameter(f"{name} is what the page before gave.")
    return tuple(found)


def place_of(parts: tuple[str, ...]) -> str:
    """A place in a list as the address of the next page has it."""
    return base64.urlsafe_b64encode(json.dumps(parts, ensure_ascii=False).encode()).decode()


class ApiList(ApiView):
    """A list by pages: write `rows(caller, after=…, **asked)`, in order, each with its place and its shape."""

    def answer(self, caller, *, after=("",) * PARTS_OF_A_PLACE, limit=LIMIT, **asked):
        found = []
        for at, row in self.rows(caller, after=after, **asked):
            if len(found) == limit:
                return {"items": [row for _, row in found], "next": self._next(found[-1][0])}
            found.append((at, row))
        return {"items": [row for _, row in found], "next": None}

    def _next(self, at) -> str:
        """Path and query of the next page."""
        query = self.request.GET.copy()
        query["after"] = place_of(at)
        return f"{self.request.path}?{query.urlencode()}"

    def rows(self, caller, *, after, **asked):
        """The rows after a place, each as its place and what is told of it."""
        raise NotImplementedError
