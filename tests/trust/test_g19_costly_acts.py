"""trust G19: many ask for what costs most at one moment, and the pages of everybody else go on."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.trust.running import Load, manage

pytestmark = pytest.mark.django_db
FULL = bool(os.environ.get("THROUGHLINE_FULL"))
ASKERS = 50 if FULL else 12
MOST_EACH, LONGEST, SLOWER, SLACK = 5, 10.0, 2.5, 2.0
MANAGER, HEAD, BYSTANDER = "Martin Feeney", "David Achebe", "Nadia Okafor"
OPEN_NOW = "SELECT count(*) FROM core_namedexport"
LONG = ("(a+)+$ " * 1200)[:8000]


def reading():
    """A deed: To do and one list are read in turn."""
    return lambda who, number, turn: who.get("/" if turn % 2 else "/referrals")


def ask_at_once(people, deeds):
    """Every deed at one moment, each by one of these people; gives status and seconds of each."""

    def do(n):
        began = time.monotonic()
        status = deeds[n % len(deeds)](people[n % len(people)]).status_code
        return status, time.monotonic() - began

    with ThreadPoolExecutor(ASKERS) as many:
        return list(many.map(do, range(ASKERS)))


def test_g19_lists_with_names_are_queued_and_each_person_has_at_most_five(running, tried):
    service = running()
    service.start("web", "worker", "beat")
    managers, bystander = [service.be(MANAGER) for _ in range(4)], service.be(BYSTANDER)
    said = {"deed": "export", "who": "names", "because": "An inspection."}
    asking = [lambda who: who.post("/children", said)]

    with Load(reading(), [bystander]) as load:
        began = time.monotonic()
        time.sleep(5)
        asked = time.monotonic()
        answers = ask_at_once(managers, asking)
        end = time.monotonic()

    assert {status for status, _ in answers} == {302}
    assert service.number(OPEN_NOW) == MOST_EACH
    assert max(seconds for _, seconds in answers) < LONGEST
    normal, during = load.slowest(began, asked), load.slowest(asked, end)
    assert load.statuses() == {200}
    assert during <= SLOWER * normal + SLACK, (normal, during)
    tried("G19", "lists with names asked for at one moment", count=ASKERS, expected="five each, pages go on",
          found=f"{MOST_EACH} kept; a page took {during:.2f} s ({normal:.2f} before)")  # fmt: skip


def test_g19_the_biggest_files_long_searches_and_deep_pages_end_soon(running, tried):
    service = running()
    service.start("web")
    people, bystander = [service.be(HEAD) for _ in range(4)], service.be(BYSTANDER)
    deeds = [
        lambda who: who.post("/referrals", {"deed": "export"}),
        lambda who: who.post("/kpis/export", {"which": "all", "file": "xlsx", "period": ""}),
        lambda who: who.post("/search", {"q": LONG}),
        lambda who: who.get("/referrals?page=99999999"),
    ]

    with Load(reading(), [bystander]) as load:
        answers = ask_at_once(people, deeds)

    assert {status for status, _ in answers} <= {200, 302, 400, 404}, answers
    assert max(seconds for _, seconds in answers) < LONGEST * (ASKERS / 12)
    assert load.statuses() == {200}
    assert service.number("SELECT 1") == 1
    tried("G19", "costly acts at one moment", count=ASKERS, expected="every one ends", found=f"slowest {max(s for _, s in answers):.1f} s")


def test_g19_a_statement_without_end_is_ended(running):
    """The service's own connections have a limit; the control is the same statement on one without."""
    service = running(STATEMENT_TIMEOUT_MS="1000")
    said = "from django.db import connection\nc = connection.cursor()\ntry:\n    c.execute('SELECT pg_sleep(3)')\nexcept Exception as e:\n    print(e)\nelse:\n    print('slept')\n"

    assert "statement timeout" in manage(service.settings, "shell", "--no-imports", told=said)
    assert manage(service.settings | {"STATEMENT_TIMEOUT_MS": "0"}, "shell", "--no-imports", told=said).strip().endswith("slept")


def test_g19_without_the_limit_one_person_fills_the_queue(running):
    """The control."""
    service = running(wsgi="tests.trust.unlimited_wsgi")
    service.start("web")
    managers = [service.be(MANAGER) for _ in range(4)]

    ask_at_once(managers, [lambda who: who.post("/children", {"deed": "export", "who": "names", "because": "An inspection."})])

    assert service.number(OPEN_NOW) > MOST_EACH
