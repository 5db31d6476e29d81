"""Two people at once, for real: threads, one place, and what happens without the lock."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection

from core import clock
from core.rules import RuleBroken
from referrals.actions.allocation import allocate_place
from referrals.models import Stay
from tests import people
from tests.referrals import builders, places

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
