"""To do: the weekly round, children who are away, and reviews."""

from datetime import date, timedelta

import pytest

from core import clock
from kpis.measures.to_do.journeys import missing, reviews, weekly_round
from referrals.actions.care import book_review
from referrals.actions.journey import confirm_weeks
from tests.referrals import builders, journeys, places

pytestmark = pytest.mark.django_db




def test_the_round_waits_until_every_child_in_place_is_confirmed(borough):
    outreach = places.an_outreach(borough)
    children = [places.a_place_given(borough, outreach).child for _ in range(2)]
    assert [thing.label for thing in weekly_round(borough.provider_manager)] == ["Confirm the week for 2 children"]

    confirm_weeks(date(2026, 11, 23), same=children[:1], by=borough.provider_manager)
    assert [thing.label for thing in weekly_round(borough.practitioner)] == ["Confirm the week for 1 child"]

    confirm_weeks(date(2026, 11, 23), same=children, by=borough.practitioner)
    assert weekly_round(borough.provider_manager) == []


def test_f20_a_child_who_is_away_is_reviewed_and_only_those_who_may_see_them_are_told(borough):
    child = builders.a_child(borough)
    journeys.an_episode(child, clock.now() - timedelta(hours=3))

    assert [(thing.label, thing.due) for thing in missing(borough.social_worker)] == [
        (f"Review {child.reference} while away", date(2026, 11, 25))
    ]
    assert missing(borough.other_social_worker) == []
    assert missing(borough.provider_manager) == []


def test_reviews_of_ones_own_children_in_four_weeks(borough):
    child = builders.a_child(borough)
    for days in (28, 29):
        book_review(child, kind="statutory", due_on=clock.today() + timedelta(days=days), by=borough.social_worker)

    assert [thing.due for thing in reviews(borough.social_worker)] == [clock.today() + timedelta(days=28)]
