"""trust G15: the database is stopped at once, and connections killed, while eight people write: whole or not at all, and what was said to be saved is."""

import html
import os
import re
import signal
import time

import pytest
import requests

from tests.trust.running import SOCIAL_WORKER, Load

pytestmark = pytest.mark.django_db
FULL = bool(os.environ.get("THROUGHLINE_FULL"))
RESTARTS, KILLS = (10, 20) if FULL else (2, 3)
TASKS = 8
HALF_DONE = f"""SELECT count(*) FROM referrals_referral r
    WHERE (SELECT count(*) FROM referrals_referraltask t WHERE t.referral_id = r.id) <> {TASKS}
    OR NOT EXISTS (SELECT 1 FROM core_auditevent e WHERE e.verb = 'referral.started' AND e.subject_id = r.id::text)"""
REFERENCES = "SELECT reference FROM referrals_referral"
DONE = "SELECT count(*) FROM core_outboxjob WHERE state = 'done'"
BACKENDS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
FIELD = re.compile(r'<textarea name="([^"]+)" hidden>\n(.*?)</textarea>', re.DOTALL)
WORDS = "She said “<b>five</b> & more”.\nAnd a second line."


def starting(child):
    """A deed of several rows: a referral is started with its tasks, its key and its line in the trail."""
    return lambda who, number, turn: who.post(f"/referrals/new/{child}", {"idempotency_key": f"g15-{number}-{turn}"})


def stop_at_once(service):
    """What `pg_ctl -m immediate` does; the database is away until somebody starts it."""
    database = service.servers.parts.rows[0].process
    database.send_signal(signal.SIGQUIT)
    database.wait(30)


def kill_one(service):
    """One connection's process dies, for which the database throws out all the others."""
    os.kill(service.ask(BACKENDS)[0][0], signal.SIGKILL)


def restart_all(service, how_long=1.0):
    """All the stops and all the kills, a moment apart; gives the moment of the last return."""
    for _ in range(RESTARTS):
        time.sleep(1)
        stop_at_once(service)
        time.sleep(how_long)
        service.revive()
        service.ask("SELECT 1")
    for _ in range(KILLS):
        time.sleep(1)
        kill_one(service)
        service.ask("SELECT 1")
    return time.monotonic()


def test_g15_whole_or_not_at_all_and_what_was_acknowledged_is_there(running, tried):
    service = running()
    service.start("web", "worker", "beat")
    people = [service.be(SOCIAL_WORKER) for _ in range(8)]
    before = service.number(HALF_DONE)

    with Load(starting(people[0].children()[0]), people) as load:
        back = restart_all(service)
        done = service.number(DONE)
        time.sleep(8)
        while not load.statuses(since=back + 5) and time.monotonic() < back + 90:
            time.sleep(0.5)

    acknowledged = {led.split("/")[2] for *_, status, led in load.rows if status == 302 and led.startswith("/referrals/")}
    assert load.statuses() <= {302, 503}, load.statuses()
    assert {led.split("/")[1] for *_, status, led in load.rows if status == 302} == {"referrals"}
    assert load.statuses(since=back + 5) == {302}
    assert acknowledged <= {reference for (reference,) in service.ask(REFERENCES)}
    assert service.number(HALF_DONE) == before
    # Worker and timetable find the database again by themselves.
    end = time.monotonic() + 90
    while service.number(DONE) <= done:
        assert time.monotonic() < end, "Nothing was done after the database came back."
        time.sleep(0.5)
    refused = sum(status == 503 for *_, status, _ in load.rows)
    tried("G15", f"deeds over {RESTARTS} stops and {KILLS} kills", count=len(load.rows), expected="0 half done, 0 lost",
          found=f"{len(acknowledged)} saved and there, {refused} told to try again, 0 half done")  # fmt: skip


def test_g15_while_it_is_away_people_read_so_and_keep_what_they_typed(running):
    service = running()
    service.start("web")
    who = service.be(SOCIAL_WORKER)
    child = who.children()[0]
    said = {"idempotency_key": "kept", "note": WORDS, "password": "not-shown-again"}

    stop_at_once(service)
    page, answer = who.get("/children"), who.post(f"/referrals/new/{child}", said)

    assert (page.status_code, answer.status_code, answer.headers["Retry-After"]) == (503, 503, "5")
    assert "The service is away for a moment" in page.text
    kept = {name: html.unescape(text) for name, text in FIELD.findall(answer.text)}
    assert kept["note"] == WORDS
    assert "not-shown-again" not in answer.text
    service.revive()
    service.ask("SELECT 1")
    again = [requests.Session.post(who.session, f"{who.at}/referrals/new/{child}", kept, allow_redirects=False, timeout=60) for _ in range(2)]
    assert [one.status_code for one in again] == [302, 302]
    assert again[0].headers["Location"] == again[1].headers["Location"]


def test_g15_without_transactions_the_same_stop_leaves_half_done_deeds(running):
    """The control."""
    service = running(wsgi="tests.trust.torn_wsgi")
    service.start("web")
    people = [service.be(SOCIAL_WORKER) for _ in range(4)]
    before = service.number(HALF_DONE)

    with Load(starting(people[0].children()[0]), people):
        time.sleep(3)
        stop_at_once(service)
    service.revive()

    assert service.number(HALF_DONE) > before
