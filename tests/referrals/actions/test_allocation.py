"""Places: never more than there are, in the agreed order, and kept by the database underneath."""

from datetime import date, timedelta
from itertools import product

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from core import clock, outbox
from core.rules import RuleBroken
from referrals.actions.allocation import allocate_place, propose_bed
from referrals.actions.arranging import BUSY, TAKEN, no_clash
from referrals.actions.offer import accept_bed, decline_bed
from referrals.actions.provision import set_terms
from referrals.actions.stay import start_stay
from referrals.actions.stay_changes import change_dates
from referrals.models import Place, Referral, Stay
from referrals.models.holdings import first_in_line, waiting_in_order
from tests.referrals import builders, places

pytestmark = pytest.mark.django_db


def test_allocate_place_supports_the_child_from_today(borough):
    stay = places.a_place_given(borough, places.an_outreach(borough))

    assert (stay.state, stay.place.name) == ("begun", "Outreach 1")
    referral = Referral.objects.get()
    assert (referral.status, referral.placed_on) == ("SUPPORTED", clock.today())
    assert Referral.objects.visible_to(borough.practitioner).get() == referral


def test_the_thirteenth_child_is_refused_by_the_rule(borough):
    outreach = places.an_outreach(borough, places=2)
    places.a_place_given(borough, outreach)
    places.a_place_given(borough, outreach)

    with pytest.raises(RuleBroken, match="2 places"):
        places.a_place_given(borough, outreach)

    assert Stay.objects.count() == 2


@pytest.mark.parametrize(("error", "said"), [(IntegrityError, TAKEN), (OperationalError, BUSY)])
def test_what_the_database_refuses_or_will_not_wait_for_is_a_sentence(borough, error, said):
    with pytest.raises(RuleBroken) as refusal, no_clash():
        raise error

    assert refusal.value.reasons == [said]


def test_the_thirteenth_child_is_refused_by_the_database(borough):
    outreach = places.an_outreach(borough, places=1)
    stay = places.a_place_given(borough, outreach)
    other = builders.a_child(borough)

    with pytest.raises(IntegrityError), transaction.atomic():
        Stay.objects.create(
            child=other, place=stay.place, is_living=False, state="begun", starts_on=clock.today(),
            begun_by=borough.provider_manager, begun_at=clock.now(),
        )  # fmt: skip


def test_an_overrun_keeps_the_next_child_out_in_the_database_too(borough):
    outreach = places.an_outreach(borough, places=1)
    stay = places.a_place_given(borough, outreach, weeks=1)
    with clock.held_at(clock.today() + timedelta(weeks=3)), pytest.raises(IntegrityError), transaction.atomic():
        Stay.objects.create(
            child=builders.a_child(borough), place=stay.place, is_living=False, state="begun",
            starts_on=clock.today(), begun_by=borough.chair, begun_at=clock.now(),
        )  # fmt: skip


def test_back_to_back_stays_share_a_place(borough):
    outreach = places.an_outreach(borough, places=1)
    first = places.a_place_given(borough, outreach, weeks=2)

    second = allocate_place(
        builders.a_waiting_referral(borough), outreach, starts_on=first.planned_end_on,
        planned_end_on=first.planned_end_on + timedelta(weeks=4), by=borough.provider_manager,
    )  # fmt: skip

    assert (second.place, second.state) == (first.place, "planned")


def test_planned_stays_change_number_to_make_room(borough):
    outreach = places.an_outreach(borough, places=2)
    today = clock.today()
    begun = places.a_place_given(borough, outreach, weeks=4)
    later = allocate_place(
        builders.a_waiting_referral(borough), outreach, starts_on=today + timedelta(weeks=2),
        planned_end_on=today + timedelta(weeks=6), place=outreach.places.get(number=2), by=borough.provider_manager,
    )  # fmt: skip
    third = allocate_place(
        builders.a_waiting_referral(borough), outreach, starts_on=today,
        planned_end_on=today + timedelta(weeks=2), by=borough.provider_manager,
    )  # fmt: skip

    assert begun.place.number == 1
    assert {later.place.number, third.place.number} == {2}


def test_allocate_place_keeps_the_agreed_order(borough):
    outreach = places.an_outreach(borough)
    builders.a_waiting_referral(borough, band="urgent")
    second = builders.a_waiting_referral(borough)

    with pytest.raises(RuleBroken, match="strategic manager"):
        places.a_place_given(borough, outreach, referral=second)
    stay = allocate_place(
        second, outreach, starts_on=clock.today(), planned_end_on=None, out_of_order_because="Same school.",
        agreed_by=borough.strategic_manager, by=borough.provider_manager,
    )  # fmt: skip

    assert stay.out_of_order_agreed_by == borough.strategic_manager


def test_an_allocation_asks_as_much_where_more_are_in_places_and_fewer_wait(borough):
    """Others wait while it asks: its places, its stays and its referral once each."""
    outreach, asked = places.an_outreach(borough), []
    for referral in [builders.a_waiting_referral(borough) for _ in range(4)]:
        with CaptureQueriesContext(connection) as queries:
            places.a_place_given(borough, outreach, referral=referral)
        asked.append([query["sql"].split()[0] for query in queries])

    assert asked[1] == asked[2] == asked[3]
    assert len(asked[3]) <= 22


@pytest.mark.parametrize("numbers", [(None, None, None), (1, None, None), (2, 1, None), (None, 1, 2), (3, 2, 1), (None, None, 5)])
def test_whoever_is_first_in_line_is_read_as_the_whole_line_has_them(borough, numbers):
    outreach, rows = places.an_outreach(borough), [builders.a_waiting_referral(borough) for _ in range(3)]
    for bands in product(["urgent", "high", "standard"], repeat=3):
        for row, band, number in zip(rows, bands, numbers, strict=True):
            Referral.objects.filter(pk=row.pk).update(band=band, wait_order=number)

        assert first_in_line(outreach) == waiting_in_order(outreach)[0].pk

    Referral.objects.update(status="SUPPORTED")
    assert first_in_line(outreach) is None


@pytest.mark.parametrize("who", ["panel_administrator", "chair", "social_worker", "practitioner", "commissioner"])
def test_only_the_providers_manager_allocates(borough, who):
    outreach = places.an_outreach(borough)

    with pytest.raises(RuleBroken, match="Only the provider"):
        allocate_place(
            builders.a_waiting_referral(borough), outreach, starts_on=clock.today(), planned_end_on=None,
            by=getattr(borough, who),
        )  # fmt: skip


def test_a_bed_is_proposed_accepted_and_started(borough):
    places.an_outreach(borough)
    stay = places.a_bed_offered(borough, places.a_hub(borough))
    assert stay.state == "offered"
    assert Referral.objects.get().status == "OFFERED"

    with pytest.raises(RuleBroken, match="social worker"):
        accept_bed(stay, by=borough.team_manager)
    with pytest.raises(RuleBroken, match="not been accepted"):
        start_stay(stay, on=clock.today(), by=borough.provider_manager)
    stay = start_stay(accept_bed(stay, by=borough.social_worker), on=clock.today(), by=borough.provider_manager)

    assert stay.state == "begun"
    assert Referral.objects.get().status == "SUPPORTED"


def test_a_bed_plans_the_outreach_stay_that_follows_it_and_moves_it(borough):
    places.an_outreach(borough)
    stay = places.a_bed_begun(borough, places.a_hub(borough), weeks=8)
    follower = Stay.objects.get(follows=stay)
    assert follower.starts_on == stay.planned_end_on
    assert (follower.planned_end_on - follower.starts_on).days == 84

    later = stay.planned_end_on + timedelta(weeks=2)
    change_dates(stay, planned_end_on=later, reason="Needs longer.", by=borough.provider_manager)

    follower.refresh_from_db()
    assert follower.starts_on == later


def test_where_no_outreach_place_is_free_a_plan_is_written_first(borough):
    outreach = places.an_outreach(borough, places=1)
    places.a_place_given(borough, outreach, weeks=52)
    hub = places.a_hub(borough)
    referral = builders.a_waiting_referral(borough, service="hub")

    with pytest.raises(RuleBroken, match="write the plan"):
        places.a_bed_offered(borough, hub, referral=referral)
    stay = places.a_bed_offered(borough, hub, referral=referral, follow_plan="Another team will.")

    assert stay.follow_plan == "Another team will."
    assert not Stay.objects.filter(follows=stay).exists()


def test_the_fourth_bed_is_refused_by_the_rule_and_by_the_database(borough):
    places.an_outreach(borough)
    hub = places.a_hub(borough, beds=1)
    stay = places.a_bed_begun(borough, hub)

    with pytest.raises(RuleBroken):
        places.a_bed_offered(borough, hub)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stay.objects.create(
            child=builders.a_child(borough), place=stay.place, is_living=True, state="planned",
            starts_on=clock.today(), planned_end_on=clock.today() + timedelta(days=3),
        )  # fmt: skip


def test_a_child_under_16_never_lives_where_under_16s_may_not(borough):
    places.an_outreach(borough)
    hub = places.a_hub(borough, covers_under_16=False)

    with pytest.raises(RuleBroken, match="Nobody may agree otherwise"):
        places.a_bed_offered(borough, hub)

    child = builders.a_child(borough, born_on=date(2009, 6, 1))
    assert places.a_bed_offered(borough, hub, referral=builders.a_waiting_referral(borough, child=child, service="hub", band="urgent"))


def test_an_offer_declined_or_lapsed_lets_everything_go(borough):
    places.an_outreach(borough)
    hub = places.a_hub(borough)
    stay = places.a_bed_offered(borough, hub)
    decline_bed(stay, reason="Too far.", by=borough.social_worker)
    assert Referral.objects.get().status == "WAITING"
    assert Stay.objects.get(follows=stay).state == "released"

    again = places.a_bed_offered(borough, hub, referral=Referral.objects.get())
    with clock.held_at(clock.today() + timedelta(days=2)):
        outbox.sweep()

    again.refresh_from_db()
    assert again.state == "lapsed"
    assert Referral.objects.get().status == "WAITING"


def test_a_child_has_one_outreach_place_at_a_time(borough):
    outreach = places.an_outreach(borough)
    stay = places.a_place_given(borough, outreach)
    second = builders.a_waiting_referral(borough, child=stay.child)

    with pytest.raises(RuleBroken):
        places.a_place_given(borough, outreach, referral=second)
    with pytest.raises(IntegrityError), transaction.atomic():
        Stay.objects.create(
            child=stay.child, place=outreach.places.get(number=5), is_living=False, state="planned",
            starts_on=clock.today(),
        )  # fmt: skip


def test_end_stay_frees_the_place_from_that_day(borough):
    outreach = places.an_outreach(borough, places=1)
    stay = places.a_place_given(borough, outreach)
    with clock.held_at(clock.today() + timedelta(days=10)):
        places.a_stay_ended(borough, stay)
        assert Referral.objects.get().status == "ENDED"
        assert places.a_place_given(borough, outreach).place == stay.place


def test_set_terms_refuses_to_close_a_place_somebody_is_in(borough):
    outreach = places.an_outreach(borough, places=2)
    places.a_place_given(borough, outreach)
    places.a_place_given(borough, outreach)

    with pytest.raises(RuleBroken, match="has a stay that runs past"):
        set_terms(
            outreach, contract_slug="art", provider=borough.provider, from_on=clock.today(), places=1,
            weekly_rate=660, rate_basis="child week", by=None,
        )  # fmt: skip

    assert Place.objects.filter(closes_on=None).count() == 2


def test_propose_bed_needs_its_impact_assessed(borough):
    places.an_outreach(borough)
    hub = places.a_hub(borough)

    with pytest.raises(RuleBroken, match="impact"):
        propose_bed(
            builders.a_waiting_referral(borough, service="hub"), hub.places.get(number=1),
            starts_on=clock.today(), planned_end_on=clock.today() + timedelta(weeks=6), impact_assessment=" ",
            by=borough.provider_manager,
        )  # fmt: skip
