"""trust G46: migrations go forward and back over many rows while eight people write, stop nobody for two seconds, and change no row."""

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import closing

import psycopg2
import pytest

from tests.trust.running import ROOT, SOCIAL_WORKER, Load, manage

pytestmark = pytest.mark.django_db
FULL = bool(os.environ.get("THROUGHLINE_FULL"))
ROWS, PEOPLE = (1_000_000, 8) if FULL else (30_000, 4)
LONGEST = 2.0
MANY = f"""INSERT INTO core_auditevent (at, verb, sentence, subject_type, subject_id, subject_reference, person_name, role)
    SELECT now(), 'drill.row', 'Row ' || n || '.', 'core.user', n, '', 'A drill', '' FROM generate_series(1, {ROWS}) n"""
WAITS = """SELECT coalesce(max(extract(epoch FROM clock_timestamp() - query_start)), 0) FROM pg_stat_activity
    WHERE wait_event_type = 'Lock' AND datname = current_database() AND usename = 'throughline'"""
AS_THEY_WERE = """SELECT count(*), sum(hashtextextended(concat_ws('|', id, extract(epoch FROM at), verb, sentence, subject_type, subject_id,
    subject_reference, child_id, authority_id, person_id, person_name, role), 0)) FROM core_auditevent WHERE id <= {}"""
COLUMNS = "SELECT count(*) FROM information_schema.columns WHERE column_name IN ('first_half', 'second_half')"
APPLIED = "SELECT count(*) FROM django_migrations WHERE app = 'core' AND name = '0005_slow'"


class Watch(threading.Thread):
    """How long anybody of the service waited for a lock, looked at all the time."""

    def __init__(self, address: str):
        super().__init__(daemon=True)
        self.address, self.longest, self.ended = address, 0.0, threading.Event()

    def run(self):
        """Look until it is over."""
        with closing(psycopg2.connect(self.address)) as connection:
            connection.autocommit = True
            cursor = connection.cursor()
            while not self.ended.wait(0.05):
                cursor.execute(WAITS)
                self.longest = max(self.longest, float(cursor.fetchone()[0]))

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.join()


@pytest.fixture
def service(running):
    """The service on many rows; it is written down which migrations its tables have had."""
    service = running()
    service.upgrade = service.settings | {
        "DJANGO_SETTINGS_MODULE": "tests.trust.upgrade_settings", "DATABASE_URL": service.settings["DATABASE_OWNER_URL"],
        "LOCK_TIMEOUT_MS": "1500", "STATEMENT_TIMEOUT_MS": "0",
    }  # fmt: skip
    manage(service.settings | {"DATABASE_URL": service.settings["DATABASE_OWNER_URL"]}, "migrate", "--fake")
    service.ask_as_owner(MANY)
    service.start("web")
    return service


def starting(child):
    """A deed of the old code: it writes in the table that is changed."""
    return lambda who, number, turn: who.post(f"/referrals/new/{child}", {"idempotency_key": f"g46-{number}-{turn}"})


def go_to(service, name):
    """Migrate there, as the owner, again where a lock was not had at once; gives the longest anybody waited."""
    with Watch(service.as_superuser) as watch:
        for _ in range(20):
            done = subprocess.run([sys.executable, "manage.py", "migrate", "core", name], cwd=ROOT, env=service.upgrade, capture_output=True, text=True, check=False)
            if done.returncode == 0:
                break
            assert "lock timeout" in done.stderr, done.stderr[-2000:]
    assert done.returncode == 0, done.stderr[-2000:]
    return watch.longest


def test_g46_forward_and_back_under_load_nobody_waits_and_no_row_changes(service, tried):
    people = [service.be(SOCIAL_WORKER) for _ in range(PEOPLE)]
    child, last = people[0].children()[0], service.number("SELECT max(id) FROM core_auditevent")
    before = service.ask(AS_THEY_WERE.format(last))
    found = {}

    with Load(starting(child), people) as load:
        for name in ("0002", "0003", "0001"):
            found[name] = go_to(service, name)
            assert service.ask(AS_THEY_WERE.format(last)) == before

    assert max(found.values()) < LONGEST, found
    assert load.statuses() == {302}
    tried("G46", "rows under three migrations while people write", count=ROWS, expected="no wait over 2 s, 0 rows changed",
          found=f"longest wait {max(found.values()):.2f} s; {len(load.rows)} deeds, all saved")  # fmt: skip


def test_g46_killed_half_way_it_is_as_before_and_goes_on_later(service):
    go_to(service, "0004")
    half = subprocess.Popen([sys.executable, "manage.py", "migrate", "core", "0005"], cwd=ROOT, env=service.upgrade, start_new_session=True)
    end = time.monotonic() + 60
    while not service.ask("SELECT 1 FROM pg_stat_activity WHERE state = 'idle in transaction' AND query LIKE '%first_half%'", database=service.as_superuser):
        assert time.monotonic() < end, "It did not come half-way."
        time.sleep(0.1)
    os.killpg(half.pid, signal.SIGKILL)
    half.wait(30)

    assert (service.number(COLUMNS), service.number(APPLIED)) == (0, 0)
    who = service.be(SOCIAL_WORKER)
    assert who.post(f"/referrals/new/{who.children()[0]}", {"idempotency_key": "after-the-kill"}).status_code == 302


def test_g46_a_migration_in_the_way_would_be_seen(service):
    """The control: one that locks the table while it works."""
    people = [service.be(SOCIAL_WORKER) for _ in range(2)]
    go_to(service, "0003")

    with Load(starting(people[0].children()[0]), people):
        assert go_to(service, "0004") > LONGEST
