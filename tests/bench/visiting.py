"""People signed in to the product as it is served: every middleware, a session, and no test of ours in between."""

from collections.abc import Callable
from contextlib import contextmanager
from urllib.parse import urlencode

from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from core.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(person: User) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def visit(client: Client, address: str) -> Callable:
    """A call that opens an address, and stops the benchmark where it is not answered well."""

    def look():
        answer = client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}")
        return answer

    return look


def post_search(client: Client, words: str) -> Callable:
    """A call that types words into the search box and reads what was found."""

    def look():
        answer = client.post("/search", {"words": words}, follow=True)
        if answer.status_code != 200:
            raise RuntimeError(f"searching answered {answer.status_code}")
        return answer

    return look


def post_glance(client: Client, words: str) -> Callable:
    """A call that has typed so far, sent as the browser sends it, and reads the first few found."""

    def look():
        answer = client.post("/search/glance", urlencode({"words": words}), content_type="application/x-www-form-urlencoded")
        if answer.status_code != 200:
            raise RuntimeError(f"a glance answered {answer.status_code}")
        return answer

    return look


def questions(look: Callable) -> int:
    """How many queries a call asks, once it is warm; savepoints and the session's own are counted too."""
    look()
    with CaptureQueriesContext(connection) as asked:
        look()
    return len(asked)


@contextmanager
def on_database(name: str):
    """Everything within asks another filled database, through the default connection's own name."""
    usual = connections["default"]
    connections["default"] = connections[name]
    try:
        yield
    finally:
        connections["default"] = usual
