"""trust G14: the queue is killed, then silent, then emptied: nobody notices at a page, nothing is lost, and what was due is done once."""

import os
import signal
import time

import pytest
import redis

from tests.trust.running import SOCIAL_WORKER, Load

pytestmark = pytest.mark.django_db
FULL = bool(os.environ.get("THROUGHLINE_FULL"))
AWAY, SILENT, CAUGHT_UP = (300, 60, 120) if FULL else (8, 6, 120)
PAPERS = 19 if FULL else 4
# How slow a page may be: half as slow again as before, and a little for a machine that has other work.
SLOWER, SLACK = 1.5, 1.0
LATER = f"""UPDATE core_outboxjob SET due_at = due_at + interval '9 years' WHERE state = 'waiting' AND id NOT IN
    (SELECT id FROM core_outboxjob WHERE kind = 'minutes.print' AND state = 'waiting' ORDER BY id LIMIT {PAPERS})"""
NOT_DONE = "SELECT count(*) FROM core_outboxjob WHERE kind = 'minutes.print' AND state <> 'done' AND due_at < '2030-01-01'"
TRIES = "SELECT coalesce(max(attempts), 0) FROM core_outboxjob WHERE kind = 'minutes.print' AND state = 'done'"
STARTED = "SELECT count(*) FROM core_idempotencykey WHERE key LIKE 'g14-%' AND result_url <> ''"
REFERENCES = "SELECT reference FROM referrals_referral"


def writing_and_reading(child):
    """Deeds: a referral is started, then two pages are read."""

    def deed(who, number, turn):
        if turn % 3:
            return who.get("/referrals" if turn % 3 == 1 else "/")
        return who.post(f"/referrals/new/{child}", {"idempotency_key": f"g14-{number}-{turn}"})

    return deed


def queue_of(service):
    """The queue's process."""
    return service.servers.parts.rows[1].process


def kill_the_queue(service):
    """As a power cut would."""
    queue_of(service).kill()
    queue_of(service).wait(30)


def emptied(service):
    """It answers again, and has forgotten everything."""
    queue_of(service).send_signal(signal.SIGCONT)
    redis.Redis(unix_socket_path=service.servers.queue.split("//")[1].split("?")[0]).flushall()


def test_g14_pages_go_on_and_everything_due_is_done_once_when_it_is_back(running, tried):
    service = running()
    service.ask_as_owner(LATER)
    service.start("web")
    people = [service.be(SOCIAL_WORKER) for _ in range(4)]
    child = people[0].children()[0]
    with Load(writing_and_reading(child), people) as load:
        began = time.monotonic()
        time.sleep(max(6, AWAY / 3))
        kill_the_queue(service)
        # Worker and timetable start while there is no queue, and wait for one.
        service.start("worker", "beat")
        gone = time.monotonic()
        time.sleep(AWAY)
        service.revive()
        time.sleep(1)
        queue_of(service).send_signal(signal.SIGSTOP)
        time.sleep(SILENT)
        back = time.monotonic()
        emptied(service)
        time.sleep(1)

    assert load.statuses() <= {200, 302}, load.statuses()
    normal, during = load.slowest(began, gone), load.slowest(gone, back)
    assert during <= SLOWER * normal + SLACK, (normal, during)
    acknowledged = {led.split("/")[2] for *_, status, led in load.rows if status == 302}
    assert acknowledged <= {reference for (reference,) in service.ask(REFERENCES)}
    assert service.number(STARTED) == len(acknowledged)
    took = service.until(NOT_DONE, 0, seconds=CAUGHT_UP)
    assert service.number(TRIES) == 1
    tried("G14", f"pages and deeds over {AWAY + SILENT} s without a queue", count=len(load.rows), expected="0 lost, 0 errors",
          found=f"0 errors; 19 of 20 within {during:.2f} s ({normal:.2f} before); due work done once, {took:.0f} s after")  # fmt: skip


def test_g14_a_web_that_spoke_to_the_queue_would_fail_with_it(running):
    """The control: the same, with one message sent in each request that writes."""
    service = running(wsgi="tests.trust.inline_wsgi")
    service.start("web")
    people = [service.be(SOCIAL_WORKER)]
    kill_the_queue(service)

    with Load(writing_and_reading(people[0].children()[0]), people) as load:
        time.sleep(6)

    assert 500 in load.statuses() | {500 for _, took, *_ in load.rows if took > 3}
