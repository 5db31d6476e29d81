"""Places: each row of the catalogue that is about capacity, beds, rooms and what is held."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from core import clock, outbox
from core.models import Message
from core.rules import RuleBroken
from referrals.actions.allocation import allocate_place, propose_bed
from referrals.actions.offer import accept_bed, lapse_offer
from referrals.actions.out_of_use import bring_back_into_use, hold_for_one, take_out_of_use
from referrals.actions.provision import add_home, add_provision, register_home, set_terms
from referrals.actions.referral import withdraw_referral
from referrals.actions.service import (
    agree_extra_support,
    give_kite_mark,
    hold_demand_review,
    plan_demand_review,
    set_team_post,
)
from referrals.actions.stay import end_stay, start_stay
from referrals.actions.stay_changes import change_dates, keep_place, let_place_go, move_stay
from referrals.actions.transfer import transfer_caseload
from referrals.models import DemandReview, OutOfUse, Place, Referral, Stay
from referrals.models.board import board, shown_provisions
from referrals.models.home_words import home_words
from referrals.models.places_now import costs, used_in_a_year
from referrals.models.provision import Provision
from referrals.models.service_facts import ratio, superseded_on
from referrals.rules.transfer import Row
from tests.referrals import builders, places
from tests.referrals.places import SINCE

pytestmark = pytest.mark.django_db
WEEK = timedelta(weeks=1)
SIXTEEN = date(2010, 3, 4)


def some_properties(borough, registered_from=SINCE):
    """Two homes of two rooms: one for 16 and over, one for under-16s."""
    provision = add_provision(
        slug=f"{borough.authority.slug}-properties", authority=borough.authority, kind="properties",
        name="Properties", provider=borough.provider, by=None,
    )  # fmt: skip
    for name, lowest, under_16 in (("Alder House", 16, False), ("Cedar House", 10, True)):
        home = add_home(provision, name=name, lowest_age=lowest, highest_age=17, looked_after_only=True, by=None)
        if registered_from:
            register_home(home, number=name[0], covers_under_16=under_16, from_on=registered_from, by=None)
    set_terms(
        provision, contract_slug="pilot", provider=borough.provider, from_on=SINCE, places=4, weekly_rate=Decimal(2438),
        under_16_rate=Decimal(5477), rate_basis="child week", by=None,
    )  # fmt: skip
    return provision


def a_looked_after_child(borough, born_on=SIXTEEN):
    return builders.a_child(borough, born_on=born_on, is_looked_after=True)


def a_room_offered(borough, properties, number=1, child=None, weeks=8, **more):
    """A room proposed to a looked-after child of sixteen."""
    referral = builders.a_waiting_referral(borough, child=child or a_looked_after_child(borough), service="properties")
    today = clock.today()
    said = {"starts_on": today, "planned_end_on": today + weeks * WEEK, "impact_assessment": "Both asked.", **more}
    return propose_bed(
        referral, properties.places.get(number=number), out_of_order_because="A test.", agreed_by=borough.strategic_manager,
        by=borough.provider_manager, **said,
    )  # fmt: skip


def a_room_begun(borough, properties, **more):
    stay = accept_bed(a_room_offered(borough, properties, **more), by=borough.social_worker)
    return start_stay(stay, on=clock.today(), by=borough.provider_manager)


def test_e1_at_most_twelve_are_in_outreach(borough):
    outreach = places.an_outreach(borough)
    for _ in range(12):
        places.a_place_given(borough, outreach)

    with pytest.raises(RuleBroken, match="All 12 places are taken"):
        places.a_place_given(borough, outreach)


def test_e2_the_hub_has_three_beds_and_not_a_fourth(borough):
    places.an_outreach(borough)
    hub = places.a_hub(borough)
    for number in (1, 2, 3):
        places.a_bed_offered(borough, hub, number=number)

    with pytest.raises(RuleBroken, match="All 3 places are taken"):
        places.a_bed_offered(borough, hub, number=1)


def test_e3_hub_children_are_not_inside_the_twelve(borough):
    outreach, hub = places.an_outreach(borough), places.a_hub(borough)
    for number in (1, 2, 3):
        places.a_bed_offered(borough, hub, number=number, weeks=60, follow_plan="Another team.")
    for _ in range(12):
        places.a_place_given(borough, outreach)

    assert Stay.objects.filter(is_living=False, state="begun").count() == 12
    assert Stay.objects.filter(is_living=True).count() == 3


def test_e4_the_thirteenth_child_is_surfaced_before_the_bed_is_decided(borough):
    outreach, hub = places.an_outreach(borough, places=1), places.a_hub(borough)
    places.a_place_given(borough, outreach, weeks=40)
    referral = builders.a_waiting_referral(borough, service="hub")

    with pytest.raises(RuleBroken, match="no outreach place is held for afterwards") as refusal:
        places.a_bed_offered(borough, hub, referral=referral)
    bed = places.a_bed_offered(borough, hub, referral=referral, follow_plan="The school nurse and the family worker.")

    assert [reason.field for reason in refusal.value.reasons] == ["follow_plan"]
    assert bed.follow_plan == "The school nurse and the family worker."


def test_e4_a_bed_that_ends_early_keeps_what_is_held_after_it(borough):
    outreach, hub = places.an_outreach(borough, places=1), places.a_hub(borough)
    bed = places.a_bed_begun(borough, hub, weeks=8)
    places.a_place_given(borough, outreach, weeks=8)
    held = Stay.objects.get(follows=bed)

    with clock.held_at(clock.today() + 2 * WEEK):
        end_stay(bed, on=clock.today(), unplanned_because="A foster home.", by=borough.provider_manager)

    held.refresh_from_db()
    assert (held.state, held.starts_on) == ("planned", bed.planned_end_on)


def test_e4_a_longer_bed_asks_for_a_plan_where_its_outreach_does_not_fit(borough):
    outreach, hub = places.an_outreach(borough, places=1), places.a_hub(borough)
    bed = places.a_bed_begun(borough, hub, weeks=4)
    held = Stay.objects.get(follows=bed)
    allocate_place(
        builders.a_waiting_referral(borough), outreach, starts_on=held.planned_end_on,
        planned_end_on=held.planned_end_on + 4 * WEEK, by=borough.provider_manager,
    )  # fmt: skip
    longer = {"planned_end_on": bed.planned_end_on + 2 * WEEK, "reason": "No home found.", "by": borough.provider_manager}

    with pytest.raises(RuleBroken, match="write the plan"):
        change_dates(bed, **longer)
    change_dates(bed, follow_plan="Another team.", **longer)

    held.refresh_from_db()
    assert (held.state, held.ending_reason) == ("released", "Another team.")


def test_e4_a_child_in_outreach_keeps_the_place_until_the_first_review(borough):
    outreach, hub = places.an_outreach(borough), places.a_hub(borough)
    kept = places.a_place_given(borough, outreach)
    bed = places.a_bed_offered(borough, hub, referral=builders.a_waiting_referral(borough, child=kept.child, service="hub"))

    kept.refresh_from_db()
    assert (kept.kept_for, bed.review_on) == (bed, bed.starts_on + 4 * WEEK)
    assert not Stay.objects.filter(follows=bed).exists()
    with pytest.raises(RuleBroken, match="named manager"):
        keep_place(kept, reason="Close.", by=borough.practitioner)
    kept = keep_place(kept, reason="Close to home.", by=borough.service_manager)
    assert kept.kept_decided_by == borough.service_manager
    with clock.held_at(clock.today() + WEEK):
        released = let_place_go(kept, plan="Ends with the bed.", by=borough.service_manager)
    released.refresh_from_db()
    assert released.state == "ended"


def test_e4_a_named_manager_lets_go_of_a_held_place_with_a_plan(borough):
    places.an_outreach(borough)
    bed = places.a_bed_begun(borough, places.a_hub(borough))
    held = Stay.objects.get(follows=bed)

    with pytest.raises(RuleBroken, match="Write the plan"):
        let_place_go(held, plan=" ", by=borough.service_manager)
    with pytest.raises(RuleBroken, match="named manager"):
        let_place_go(held, plan="Another team.", by=borough.social_worker)
    let_place_go(held, plan="Another team.", by=borough.service_manager)

    held.refresh_from_db(), bed.refresh_from_db()
    assert (held.state, bed.follow_plan) == ("released", "Another team.")


def test_e8_a_bed_has_a_planned_end_and_an_actual_one(borough):
    places.an_outreach(borough)
    bed = places.a_bed_begun(borough, places.a_hub(borough), weeks=8)
    with clock.held_at(bed.planned_end_on + WEEK):
        ended = end_stay(bed, on=clock.today(), unplanned_because="A foster home was found.", by=borough.provider_manager)

    assert (ended.planned_end_on, ended.ended_on) == (bed.planned_end_on, bed.planned_end_on + WEEK)


def test_e9_a_home_of_two_rooms_holds_two_children(borough):
    properties = some_properties(borough)
    a_room_begun(borough, properties, number=1)
    a_room_offered(borough, properties, number=2)

    assert {stay.place.home.name for stay in Stay.objects.all()} == {"Alder House"}


def test_e10_holding_a_home_for_one_closes_the_other_room_as_lost_by_decision(borough):
    properties = some_properties(borough)
    stay = a_room_begun(borough, properties, number=1)

    (held,) = hold_for_one(stay, reason="Needs quiet at night.", by=borough.provider_manager)

    assert (held.place.number, held.until_on, held.decided_by) == (2, stay.planned_end_on, borough.provider_manager)
    with pytest.raises(RuleBroken, match="out of use"):
        a_room_offered(borough, properties, number=2)
    with clock.held_at(clock.today() + WEEK):
        used = used_in_a_year(Place.objects.get(pk=held.place_id))
        end_stay(stay, on=clock.today(), unplanned_because="Moved home.", by=borough.provider_manager)
        held.refresh_from_db()
        assert held.until_on == clock.today()
    assert (used.lost_by_decision, used.out_of_use) == (8, 0)


def test_e10_a_home_where_somebody_else_lives_is_not_held_for_one(borough):
    properties = some_properties(borough)
    stay = a_room_begun(borough, properties, number=1)
    a_room_begun(borough, properties, number=2)

    with pytest.raises(RuleBroken, match="Room 2 is taken"):
        hold_for_one(stay, reason="Needs quiet.", by=borough.provider_manager)
    with pytest.raises(RuleBroken, match="Only the provider"):
        hold_for_one(stay, reason="Needs quiet.", by=borough.commissioner)


def test_e11_under_16_never_lives_where_16_and_over_do(borough):
    properties = some_properties(borough)
    child = a_looked_after_child(borough, born_on=date(2012, 3, 4))

    with pytest.raises(RuleBroken, match="Nobody may agree otherwise"):
        a_room_offered(borough, properties, number=1, child=child)


def test_e11_from_28_october_2023_an_unregistered_home_takes_nobody(borough):
    properties = some_properties(borough, registered_from=None)

    with pytest.raises(RuleBroken, match="no registration or accepted application"):
        a_room_offered(borough, properties, number=1)


def test_e12_demand_is_reviewed_between_6_and_12_months_and_those_concerned_are_told(borough):
    home = some_properties(borough).homes.first()
    review = plan_demand_review(home, opened_on=clock.today(), by=None)
    assert (review.due_from, review.due_by) == (date(2027, 5, 24), date(2027, 11, 24))

    with clock.held_at(review.due_from):
        outbox.sweep(kinds=["demand.review"])
        hold_demand_review(review, held_on=clock.today(), finding="Full since March.", outcome="again", by=borough.provider_manager)

    assert Message.objects.filter(kind="demand.review").count() == 2
    assert DemandReview.objects.filter(decided_at=None).get().due_from == date(2027, 11, 24)


def test_e13_places_grow_and_shrink_by_dated_terms(borough):
    outreach = places.an_outreach(borough, places=2)
    terms = {"contract_slug": "art", "provider": borough.provider, "weekly_rate": Decimal(660), "rate_basis": "child week", "by": None}
    later = clock.today() + 4 * WEEK

    set_terms(outreach, from_on=later, places=3, **terms)
    places.a_place_given(borough, outreach, weeks=2)
    places.a_place_given(borough, outreach, weeks=2)

    with pytest.raises(RuleBroken, match="All 2 places"):
        places.a_place_given(borough, outreach)
    allocate_place(
        Referral.objects.get(status="WAITING"), outreach, starts_on=later, planned_end_on=None, by=borough.provider_manager
    )
    with pytest.raises(RuleBroken, match="told already"):
        set_terms(outreach, from_on=clock.today(), places=1, **terms)


def test_e13_a_place_that_closed_opens_again_and_the_gap_is_kept(borough):
    outreach = places.an_outreach(borough, places=2)
    terms = {"contract_slug": "art", "provider": borough.provider, "weekly_rate": Decimal(660), "rate_basis": "child week", "by": None}
    set_terms(outreach, from_on=clock.today(), places=1, **terms)
    with clock.held_at(clock.today() + 2 * WEEK):
        set_terms(outreach, from_on=clock.today(), places=2, **terms)

    second = outreach.places.get(number=2)
    assert second.closes_on is None
    assert [row.get_kind_display() for row in second.out_of_use.all()] == ["Closed by the contract"]


@pytest.mark.parametrize(("weeks", "kept"), [(3, []), (1, [(1, 2)]), (None, [])])
def test_e13_the_gap_is_kept_once_where_the_place_was_out_of_use_already(borough, weeks, kept):
    outreach, today = places.an_outreach(borough, places=2), clock.today()
    terms = {"contract_slug": "art", "provider": borough.provider, "weekly_rate": Decimal(660), "rate_basis": "child week", "by": None}
    back = today + weeks * WEEK if weeks else None
    take_out_of_use(outreach.places.get(number=2), from_on=today, until_on=back, reason="Damp.", by=borough.provider_manager)
    set_terms(outreach, from_on=today, places=1, **terms)
    set_terms(outreach, from_on=today + 2 * WEEK, places=2, **terms)

    closed = outreach.places.get(number=2).out_of_use.filter(kind="closed")
    assert [(row.from_on - today, row.until_on - today) for row in closed] == [(a * WEEK, b * WEEK) for a, b in kept]


def test_e13_begun_children_move_to_a_number_that_stays_open(borough):
    outreach = places.an_outreach(borough, places=3)
    first, second = (places.a_place_given(borough, outreach) for _ in range(2))
    with clock.held_at(clock.today() + WEEK):
        end_stay(first, on=clock.today(), unplanned_because="Done.", by=borough.provider_manager)
        set_terms(
            outreach, contract_slug="art", provider=borough.provider, from_on=clock.today() + WEEK, places=1,
            weekly_rate=Decimal(660), rate_basis="child week", by=None,
        )  # fmt: skip

    second.refresh_from_db()
    assert (second.place.number, second.state) == (1, "begun")


def test_e14_the_team_and_its_ratio_to_children(borough):
    outreach = places.an_outreach(borough)
    set_team_post(outreach, title="Therapeutic worker", posts=Decimal(6), filled=Decimal(5), from_on=SINCE, by=None)

    assert ratio(Decimal(5), 10) == "1 to 2"
    assert ratio(Decimal("4.5"), 3) == "1.5 to 1"
    assert ratio(Decimal(0), 3) == "Not known"
    with pytest.raises(RuleBroken, match="No more posts"):
        set_team_post(outreach, title="Psychologist", posts=Decimal(1), filled=Decimal(2), from_on=SINCE, by=None)


def test_e16_a_caseload_comes_over_row_by_row_with_first_dates(borough):
    outreach = places.an_outreach(borough, places=1)
    for number in ("L1", "L2"):
        builders.a_child(borough, case_number=number)
    long_ago = date(2025, 6, 2)
    rows = [Row("L1", long_ago), Row("L2", long_ago), Row("L9", long_ago), Row("L1", None)]
    over = {"from_service": "MISTLE", "on": clock.today(), "by": borough.strategic_manager}

    outcomes = transfer_caseload(rows, outreach, **over)
    again = transfer_caseload(rows[:1], outreach, **over)

    assert [outcome.is_done for outcome in outcomes] == [True, False, False, False]
    assert "place is taken" in outcomes[1].words
    assert outcomes[2].words == "There is no child with that number."
    stay = outcomes[0].stay
    assert (stay.first_supported_on, stay.transferred_from, stay.referral.status) == (long_ago, "MISTLE", "SUPPORTED")
    assert stay.referral.moves.get(now="SUPPORTED").reason == "Came over from MISTLE."
    assert (again[0].is_done, Stay.objects.count()) == (False, 1)
    with pytest.raises(RuleBroken, match="strategic manager"):
        transfer_caseload(rows, outreach, **{**over, "by": borough.provider_manager})


def test_e19_a_place_out_of_service_takes_nobody_and_children_not_begun_move(borough):
    outreach = places.an_outreach(borough, places=2)
    today = clock.today()
    later = allocate_place(
        builders.a_waiting_referral(borough), outreach, starts_on=today + WEEK, planned_end_on=today + 3 * WEEK,
        place=outreach.places.get(number=1), by=borough.provider_manager,
    )  # fmt: skip
    row = take_out_of_use(
        later.place, from_on=today, until_on=today + 2 * WEEK, reason="No car.", by=borough.provider_manager
    )

    later.refresh_from_db()
    assert (later.place.number, later.starts_on) == (2, today + WEEK)
    with pytest.raises(RuleBroken, match=r"All 2 places|No arrangement|The only place"):
        allocate_place(
            builders.a_waiting_referral(borough), outreach, starts_on=today + WEEK, planned_end_on=today + 3 * WEEK,
            by=borough.provider_manager,
        )  # fmt: skip
    bring_back_into_use(row, on=today + timedelta(days=1), by=borough.provider_manager)
    assert OutOfUse.objects.get().until_on == today + timedelta(days=1)


def test_e19_a_bed_is_not_taken_out_from_under_a_child(borough):
    places.an_outreach(borough)
    bed = places.a_bed_begun(borough, places.a_hub(borough), weeks=4)
    out = {"reason": "A leak.", "by": borough.provider_manager}

    with pytest.raises(RuleBroken, match="Hub bed 1 is taken from"):
        take_out_of_use(bed.place, from_on=clock.today(), until_on=None, **out)
    take_out_of_use(bed.place, kind="turnaround", from_on=bed.planned_end_on, until_on=bed.planned_end_on + timedelta(days=2), **out)
    with pytest.raises(RuleBroken, match="already"):
        take_out_of_use(bed.place, from_on=bed.planned_end_on, until_on=None, **out)


def test_e20_withdrawing_frees_the_bed_and_what_is_held_after_it(borough):
    places.an_outreach(borough)
    bed = places.a_bed_offered(borough, places.a_hub(borough))

    withdraw_referral(bed.referral, reason="The family moved away.", by=borough.social_worker)

    assert set(Stay.objects.values_list("state", flat=True)) == {"released"}


def test_e20_an_accepted_bed_does_not_lapse_before_its_first_day_nor_while_somebody_is_in_it(borough):
    places.an_outreach(borough)
    hub = places.a_hub(borough)
    here = places.a_bed_begun(borough, hub, weeks=2)
    bed = propose_bed(
        builders.a_waiting_referral(borough, service="hub"), here.place, starts_on=here.planned_end_on,
        planned_end_on=here.planned_end_on + 4 * WEEK, impact_assessment="Asked.", offered_until=clock.today() + timedelta(days=2),
        by=borough.provider_manager,
    )  # fmt: skip
    accept_bed(bed, by=borough.social_worker)

    with clock.held_at(clock.today() + timedelta(days=5)):
        assert lapse_offer(bed).state == "planned"
    with clock.held_at(here.planned_end_on + timedelta(days=5)):
        assert lapse_offer(bed).state == "planned"
        end_stay(here, on=clock.today(), unplanned_because="Home.", by=borough.provider_manager)
        assert lapse_offer(bed).state == "planned"
    with clock.held_at(here.planned_end_on + timedelta(days=6)):
        assert lapse_offer(bed).state == "lapsed"
    assert Referral.objects.get(pk=bed.referral_id).status == "WAITING"


def test_an_overrun_ends_though_the_next_child_was_due_before(borough):
    places.an_outreach(borough)
    hub = places.a_hub(borough)
    here = places.a_bed_begun(borough, hub, weeks=2)
    bed = propose_bed(
        builders.a_waiting_referral(borough, service="hub"), here.place, starts_on=here.planned_end_on,
        planned_end_on=here.planned_end_on + 4 * WEEK, impact_assessment="Asked.", by=borough.provider_manager,
    )  # fmt: skip
    accept_bed(bed, by=borough.social_worker)
    with clock.held_at(here.planned_end_on + timedelta(days=5)):
        with pytest.raises(RuleBroken, match="Somebody is in Hub bed 1 now"):
            start_stay(bed, on=clock.today(), by=borough.provider_manager)
        end_stay(here, on=clock.today(), unplanned_because="Home.", by=borough.provider_manager)
        with pytest.raises(RuleBroken, match="is taken from"):
            start_stay(bed, on=clock.today() - timedelta(days=2), by=borough.provider_manager)
        assert start_stay(bed, on=clock.today(), by=borough.provider_manager).state == "begun"


def test_e22_places_open_on_their_own_day(borough):
    outreach = places.an_outreach(borough, places=1)
    Place.objects.update(opens_on=clock.today() + WEEK)

    with pytest.raises(RuleBroken, match=r"There are no places|taken"):
        allocate_place(
            builders.a_waiting_referral(borough), outreach, starts_on=clock.today(),
            planned_end_on=clock.today() + WEEK, by=borough.provider_manager,
        )  # fmt: skip


def test_e25_a_kite_mark_is_superseded_by_registration(borough):
    home = some_properties(borough, registered_from=None).homes.first()
    mark = give_kite_mark(home, name="Quality mark", evidence="Visited twice.", from_on=SINCE, by=None)
    assert "Quality mark" in home_words(home, clock.today())
    assert superseded_on(home, mark) is None

    register_home(home, number="A", covers_under_16=False, from_on=date(2026, 1, 5), by=None)

    assert superseded_on(home, mark) == date(2026, 1, 5)
    assert "Quality mark" not in home_words(home, clock.today())


def test_e26_properties_take_looked_after_children_only(borough):
    properties = some_properties(borough)

    with pytest.raises(RuleBroken, match="looked-after children only"):
        a_room_offered(borough, properties, child=builders.a_child(borough, born_on=SIXTEEN))


def test_e27_a_stay_costs_its_place_and_extra_support_in_two_lines(borough):
    properties = some_properties(borough)
    stay = a_room_begun(borough, properties, number=1)
    agree_extra_support(
        stay, what="Waking nights", weekly_price=Decimal(700), from_on=clock.today() + timedelta(days=7), until_on=None,
        by=borough.strategic_manager,
    )  # fmt: skip
    with pytest.raises(RuleBroken, match="strategic manager"):
        agree_extra_support(stay, what="More", weekly_price=Decimal(1), from_on=clock.today(), until_on=None, by=borough.provider_manager)

    with clock.held_at(clock.today() + timedelta(days=13)):
        lines = costs(Stay.objects.select_related("place__home").get(pk=stay.pk))

    assert [(line.label, line.amount) for line in lines] == [("Room 1", Decimal("4876.00")), ("Waking nights", Decimal("700.00"))]


def test_a_home_for_under_16s_has_its_own_price(borough):
    properties = some_properties(borough)
    terms = properties.terms.get()

    assert terms.rate_of(properties.places.select_related("home").get(number=1)) == 2438
    assert terms.rate_of(properties.places.select_related("home").get(number=3)) == 5477


def test_move_stay_to_another_bed_of_the_home_keeps_the_history(borough):
    places.an_outreach(borough)
    hub = places.a_hub(borough)
    bed = places.a_bed_begun(borough, hub, number=1)
    with clock.held_at(clock.today() + WEEK):
        moved = move_stay(bed, hub.places.get(number=2), impact="Quieter side.", by=borough.provider_manager)

    bed.refresh_from_db()
    assert (bed.state, moved.moved_from, moved.state, moved.planned_end_on) == ("ended", bed, "begun", bed.planned_end_on)
    assert Stay.objects.get(follows=moved).state == "planned"


def test_move_stay_within_outreach_makes_others_give_way_only_if_not_begun(borough):
    outreach = places.an_outreach(borough, places=2)
    first, second = (places.a_place_given(borough, outreach) for _ in range(2))

    with pytest.raises(RuleBroken):
        move_stay(first, second.place, by=borough.provider_manager)


def test_an_outreach_stay_is_extended_where_the_next_child_can_have_another_number(borough):
    outreach = places.an_outreach(borough, places=2)
    here = places.a_place_given(borough, outreach, weeks=2)
    after = allocate_place(
        builders.a_waiting_referral(borough), outreach, starts_on=here.planned_end_on,
        planned_end_on=here.planned_end_on + 4 * WEEK, place=here.place, by=borough.provider_manager,
    )  # fmt: skip

    change_dates(here, planned_end_on=here.planned_end_on + WEEK, reason="A slower ending.", by=borough.provider_manager)

    after.refresh_from_db(), here.refresh_from_db()
    assert (here.place.number, after.place.number) == (1, 2)


def test_dates_that_clash_name_the_days_beside_their_field(borough):
    places.an_outreach(borough)
    hub = places.a_hub(borough, beds=1)
    here = places.a_bed_begun(borough, hub, weeks=2)
    propose_bed(
        builders.a_waiting_referral(borough, service="hub"), here.place, starts_on=here.planned_end_on,
        planned_end_on=here.planned_end_on + 4 * WEEK, impact_assessment="Asked.", by=borough.provider_manager,
    )  # fmt: skip

    with pytest.raises(RuleBroken, match="Hub bed 1 is taken from 8 December 2026 to 4 January 2027") as refusal:
        change_dates(here, planned_end_on=here.planned_end_on + WEEK, reason="Longer.", by=borough.provider_manager)
    assert refusal.value.reasons[0].field == "planned_end_on"


def test_risk_between_children_is_gone_past_only_with_a_reason(borough):
    places.an_outreach(borough)
    hub = places.a_hub(borough)
    places.a_bed_begun(borough, hub, number=1)
    referral = builders.a_waiting_referral(borough, service="hub")
    task = referral.tasks.get(name="risk")
    task.answers = {**task.answers, "risk_fire": "present"}
    task.save()

    with pytest.raises(RuleBroken, match="setting fires"):
        places.a_bed_offered(borough, hub, number=2, referral=referral)
    bed = places.a_bed_offered(borough, hub, number=2, referral=referral, risk_because="Waking nights and alarms.")

    assert bed.risk_because == "Waking nights and alarms."


def test_the_board_counts_a_closed_room_as_neither_used_nor_free(borough):
    properties = some_properties(borough)
    stay = a_room_begun(borough, properties, number=1)
    hold_for_one(stay, reason="Needs quiet.", by=borough.provider_manager)

    drawn = board(shown_provisions(Provision.objects.all(), everything=True), user=borough.provider_manager)

    (group,) = drawn.groups
    assert (group.used, group.closed, group.free, group.cost) == (1, 1, 2, Decimal(2438))
    assert group.rows[0].section.startswith("Alder House: ages 16 and 17, registered")
    assert group.rows[1].bars[0].words.startswith("Held for one child until")
