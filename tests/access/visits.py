"""Addresses filled in for a record, visitors signed in, and what one visit came to."""

import re
from dataclasses import dataclass
from operator import attrgetter

from django.test import Client, RequestFactory
from django.test.client import ClientHandler
from django.urls import get_resolver, reverse

from core.models import User
from tests.access.scene import ROLES

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NOBODY = "nobody"
# What differs between two answers that say the same.
FRESH = re.compile(rb'(name="csrfmiddlewaretoken" value|name="idempotency_key" value)="[^"]*"')
ONE_OFF_HEADERS = {"Set-Cookie", "Content-Length"}
NEVER = {
    "reference": "XXX-XXX", "slug": "no-such-thing", "file": "XXX-XXX", "number": 77, "holder": "XXX-XXX",
    "key": "no-such-key", "delegate": "XXX-XXX", "document": "XXX-XXX",
}  # fmt: skip
# What stands in the addresses of support, beside a record.
SUPPORT = {"task": "reason", "kind": "onward", "nth": 1, "action": 1, "months": 3}
# What is in an address beside a record.
BESIDE = {
    "month": "2026-11", "year": 2027, "name": "needs", "board": "scip", "token": "XXX-XXX:nobodys", "week": "2026-11-23",
    "role": "chair", "setting": "contact-every", "letter": "b", "version": 1, "other": 1, "measure": "sessions-held",
    "rest": "v1/nothing", "figure": "days-to-place", "care_figure": "sdq-scores", "during": "2026-11", "part": "risks", **SUPPORT,
}  # fmt: skip
# What stands in an address beside its own record's: another record's part; the contract of a council is named after it.
ELSEWHERE = {
    ("panel", "delegate"): ("stands", "reference"), ("proposal", "slug"): ("panel", "slug"), ("late", "reference"): ("meeting", "reference"),
    ("child", "slug"): ("child", "authority.slug"), ("report", "document"): ("report", "version.document.reference"),
    **{(about, "slug"): ("contract", "slug") for about in ("return", "payment", "budget", "performance", "assessment", "document")},
}  # fmt: skip


def named_addresses(patterns=None, before=(), space="") -> dict[str, tuple[str, ...]]:
    """Every named address of the product: its name, and what it asks for."""
    found = {}
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        asked = (*before, *entry.pattern.regex.groupindex, *entry.pattern.converters)
        if hasattr(entry, "url_patterns"):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            found |= named_addresses(entry.url_patterns, asked, inner)
        elif entry.name:
            found[space + entry.name] = tuple(dict.fromkeys(asked))
    return found


@dataclass(frozen=True)
class Visit:
    """One address, asked for by one visitor, and the answer."""

    who: str
    name: str
    method: str
    url: str
    status: int
    leads_to: str
    body: bytes
    headers: tuple

    @property
    def word(self) -> str:
        """The answer as the table says it."""
        if self.status == 302:
            return "sign-in" if self.leads_to.startswith("/sign-in?") else "moves"
        return {200: "opens", 403: "barred", 404: "-", 405: "posts"}.get(self.status, str(self.status))

    @property
    def everything(self) -> bytes:
        """Body and headers, in which a canary may stand."""
        return self.body + repr(self.headers).encode()

    def says_the_same_as(self, other) -> bool:
        """Whether nobody could tell the two answers apart."""
        return (self.status, FRESH.sub(b"", self.body), self.headers) == (
            other.status, FRESH.sub(b"", other.body), other.headers,
        )  # fmt: skip


class Browser(RequestFactory):
    """Asks as a browser does, with none of the notes on templates that Django's own test browser takes."""

    handler = ClientHandler(enforce_csrf_checks=False)

    def __init__(self, person=None):
        super().__init__()
        if person is not None:
            client = Client()
            client.force_login(User.objects.get(pk=person.pk), backend=BACKEND)
            self.cookies = client.cookies

    def request(self, **facts):
        """The answer itself; RequestFactory alone would give what is asked."""
        return self.handler(self._base_environ(**facts))


class Visitors:
    """A browser for each role, for the other provider's people, and for nobody."""

    def __init__(self, scene):
        people = {code: getattr(scene.borough, who) for code, who in ROLES.items()} | scene.others
        self.browsers = {code: Browser(person) for code, person in people.items()} | {NOBODY: Browser()}

    def visit(self, who, name, url, method="GET") -> Visit:
        """Ask, and read the whole answer."""
        answer = getattr(self.browsers[who], method.lower())(url)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        headers = tuple(sorted((k, v) for k, v in answer.items() if k not in ONE_OFF_HEADERS))
        return Visit(who, name, method, url, answer.status_code, answer.get("Location", ""), body, headers)


def address(name, about, asked, records, never=False) -> str | None:
    """The address of `about` among some records; None where there is none; `never` names nothing at all."""
    if about != "-" and about not in records:
        return None
    if about == "item" and "item" not in records:
        return None
    facts = {part: _fact(part, about, records) for part in asked}
    if never:
        first = next((part for part in ("reference", "slug", "document") if part in facts), None)
        facts |= {first: NEVER[first]} if first else {}
    url = reverse(name, kwargs=facts)
    if name == "referrals:allocate":
        url += f"?place={NEVER['reference'] if never else records['place'].reference}"
    return url


def _fact(part, about, records):
    """What stands in one part of an address."""
    if part in BESIDE:
        return BESIDE[part]
    if part == "file":
        return records[about].file.reference if about in {"letter", "late", "document"} else records["file"].reference
    if (about, part) in ELSEWHERE:
        record, name = ELSEWHERE[about, part]
        return attrgetter(name)(records[record])
    if part in {"holder", "person"}:
        return records["holder"].reference if "holder" in records else records["child"].social_worker.reference
    if part == "number":
        return records["item"].number
    record = {"item": lambda: records["item"].meeting, "letter": lambda: records["child"]}.get(about, lambda: records[about])()
    return getattr(record, part)
