"""Homes: one at a time, ended with why, priced by date, and head of service told."""

import threading
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, close_old_connections, transaction

from core.models import AuditEvent, DatedSetting, Message
from core.rules import RuleBroken
from referrals.actions.placement import (
    add_earlier_home,
    correct_home,
    end_home,
    record_move,
    set_home_price,
)
from referrals.models import Placement
from referrals.models.journey_facts import parts_of
from referrals.rules.cost import cost_between
from tests.referrals import builders, journeys, places

pytestmark = pytest.mark.django_db
D = date


def reasons_of(deed, *args, **kwargs):
    with pytest.raises(RuleBroken) as refused:
        deed(*args, **kwargs)
    return refused.value.reasons


def test_f1_a_home_is_kept_with_its_kind_provider_place_days_and_why_it_ended(borough):
    child = builders.a_child(borough)
    first = journeys.a_home(child, "residential", D(2026, 1, 5), Decimal(3500), is_registered=True)
    second = journeys.a_home(child, starts_on=D(2026, 3, 2), ending_reason="CREQB", ending_note="Nights were hard.")

    first.refresh_from_db()
    assert (first.ends_on, first.was_planned, first.ending_reason, first.band) == (D(2026, 3, 2), False, "CREQB", "1 to 6 months")
    assert (second.sector, second.area, second.ends_on) == ("Agency provision", "In county", None)
    assert child.homes.on(D(2026, 3, 1)).get() == first
    assert child.homes.on(D(2026, 3, 2)).get() == second


def test_f1_a_move_needs_why_the_last_home_ended(borough):
    child = builders.a_child(borough)
    journeys.a_home(child, starts_on=D(2026, 1, 5))

    assert reasons_of(record_move, child, kind="home", starts_on=D(2026, 3, 2), by=None) == ["Select why the last home ended."]
    assert reasons_of(record_move, child, kind="home", starts_on=D(2026, 3, 2), ending_reason="OTHER", by=None) == [
        "Say whether the ending was planned: this reason alone does not tell."
    ]
    assert Placement.objects.get().ends_on is None


def test_f1_the_grouping_of_reasons_is_a_setting(borough):
    child = builders.a_child(borough)
    DatedSetting.objects.create(name="unplanned placement reasons", value=["CARPL"], from_on=D(2020, 1, 1))
    first = journeys.a_home(child, starts_on=D(2026, 1, 5))
    journeys.a_home(child, starts_on=D(2026, 3, 2), ending_reason="CARPL")

    first.refresh_from_db()
    assert first.was_planned is False


def test_f1_the_database_keeps_two_homes_apart(borough):
    child = builders.a_child(borough)
    journeys.a_home(child, starts_on=D(2026, 1, 5))

    with pytest.raises(IntegrityError, match="a_child_lives_in_one_home_at_a_time"), transaction.atomic():
        Placement.objects.create(child=child, kind="home", starts_on=D(2026, 5, 1))


def test_f1_an_earlier_home_fits_between_and_never_over_another(borough):
    child = builders.a_child(borough)
    journeys.a_home(child, starts_on=D(2026, 3, 2))
    facts = {"kind": "home", "starts_on": D(2026, 1, 1), "ending_reason": "CARPL", "by": borough.social_worker}

    earlier = add_earlier_home(child, ends_on=D(2026, 3, 2), **facts)
    again = reasons_of(add_earlier_home, child, ends_on=D(2026, 2, 1), **facts)

    assert earlier.was_planned is True
    assert again == ["The child already has a home in those days, from 1 January 2026. Change its dates first."]


def test_end_home_leaves_no_open_home(borough):
    child = builders.a_child(borough)
    home = journeys.a_home(child, starts_on=D(2026, 3, 2))

    end_home(home, on=D(2026, 11, 1), ending_reason="CARPL", by=borough.social_worker)

    assert not child.homes.filter(ends_on=None).exists()
    assert reasons_of(end_home, home, on=D(2026, 11, 2), ending_reason="CARPL", by=None) == ["This home has ended already."]


def test_a_home_that_is_not_registered_is_recorded_and_head_of_service_told_without_a_name(borough):
    child = builders.a_child(borough)

    journeys.a_home(child, "supported", is_registered=False)

    message = Message.objects.get(kind="home.unregistered")
    assert message.person == borough.head_of_service
    assert child.reference in message.subject
    assert child.full_name not in message.subject + message.body


def test_a_price_from_a_day_leaves_earlier_weeks_as_they_were(borough):
    child = builders.a_child(borough)
    home = journeys.a_home(child, starts_on=D(2026, 10, 5))

    set_home_price(home, from_on=D(2026, 11, 9), weekly_rate=Decimal(900), source="A letter", by=borough.social_worker)

    parts = parts_of(child, borough.social_worker)
    assert cost_between(parts, D(2026, 11, 2), D(2026, 11, 9)).amount == Decimal(795)
    assert cost_between(parts, D(2026, 11, 9), D(2026, 11, 16)).amount == Decimal(900)
    assert reasons_of(set_home_price, home, from_on=D(2026, 11, 9), weekly_rate=Decimal(1), source="x", by=None) == [
        "There is a price from that day already. Choose the day it changes."
    ]


def test_a_price_says_where_it_comes_from(borough):
    child = builders.a_child(borough)

    reasons = reasons_of(record_move, child, kind="foster", starts_on=D(2026, 1, 5), weekly_rate=Decimal(1), by=None)

    assert [reason.field for reason in reasons] == ["price_source"]


def test_f5_a_bed_that_begins_is_the_childs_home_at_the_contracts_price(borough):
    child = builders.a_child(borough)
    before = journeys.a_home(child, starts_on=D(2026, 10, 5))
    referral = builders.a_waiting_referral(borough, child=child, service="hub")

    stay = places.a_bed_begun(borough, places.a_hub(borough), referral=referral, follow_plan="Home.")

    before.refresh_from_db()
    home = child.homes.get(ends_on=None)
    assert (home.kind, home.stay, before.ends_on) == ("hub", stay, stay.starts_on)
    parts = parts_of(child, borough.social_worker)
    assert cost_between(parts, D(2026, 11, 30), D(2026, 12, 7)).amount == Decimal(5200)


def test_another_providers_prices_are_not_told_to_a_provider(borough):
    child = builders.a_child(borough)
    journeys.a_home(child, starts_on=D(2026, 10, 5))
    places.a_place_given(borough, places.an_outreach(borough), referral=builders.a_waiting_referral(borough, child=child))

    seen = cost_between(parts_of(child, borough.provider_manager), D(2026, 11, 30), D(2026, 12, 7))
    whole = cost_between(parts_of(child, borough.social_worker), D(2026, 11, 30), D(2026, 12, 7))

    assert (seen.amount, seen.is_hidden) == (Decimal(660), True)
    assert (whole.amount, whole.is_hidden) == (Decimal(1455), False)


def test_record_move_writes_one_sentence_without_a_name(borough):
    child = builders.a_child(borough)
    journeys.a_home(child)

    event = AuditEvent.objects.get(verb="home.recorded")
    assert event.child_id == child.pk
    assert "Zzcanary" not in event.sentence


@pytest.mark.django_db(transaction=True)
def test_two_people_recording_a_move_at_once_leave_one_open_home(borough):
    child, gate, refused = builders.a_child(borough), threading.Barrier(2), []

    def move():
        gate.wait()
        try:
            record_move(child, kind="home", starts_on=D(2026, 1, 5), by=borough.social_worker)
        except RuleBroken as refusal:
            refused.append(refusal.reasons)
        finally:
            close_old_connections()

    threads = [threading.Thread(target=move) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert child.homes.count() == 1
    assert len(refused) == 1


def test_f1_what_was_written_wrongly_is_put_right_and_how_it_stood_is_kept(borough):
    child = builders.a_child(borough)
    first = journeys.a_home(child, starts_on=D(2026, 1, 5))
    second = journeys.a_home(child, "home", D(2026, 3, 2), ending_reason="CREQB")
    facts = {"kind": "connected", "provider": "", "by": borough.social_worker, "ending_reason": "CARPL"}

    correct_home(first, why="It was an aunt.", starts_on=D(2026, 1, 6), ends_on=D(2026, 3, 2), **facts)

    first.refresh_from_db()
    assert (first.kind, first.starts_on, first.was_planned, first.corrected_because) == ("connected", D(2026, 1, 6), True, "It was an aunt.")
    assert first.events.order_by("pgh_id").first().kind == "foster"
    assert "aunt" not in AuditEvent.objects.get(verb="home.corrected").sentence
    assert len(reasons_of(correct_home, first, why="x", starts_on=D(2026, 1, 6), ends_on=D(2026, 3, 3), **facts)) == 1
    assert len(reasons_of(correct_home, first, why=" ", starts_on=D(2026, 1, 6), **facts)) == 3
    assert reasons_of(correct_home, second, why="x", kind="home", starts_on=D(2026, 3, 2), ends_on=D(2026, 4, 1), by=None) == [
        "This home has not ended. Record the move, or end it, first."
    ]
