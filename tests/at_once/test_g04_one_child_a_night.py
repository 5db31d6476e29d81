"""trust G04, a reduced run: random stays on three beds by sixteen threads, half through the rules and half behind them.

No two children in one bed on any night, no stay refused that had the bed to itself, back-to-back nights are given,
and a refusal names the dates and never the other child. What is refused is judged at the end: stays are only added,
so a refusal was right when the bed holds somebody else on one of those nights.
"""

import random
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from psycopg2.errors import DeadlockDetected

from core.dates import day_in_words
from core.references import new_reference
from core.rules import RuleBroken
from referrals.actions.allocation import propose_bed
from referrals.actions.arranging import BUSY, TAKEN
from referrals.models import Child, Referral, Stay
from tests import people
from tests.at_once.support import at_once, refusals
from tests.conftest import TODAY
from tests.referrals import builders, places

pytestmark = pytest.mark.django_db(transaction=True)
THREADS, BY_RULE, BEHIND, NIGHTS, SEED = 16, 5, 40, 150, 20261124
APART = "planned_periods_on_a_place_keep_apart"


class Asker:
    """One thread: its own children, so that only the bed can stand in the way; `said` holds each refusal with what was asked."""

    def __init__(self, borough, hub, waiting, number):
        self.beds, self.waiting = list(hub.places.order_by("number")), waiting
        self.chance, self.refused = random.Random(SEED + number), []
        self.authority = borough.authority
        self.by, self.strategic = (type(p).objects.get(pk=p.pk) for p in (borough.provider_manager, borough.strategic_manager))

    def __call__(self):
        deeds = [self.by_rule] * len(self.waiting) + [self.behind] * BEHIND
        self.chance.shuffle(deeds)
        for deed in deeds:
            bed, first = self.chance.choice(self.beds), TODAY + timedelta(days=self.chance.randint(1, NIGHTS))
            last = first + timedelta(days=self.chance.randint(1, 12))
            try:
                deed(bed, first, last)
            except (RuleBroken, IntegrityError) as refusal:
                self.refused.append((bed.pk, first, last, " ".join(getattr(refusal, "reasons", []))))
        return self.refused

    def by_rule(self, bed, first, last):
        """Through the rules; who is told that many are asking asks again."""
        referral = Referral.objects.select_related("child").get(pk=self.waiting.pop())
        reasons = [BUSY]
        while reasons == [BUSY]:
            reasons = refusals([self.proposed(referral, bed, first, last)])
        if reasons:
            raise RuleBroken(reasons)

    def proposed(self, referral, bed, first, last):
        try:
            return propose_bed(
                referral, bed, starts_on=first, planned_end_on=last, impact_assessment="None.", follow_plan="Home.",
                offered_until=TODAY, out_of_order_because="A race.", risk_because="None.", agreed_by=self.strategic, by=self.by,
            )  # fmt: skip
        except RuleBroken as refused:
            return refused

    def behind(self, bed, first, last):
        """By SQL alone, which takes no lock before: of two that wait for each other PostgreSQL sends one away, who asks again."""
        child = Child.objects.create(authority=self.authority, full_name="Zzbehind")
        try:
            with transaction.atomic():
                Stay.objects.bulk_create([Stay(child=child, place=bed, is_living=True, state="planned", starts_on=first, planned_end_on=last)])
        except OperationalError as error:
            if not isinstance(error.__cause__, DeadlockDetected):
                raise
            self.behind(bed, first, last)


def waiting_for_a_bed(borough, count) -> list[int]:
    """Children who wait for a bed, each copied from one whose referral went the whole way."""
    first, found = builders.a_waiting_referral(borough, service="hub"), []
    for _ in range(count):
        child, referral = Child.objects.get(pk=first.child_id), Referral.objects.get(pk=first.pk)
        child.pk, child.reference = None, new_reference()
        child.save()
        referral.pk, referral.reference, referral.child = None, new_reference(), child
        referral.save()
        found.append(referral.pk)
    return found


def nights() -> dict:
    """Day by day, who is in which bed: counted in Python, from what the database kept."""
    found: dict = {}
    for stay in Stay.objects.filter(state__in=["planned", "offered"]):
        for day in range((stay.planned_end_on - stay.starts_on).days):
            found.setdefault((stay.place_id, stay.starts_on + timedelta(days=day)), []).append(stay.pk)
    return found


def asked(borough, hub, by_rule=BY_RULE):
    """Everybody asks at once; what was refused, and any other error is raised."""
    waiting = waiting_for_a_bed(borough, THREADS * by_rule)
    came_to = at_once(*[Asker(borough, hub, waiting[n * by_rule : (n + 1) * by_rule], n) for n in range(THREADS)])
    for one in came_to:
        if isinstance(one, Exception):
            raise one
    return [refusal for refusals in came_to for refusal in refusals]


def test_g04_a_bed_has_one_child_a_night_and_none_is_refused_that_could_be_had():
    borough = people.a_borough()
    hub = places.a_hub(borough)

    refused = asked(borough, hub)

    taken = nights()
    assert max(len(who) for who in taken.values()) == 1, SEED
    wrongly = [one for one in refused if not any((one[0], one[1] + timedelta(days=d)) in taken for d in range((one[2] - one[1]).days))]
    assert wrongly == [], SEED
    kept = list(Stay.objects.filter(state__in=["planned", "offered"]))
    assert {stay.state for stay in kept} == {"planned", "offered"}
    assert len(kept) + len(refused) == THREADS * (BY_RULE + BEHIND)
    assert {(s.place_id, s.planned_end_on) for s in kept} & {(s.place_id, s.starts_on) for s in kept}
    said = [words for *_, words in refused if words]
    assert said
    assert [words for words in said if "is taken from" not in words and "places are taken on" not in words and words != TAKEN] == []
    assert not any("Zz" in words or child in words for words in said for child in Child.objects.values_list("reference", flat=True)[:50])


def test_g04_back_to_back_is_given_and_a_clash_names_its_dates_and_not_the_child():
    borough = people.a_borough()
    hub = places.a_hub(borough)
    asker = Asker(borough, hub, waiting_for_a_bed(borough, 3), 0)
    bed, days = asker.beds[0], [TODAY + timedelta(days=n) for n in (1, 8, 15)]
    asker.by_rule(bed, days[0], days[1])
    asker.by_rule(bed, days[1], days[2])

    with pytest.raises(RuleBroken) as refusal:
        asker.by_rule(bed, days[0] + timedelta(days=6), days[1] + timedelta(days=1))

    words = " ".join(refusal.value.reasons)
    assert day_in_words(days[0]) in words
    assert day_in_words(days[1]) in words
    assert not [child for child in Child.objects.all() if child.reference in words or child.full_name in words]


@contextmanager
def without_the_constraint():
    """The database keeps no planned stays apart, for a time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = %s", [APART])
        (how,) = cursor.fetchone()
        cursor.execute(f"ALTER TABLE referrals_stay DROP CONSTRAINT {APART}")
        try:
            yield
        finally:
            Stay.objects.all().delete()
            cursor.execute(f"ALTER TABLE referrals_stay ADD CONSTRAINT {APART} {how}")


def test_g04_control_without_the_constraint_two_children_have_one_bed():
    borough = people.a_borough()
    hub = places.a_hub(borough)

    with without_the_constraint():
        asked(borough, hub, by_rule=0)
        most = max(len(who) for who in nights().values())

    assert most > 1
