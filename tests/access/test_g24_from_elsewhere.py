"""trust G24: what is posted from another site, or without the form's own token, changes nothing, at any address."""

import os

import pytest
from django.db import connection, transaction
from django.test.client import ClientHandler

from tests.access import matrix
from tests.access.test_gets_do_not_write import Writes
from tests.access.visits import Visitors, address, named_addresses

pytestmark = pytest.mark.django_db
FULL = bool(os.environ.get("THROUGHLINE_FULL"))
# Machines have a token in a header, which no other site can send, and no cookie.
MACHINES = "kpis:api_"
ATTACKS = {
    "no token": {},
    "a token of its own": {"HTTP_X_CSRFTOKEN": "a" * 64},
    "from elsewhere": {"HTTP_ORIGIN": "https://elsewhere.example"},
    "from a page that hides itself": {"HTTP_ORIGIN": "null"},
}


def changed(scene, headers, *, guarded=True, every=1) -> tuple[int, list[str]]:
    """How many were posted, and which of them wrote anything or were let in."""
    visitors, asked, found, posted = Visitors(scene), named_addresses(), [], 0
    for browser in visitors.browsers.values():
        browser.handler = ClientHandler(enforce_csrf_checks=guarded)
    rows = [(name, row) for name, row in matrix.rows().items() if not name.startswith(MACHINES)]
    for name, (about, words) in rows[::every]:
        who = next((who for who, word in words.items() if word in {"opens", "moves", "posts"} and who != "nobody"), None)
        if who is None:
            continue
        writes, posted = Writes(), posted + 1
        with transaction.atomic(), connection.execute_wrapper(writes):
            answer = visitors.browsers[who].post(address(name, about, asked[name], scene.records["ours"]), {"reason": "x"}, **headers)
            transaction.set_rollback(True)
        written = [sql for sql in writes.found if "django_session" not in sql]
        if written or answer.status_code not in {403, 405}:
            found.append(f"{who} POST {name}: {answer.status_code} {written[:1]}")
    return posted, found


@pytest.mark.parametrize("attack", ATTACKS)
def test_g24_nothing_is_changed_from_elsewhere(scene, attack, tried):
    posted, found = changed(scene, ATTACKS[attack], every=1 if FULL else 3 if attack == "no token" else 9)
    tried("G24", f"posts with {attack}", count=posted, expected="all refused", found=f"{posted - len(found)} refused")

    assert found == []
    assert posted > 25, posted


def test_g24_without_the_token_asked_for_they_are_let_in(scene):
    """The control."""
    posted, found = changed(scene, {}, guarded=False, every=9)

    assert len(found) > posted / 5, (posted, found)
