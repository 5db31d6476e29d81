"""trust G02 and G03, a reduced run: sixteen threads give, end, move and resize; the cap holds at every commit."""

import random
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import OperationalError, connection, transaction

from core.models import AuditEvent
from core.rules import RuleBroken
from referrals.actions.allocation import allocate_place
from referrals.actions.arranging import lock_provisions
from referrals.actions.provision import set_terms
from referrals.actions.stay import end_stay
from referrals.actions.stay_changes import move_stay
from referrals.models import Place, Provision, Referral, Stay
from tests import people
from tests.at_once.support import at_once
from tests.conftest import TODAY
from tests.referrals import places
from tests.referrals.actions.test_capacity_race import many_waiting

pytestmark = pytest.mark.django_db(transaction=True)
THREADS, DEEDS, MOST, SEED = 16, 12, 5, 20261124
# After each transaction that touched a stay or a place: how many are in use, and how many there are.
RECORDER = """
CREATE TABLE counted_at_commit (in_use int, open int);
CREATE FUNCTION count_at_commit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  INSERT INTO counted_at_commit SELECT
    (SELECT count(*) FROM referrals_stay WHERE state = 'begun'),
    (SELECT count(*) FROM referrals_place WHERE opens_on <= date '2026-11-24' AND coalesce(closes_on, 'infinity') > date '2026-11-24');
  RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER stays_are_counted AFTER INSERT OR UPDATE ON referrals_stay
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION count_at_commit();
CREATE CONSTRAINT TRIGGER places_are_counted AFTER INSERT OR UPDATE ON referrals_place
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION count_at_commit();
"""
NO_RECORDER = """
DROP TRIGGER stays_are_counted ON referrals_stay; DROP TRIGGER places_are_counted ON referrals_place;
DROP FUNCTION count_at_commit(); DROP TABLE counted_at_commit;
"""


def run(sql):
    """Run it, and hand back the rows where there are any."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


@pytest.fixture
def recorder(transactional_db):
    """The database counts at every commit, and tells how many counts there were and the worst of them."""
    run(RECORDER)
    yield lambda: run("SELECT count(*), coalesce(max(in_use - open), 0), max(in_use) FROM counted_at_commit")[0]
    run(NO_RECORDER)


class Churn:
    """One thread's deeds, chosen by a seed that is printed with a failure."""

    def __init__(self, borough, outreach, references, number):
        self.borough, self.outreach, self.references = borough, outreach, references[number::THREADS]
        self.chance, self.given, self.said = random.Random(SEED + number), [], []
        self.by = type(borough.provider_manager).objects.get(pk=borough.provider_manager.pk)
        self.strategic = type(self.by).objects.get(pk=borough.strategic_manager.pk)

    def __call__(self):
        for _ in range(DEEDS):
            deed = self.chance.choices([self.allocate, self.end, self.move, self.resize], [5, 3, 1, 1])[0]
            try:
                self.said.append((deed.__name__, deed()))
            except RuleBroken as refusal:
                self.said.append((deed.__name__, " ".join(refusal.reasons)))
        return self.said

    def allocate(self):
        referral = Referral.objects.get(reference=self.chance.choice(self.references))
        self.given.append(allocate_place(
            referral, self.outreach, starts_on=TODAY - timedelta(days=1), planned_end_on=None, out_of_order_because="A race.",
            agreed_by=self.strategic, by=self.by,
        ))  # fmt: skip

    def one(self):
        rows = Stay.objects.filter(state="begun").select_related("place__provision", "child", "referral")
        return self.chance.choice(list(rows) or [None])

    def end(self):
        stay = self.one()
        return stay and end_stay(stay, on=TODAY, unplanned_because="It ended.", by=self.by) and None

    def move(self):
        stay = self.one()
        place = self.chance.choice(list(Place.objects.order_by("number")))
        return stay and move_stay(stay, place, impact="None.", risk_because="None.", by=self.by) and None

    def resize(self):
        set_terms(
            self.outreach, contract_slug="art", provider=self.borough.provider, from_on=TODAY,
            places=self.chance.randint(3, MOST), weekly_rate=660, rate_basis="child week", by=None,
        )  # fmt: skip


def test_g02_the_cap_holds_at_every_commit_under_churn(recorder):
    borough = people.a_borough()
    outreach = places.an_outreach(borough, places=4)
    references = many_waiting(borough, THREADS * 3)

    came_to = at_once(*[Churn(borough, outreach, references, number) for number in range(THREADS)])

    assert [one for one in came_to if isinstance(one, Exception)] == [], SEED
    commits, worst, most = recorder()
    assert worst == 0, SEED
    assert 3 <= most <= MOST
    assert commits > THREADS
    # The sum of what was done is what there is; each child has one place, and a referral that says so.
    given, ended = (AuditEvent.objects.filter(verb=verb).count() for verb in ("stay.allocated", "stay.ended"))
    begun = list(Stay.objects.filter(state="begun").values_list("child", "referral__status"))
    assert given - ended == len(begun)
    assert ended > 0
    assert len({child for child, _ in begun}) == len(begun)
    assert {status for _, status in begun} <= {"SUPPORTED"}


def test_g02_a_cap_lowered_behind_the_deeds_would_be_told(recorder):
    """The control: a place is closed under the child in it, by hand."""
    borough = people.a_borough()
    stay = places.a_place_given(borough, places.an_outreach(borough, places=1))

    Place.objects.filter(pk=stay.place_id).update(closes_on=TODAY)

    assert recorder()[1] == 1


def lock_both(first, second, lock):
    """A deed that locks two services, one after the other when the other thread has its first, or both together."""
    gate = Barrier(2)

    def deed(one, two):
        with transaction.atomic():
            lock(one, two, gate)
        return "done"

    return at_once(lambda: deed(first, second), lambda: deed(second, first))


def test_g03_two_services_locked_in_both_orders_never_deadlock():
    borough = people.a_borough()
    pair = places.an_outreach(borough), places.a_hub(borough)

    came_to = [one for _ in range(20) for one in lock_both(*pair, lambda one, two, gate: (gate.wait(20), lock_provisions(one, two)))]

    assert came_to == ["done"] * 40


def test_g03_locked_in_any_order_they_do():
    """The control: each takes its own first."""
    borough = people.a_borough()

    def lock(one, two, gate):
        Provision.objects.select_for_update().get(pk=one.pk)
        gate.wait(20)
        Provision.objects.select_for_update().get(pk=two.pk)

    came_to = lock_both(places.an_outreach(borough), places.a_hub(borough), lock)

    assert sum(isinstance(one, OperationalError) and "deadlock" in str(one) for one in came_to) == 1
