"""Two people at once, for real: threads, one place, and what happens without the lock."""

import json
import os
import subprocess
import sys
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta
from pathlib import Path
from threading import Barrier, Thread
from time import monotonic, sleep

import pytest
from django.db import connection

from core import clock
from core.references import new_reference
from core.rules import RuleBroken
from referrals.actions.allocation import allocate_place
from referrals.models import Child, Referral, Stay
from tests import people
from tests.journeys.conftest import address_of
from tests.referrals import builders, places

ROOT = Path(__file__).resolve().parents[3]
PROCESSES, THREADS = 8, 8
APART, ONE_BEGUN = "planned_periods_on_a_place_keep_apart", "one_begun_stay_a_place"
pytestmark = pytest.mark.django_db(transaction=True)


def race(deeds):
    """Run deeds at the same moment, each on its own connection; returns what each came to."""
    barrier, results = Barrier(len(deeds)), [None] * len(deeds)

    def run(number, deed):
        try:
            barrier.wait(10)
            results[number] = deed()
        except RuleBroken as refusal:
            results[number] = refusal
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def giving(borough, provision, referral):
    """Give a child a place, out of order by agreement so that only places are short."""

    def give():
        with clock.held_at(date(2026, 11, 24)):
            return allocate_place(
                referral, provision, starts_on=clock.today(),
                planned_end_on=clock.today() + timedelta(weeks=12), out_of_order_because="A race.",
                agreed_by=borough.strategic_manager, by=borough.provider_manager,
            )  # fmt: skip

    return give


@pytest.mark.parametrize(("children", "free"), [(2, 1), (6, 2)])
def test_allocate_place_never_gives_the_last_place_twice(children, free):
    borough = people.a_borough()
    outreach = places.an_outreach(borough, places=free)
    referrals = [builders.a_waiting_referral(borough) for _ in range(children)]
    for person in (borough.provider_manager, borough.strategic_manager):
        assert person.acting  # read before the threads share them

    results = race([giving(borough, outreach, referral) for referral in referrals])

    assert sum(isinstance(result, Stay) for result in results) == free
    assert sum(isinstance(result, RuleBroken) for result in results) == children - free
    assert Stay.objects.filter(state="begun").count() == free


def answers_of(tmp_path, borough, outreach, **more):
    """What 64 askers in 8 processes of 8 threads are told, all asking at one moment."""
    references = many_waiting(borough, PROCESSES * THREADS)
    order = {
        "go": str(tmp_path / "go"), "provision": outreach.pk, "manager": borough.provider_manager.pk,
        "strategic": borough.strategic_manager.pk, **more,
    }  # fmt: skip
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "LOCK_TIMEOUT_MS": "90000",
                   "DATABASE_URL": address_of(connection.settings_dict)}  # fmt: skip
    with workers(environment) as started:
        for number, process in enumerate(started):
            share = references[number * THREADS : (number + 1) * THREADS]
            process.stdin.write(json.dumps({**order, "references": share}) + "\n")
            process.stdin.flush()
        all_stand_ready(tmp_path)
        (tmp_path / "go").touch()
        answers = [answer for process in started for answer in json.loads(process.communicate(timeout=240)[0])]
    assert len(answers) == PROCESSES * THREADS
    return answers


def all_stand_ready(tmp_path):
    """Wait until each of the 64 has its connection and looks for the signal: a moment, and not a queue at the door."""
    end = monotonic() + 120
    while len(list(tmp_path.glob("ready-*"))) < PROCESSES * THREADS:
        assert monotonic() < end, "not everybody came to ask"
        sleep(0.05)


@contextmanager
def workers(environment):
    """Eight processes of the race; none outlives it, so that what goes wrong in one race stays in it."""
    with ExitStack() as ended:
        started = []
        for _ in range(PROCESSES):
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.referrals.actions.race_worker"], cwd=ROOT, env=environment, text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            )  # fmt: skip
            started.append(ended.enter_context(process))
            ended.callback(process.kill)
        yield started


@contextmanager
def nothing_kept_apart():
    """The negative control: for a while the database keeps no two stays apart, and then does so again."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [APART])
        apart = cursor.fetchone()[0]
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = %s", [ONE_BEGUN])
        one_begun = cursor.fetchone()[0]
        cursor.execute(f"ALTER TABLE referrals_stay DROP CONSTRAINT {APART}")
        cursor.execute(f"DROP INDEX {ONE_BEGUN}")
        # The name stays, because the service puts the constraint off for a moment; it holds of no row.
        cursor.execute(
            f"ALTER TABLE referrals_stay ADD CONSTRAINT {APART} EXCLUDE USING gist (place_id WITH =) WHERE (false) DEFERRABLE"
        )
        try:
            yield
        finally:
            cursor.execute("TRUNCATE referrals_stay CASCADE")
            cursor.execute(f"ALTER TABLE referrals_stay DROP CONSTRAINT {APART}")
            cursor.execute(f"ALTER TABLE referrals_stay ADD CONSTRAINT {APART} {apart}")
            cursor.execute(one_begun)


def begun() -> int:
    return Stay.objects.filter(state="begun").count()


def a_stay_to_copy(borough, outreach) -> int:
    """A stay that holds no place, as the pattern of those that raw SQL writes."""
    stay = places.a_place_given(borough, outreach)
    Stay.objects.filter(pk=stay.pk).update(state="released")
    return stay.pk


def test_e5_sixty_four_askers_in_eight_processes_get_exactly_the_places_there_are(tmp_path):
    """G01, G03: 8 processes of 8 threads, twelve places, 64 children; no database error reaches anybody."""
    borough = people.a_borough()
    answers = answers_of(tmp_path, borough, places.an_outreach(borough, places=12))

    assert {answer for answer in answers if answer.startswith("ERROR")} == set()
    assert answers.count("given") == 12
    assert {answer for answer in answers if answer != "given"} == {"All 12 places are taken on 24 November 2026."}
    assert begun() == 12
    assert Referral.objects.filter(status="WAITING").count() == PROCESSES * THREADS - 12


def test_e5_the_database_alone_keeps_the_cap_where_the_service_takes_no_lock(tmp_path):
    """The constraint underneath: without the lock nobody gets a thirteenth place, and people read a sentence still."""
    borough = people.a_borough()
    answers = answers_of(tmp_path, borough, places.an_outreach(borough, places=12), unlocked=True)

    assert {answer for answer in answers if answer.startswith("ERROR")} == set()
    assert 0 < answers.count("given") == begun() <= 12


def test_e5_raw_sql_past_every_rule_never_gives_a_thirteenth_place(tmp_path):
    """64 connections write begun stays on every number; the database keeps twelve."""
    borough = people.a_borough()
    outreach = places.an_outreach(borough, places=12)
    answers = answers_of(tmp_path, borough, outreach, like=a_stay_to_copy(borough, outreach))

    assert answers.count("given") == begun() == 12
    assert Stay.objects.filter(state="begun").values("place").distinct().count() == 12


@pytest.mark.parametrize("how", ["service", "raw SQL"])
def test_e5_with_lock_and_constraint_off_the_same_race_overfills(tmp_path, how):
    """The negative control of the three above: the defence switched off, and more than twelve are given."""
    borough = people.a_borough()
    outreach = places.an_outreach(borough, places=12)
    more = {"like": a_stay_to_copy(borough, outreach)} if how == "raw SQL" else {"unlocked": True}

    with nothing_kept_apart():
        answers = answers_of(tmp_path, borough, outreach, **more)
        assert answers.count("given") == begun() > 12


def many_waiting(borough, count):
    """Children who wait, each copied from one whose referral went the whole way."""
    first = builders.a_waiting_referral(borough)
    found = [first.reference]
    for number in range(count - 1):
        child, referral = Child.objects.get(pk=first.child_id), Referral.objects.get(pk=first.pk)
        child.pk, child.reference, child.case_number = None, new_reference(), f"R{number}"
        child.save()
        referral.pk, referral.reference, referral.child = None, new_reference(), child
        referral.save()
        found.append(referral.reference)
    return found


def test_without_lock_and_constraint_the_same_race_overfills():
    """The negative control: look, then write, in a table nothing guards."""
    borough = people.a_borough()
    outreach = places.an_outreach(borough, places=1)
    looked = Barrier(4)
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE unguarded (place integer)")

    def look_then_write():
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM unguarded")
            free = cursor.fetchone()[0] < outreach.places.count()
            looked.wait(10)
            if free:
                cursor.execute("INSERT INTO unguarded VALUES (1)")
        return free

    race([look_then_write] * 4)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM unguarded")
        given = cursor.fetchone()[0]
        cursor.execute("DROP TABLE unguarded")

    assert given > 1
