"""Any deed on places in any order, against a model that counts by hand."""

import os
from datetime import timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from core import clock
from core.rules import RuleBroken
from referrals.actions.allocation import allocate_place, propose_bed
from referrals.actions.arranging import TAKEN
from referrals.actions.offer import accept_bed, decline_bed, lapse_offer, withdraw_offers
from referrals.actions.out_of_use import take_out_of_use
from referrals.actions.provision import set_terms
from referrals.actions.stay import end_stay, start_stay
from referrals.actions.stay_changes import change_dates, let_place_go, move_stay
from referrals.models import OutOfUse, Place, Referral, Stay
from tests import people
from tests.conftest import TODAY
from tests.referrals import builders, places

pytestmark = pytest.mark.django_db
FULL = bool(os.environ.get("THROUGHLINE_FULL"))
EXAMPLES, STEPS = (1000, 50) if FULL else (100, 30)
CHILDREN, OUTREACH, BEDS = 6, 3, 2
PICKS = st.integers(0, 50)
OFFSETS, LENGTHS = st.integers(0, 20), st.integers(1, 28)
HOLDS = ("offered", "planned", "begun")
REASON = "A reason."


class PlacesMachine(RuleBasedStateMachine):
    """Six children, three outreach places (two to four by variation) and two beds, over some weeks.

    The oracle knows nothing of the product's rules: it reads the rows and counts by hand on every day on
    which anything can change. Every deed either changes something, or is refused with sentences (RuleBroken); any
    other error fails the run.
    """

    borough = None

    @initialize()
    def begin(self):
        self.today = TODAY
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.outreach = self.borough.outreach
        self.hub = self.borough.hub
        self.waiting = list(Referral.objects.order_by("pk"))

    def teardown(self):
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def deed(self, do):
        """Do it on the machine's day; a refusal in sentences is an answer, and changes nothing."""
        before, refused = self.facts(), None
        with clock.held_at(self.today):
            try:
                with transaction.atomic():
                    do()
                    with connection.cursor() as cursor:
                        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            except RuleBroken as refusal:
                refused = refusal.reasons
        # One person at a time: nothing is ever refused because somebody else was quicker.
        assert refused is None or (refused and TAKEN not in refused and self.facts() == before)

    def facts(self):
        stays = Stay.objects.order_by("pk").values_list("pk", "state", "place", "starts_on", "planned_end_on", "ended_on")
        return list(stays), list(Place.objects.order_by("pk").values_list("pk", "closes_on"))

    def pick(self, rows, pick):
        joins = ["place__provision", "child", "referral"] if rows.model is Stay else ["child"]
        rows = list(rows.select_related(*joins).order_by("pk"))
        return rows[pick % len(rows)] if rows else None

    def span(self, offset, length):
        starts_on = self.today + timedelta(days=offset)
        return {"starts_on": starts_on, "planned_end_on": starts_on + timedelta(days=length)}

    @rule(pick=PICKS, offset=OFFSETS, length=LENGTHS)
    def allocate(self, pick, offset, length):
        referral = self.pick(Referral.objects.filter(wants="outreach"), pick)
        self.deed(lambda: allocate_place(
            referral, self.outreach, out_of_order_because=REASON, agreed_by=self.borough.strategic_manager,
            by=self.borough.provider_manager, **self.span(offset, length),
        ))  # fmt: skip

    @rule(pick=PICKS, bed=PICKS, offset=OFFSETS, length=LENGTHS)
    def propose(self, pick, bed, offset, length):
        referral = self.pick(Referral.objects.filter(wants="hub"), pick)
        place = self.hub.places.order_by("number")[bed % BEDS]
        self.deed(lambda: propose_bed(
            referral, place, impact_assessment=REASON, follow_plan=REASON, out_of_order_because=REASON,
            agreed_by=self.borough.strategic_manager, by=self.borough.provider_manager, **self.span(offset, length),
        ))  # fmt: skip

    @rule(pick=PICKS)
    def accept(self, pick):
        if stay := self.pick(Stay.objects.filter(state="offered"), pick):
            self.deed(lambda: accept_bed(stay, by=self.borough.social_worker))

    @rule(pick=PICKS)
    def decline(self, pick):
        if stay := self.pick(Stay.objects.filter(state__in=HOLDS, is_living=True), pick):
            self.deed(lambda: decline_bed(stay, reason=REASON, by=self.borough.social_worker))

    @rule(pick=PICKS, ago=st.integers(0, 3))
    def start(self, pick, ago):
        if stay := self.pick(Stay.objects.filter(state="planned"), pick):
            on = self.today - timedelta(days=ago)
            self.deed(lambda: start_stay(stay, on=on, by=self.borough.provider_manager))

    @rule(pick=PICKS, ago=st.integers(-1, 3))
    def end(self, pick, ago):
        if stay := self.pick(Stay.objects.filter(state="begun"), pick):
            on = self.today - timedelta(days=ago)
            self.deed(lambda: end_stay(stay, on=on, unplanned_because=REASON, by=self.borough.provider_manager))

    @rule(pick=PICKS, length=LENGTHS, plan=st.sampled_from(["", REASON]))
    def extend(self, pick, length, plan):
        if stay := self.pick(Stay.objects.filter(state__in=HOLDS), pick):
            end = self.today + timedelta(days=length)
            self.deed(lambda: change_dates(stay, planned_end_on=end, reason=REASON, follow_plan=plan, by=self.borough.provider_manager))

    @rule(pick=PICKS, onto=PICKS)
    def move(self, pick, onto):
        if stay := self.pick(Stay.objects.filter(state__in=HOLDS), pick):
            rooms = list(stay.place.provision.places.order_by("number"))
            place = rooms[onto % len(rooms)]
            self.deed(lambda: move_stay(stay, place, impact=REASON, risk_because=REASON, by=self.borough.provider_manager))

    @rule(pick=PICKS)
    def withdraw(self, pick):
        referral = self.waiting[pick % len(self.waiting)]
        self.deed(lambda: withdraw_offers(Referral.objects.get(pk=referral.pk), reason=REASON, by=self.borough.social_worker))

    @rule(pick=PICKS)
    def release(self, pick):
        if stay := self.pick(Stay.objects.filter(follows__isnull=False) | Stay.objects.filter(kept_for__isnull=False), pick):
            self.deed(lambda: let_place_go(stay, plan=REASON, by=self.borough.service_manager))

    @rule(count=st.integers(1, 4), offset=OFFSETS)
    def resize(self, count, offset):
        self.deed(lambda: set_terms(
            self.outreach, contract_slug="art", provider=self.borough.provider,
            from_on=self.today + timedelta(days=offset), places=count, weekly_rate=660, rate_basis="child week", by=None,
        ))  # fmt: skip

    @rule(pick=PICKS, offset=OFFSETS, length=LENGTHS)
    def take_out(self, pick, offset, length):
        place = self.pick_place(pick)
        first = self.today + timedelta(days=offset)
        self.deed(lambda: take_out_of_use(
            place, from_on=first, until_on=first + timedelta(days=length), reason=REASON, by=self.borough.provider_manager
        ))  # fmt: skip

    def pick_place(self, pick):
        rows = list(Place.objects.select_related("provision").order_by("pk"))
        return rows[pick % len(rows)]

    @rule(days=st.integers(1, 9))
    def time_goes_on(self, days):
        """Days pass, and the timetable does what is due each morning."""
        for _ in range(days):
            self.today += timedelta(days=1)
            with clock.held_at(self.today):
                for stay in Stay.objects.filter(state__in=["offered", "planned"]).order_by("pk"):
                    lapse_offer(stay)

    def counted(self, stay):
        """Which days a stay takes, by hand, for the oracle."""
        if stay.state == "ended":
            return stay.starts_on, stay.ended_on
        end = stay.planned_end_on or self.today + timedelta(days=400)
        if stay.state == "begun":
            end = max(end, self.today + timedelta(days=1))
        return stay.starts_on, end

    @invariant()
    def nobody_shares_and_nothing_is_lost(self):
        if not hasattr(self, "today"):
            return
        stays = list(Stay.objects.filter(state__in=[*HOLDS, "ended"]).select_related("place"))
        shut = list(OutOfUse.objects.values_list("place", "from_on", "until_on"))
        rooms = list(Place.objects.select_related("provision"))
        begun = [stay.place_id for stay in stays if stay.state == "begun"]
        assert len(begun) == len(set(begun)), "two children are in one place"
        for day in self.days_of_change(stays, shut, rooms):
            check_day(day, [(s, *self.counted(s)) for s in stays], shut, rooms, self.today)
        living = [(s.child_id, s.is_living) for s in stays if s.state == "begun"]
        assert len(living) == len(set(living)), "a child has two places of a kind"

    def days_of_change(self, stays, shut, rooms):
        """Every day on which the count of anything can change."""
        days = {self.today, *(day for s in stays for day in self.counted(s))}
        days |= {day for _, first, until in shut for day in (first, until)}
        days |= {day for room in rooms for day in (room.opens_on, room.closes_on)}
        return sorted(day for day in days if day is not None)


def check_day(day, stays, shut, rooms, today):
    """On one day: no more children than places, no two promised one place, nobody where it is shut."""
    there = [s for s, first, until in stays if first <= day < until]
    closed = {place for place, first, until in shut if first <= day and (until is None or day < until)}
    closed |= {r.pk for r in rooms if not (r.opens_on <= day and (r.closes_on is None or day < r.closes_on))}
    # What really was: one child a bed, and for numbers that stand for each other, no more than there were.
    was = [s for s in there if s.state in {"begun", "ended"} and day <= today]
    beds = [s.place_id for s in was if s.is_living]
    assert len(beds) == len(set(beds)), f"two were in one bed on {day}"
    assert len([s for s in was if not s.is_living]) <= len([r for r in rooms if r.pk not in closed and not r.home_id]) or closed
    # What is promised: nobody beside another, nobody where it is shut. One over its planned time may outstay both.
    overdue = {s.place_id for s in there if s.state == "begun" and s.planned_end_on and s.planned_end_on <= day}
    promised = [s.place_id for s in there if s.state in {"offered", "planned", "begun"} and day >= today]
    promised = [place for place in promised if place not in overdue]
    assert len(promised) == len(set(promised)), f"two are promised one place on {day}"
    assert not closed & set(promised), f"somebody is promised a closed place on {day}"


@pytest.mark.parametrize("fault", ["two in one place", "closed", "shut"])
def test_the_hand_count_goes_red_where_a_place_is_given_twice(fault):
    """The negative control: the oracle sees each kind of fault."""
    room = Place(pk=1, opens_on=TODAY, closes_on=TODAY + timedelta(days=5 if fault == "closed" else 50))
    stay = Stay(place_id=1, state="planned", starts_on=TODAY, planned_end_on=TODAY + timedelta(days=9))
    stays = [(stay, TODAY, TODAY + timedelta(days=9))] * (2 if fault == "two in one place" else 1)
    shut = [(1, TODAY + timedelta(days=6), None)] if fault == "shut" else []

    check_day(TODAY, [(stay, TODAY, TODAY + timedelta(days=9))], shut, [room], TODAY)
    with pytest.raises(AssertionError):
        check_day(TODAY + timedelta(days=6), stays, shut, [room], TODAY)


def test_places_are_never_overfilled_whatever_the_order_of_deeds(db):
    """E1, E2, E3, E5 and E13: 100 examples of 30 deeds each (1,000 of 50 with THROUGHLINE_FULL=1).

    Allocate, propose, accept, decline, start, end, extend, move, withdraw, release, resize, take out
    of use and the passing of days, in any order hypothesis finds.
    """
    borough = people.a_borough()
    borough.people["outreach"], borough.people["hub"] = places.an_outreach(borough, OUTREACH), places.a_hub(borough, BEDS)
    for number in range(CHILDREN):
        builders.a_waiting_referral(borough, service="hub" if number < 2 else "outreach")
    for person in borough.people.values():
        _ = getattr(person, "acting", None)
    PlacesMachine.borough = borough

    run_state_machine_as_test(
        PlacesMachine,
        settings=settings(
            max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, derandomize=not FULL, database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
