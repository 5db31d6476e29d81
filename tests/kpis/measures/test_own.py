"""The service's own measures, each from records made by the product's own deeds; nothing is typed again."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from core import clock
from kpis.measures.behind import KINDS
from kpis.measures.facts import Count
from kpis.measures.service import BY_SLUG, MEASURES
from panels.models import Action, Meeting
from referrals.actions.sdq import add_sdq
from tests.conftest import TODAY
from tests.contracts.registers import a_complaint
from tests.people import a_borough
from tests.referrals.builders import a_sent_referral, a_waiting_referral
from tests.referrals.journeys import a_home
from tests.referrals.places import a_place_given, a_stay_ended, an_outreach

pytestmark = pytest.mark.django_db
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)


def of(borough, slug, first=NOVEMBER, last=DECEMBER):
    return BY_SLUG[slug].of(borough.authority, first, last)


def shown(count):
    return (count.value, count.numerator, count.denominator)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.slug)
def test_of_nothing_every_measure_is_nought_or_nothing_and_never_an_error(borough, measure):
    count = measure.of(borough.authority, NOVEMBER, DECEMBER)

    assert (count.numerator, count.denominator) == (0, 0)
    assert count.value in {None, 0}
    assert measure.in_words(count.value)


def test_each_measure_has_its_own_name_and_says_how_it_counts():
    assert len(BY_SLUG) == len({measure.name for measure in MEASURES}) == len(MEASURES)
    assert all(len(measure.how) > 30 and measure.how.endswith(".") for measure in MEASURES)


def test_d12_each_step_of_a_referral_has_its_days(borough):
    outreach = an_outreach(borough)
    with clock.held_at(TODAY - timedelta(days=20)):
        referral = a_waiting_referral(borough)
    referral.sent_at = clock.moment(TODAY - timedelta(days=15))
    referral.decided_at = clock.moment(TODAY - timedelta(days=6))
    referral.save()
    a_place_given(borough, outreach, referral=referral)

    assert shown(of(borough, "days-signed-to-decision")) == (9, 1, 1)
    assert shown(of(borough, "days-decision-to-place")) == (6, 1, 1)
    assert shown(of(borough, "days-to-decision")) == (14, 1, 1)
    assert shown(of(borough, "days-to-place")) == (20, 1, 1)
    assert shown(of(borough, "days-to-sign-off")) == (0, 1, 1)


def test_children_waiting_are_those_at_the_end_by_the_moves_of_the_referral(borough):
    outreach = an_outreach(borough)
    with clock.held_at(date(2026, 10, 20)):
        referral = a_waiting_referral(borough)
        a_waiting_referral(borough)
        a_sent_referral(borough)
    assert of(borough, "children-waiting", date(2026, 9, 1), date(2026, 10, 1)).numerator == 0
    assert of(borough, "children-waiting", date(2026, 10, 1), NOVEMBER).numerator == 2

    a_place_given(borough, outreach, referral=referral)
    assert of(borough, "children-waiting").numerator == 1
    assert of(borough, "children-waiting", date(2026, 10, 1), NOVEMBER).numerator == 2


def test_empty_days_and_days_in_use_come_to_the_days_open(borough):
    outreach = an_outreach(borough, places=2)
    with clock.held_at(TODAY - timedelta(days=9)):
        a_place_given(borough, outreach)

    assert shown(of(borough, "outreach-occupancy")) == (Decimal("20.8"), 10, 48)
    assert shown(of(borough, "empty-days")) == (38, 38, 48)


def test_endings_and_goals_are_of_stays_that_ended_in_the_period(borough):
    outreach = an_outreach(borough)
    with clock.held_at(TODAY - timedelta(days=30)):
        early, late = (a_place_given(borough, outreach, weeks=4) for _ in range(2))
    with clock.held_at(TODAY - timedelta(days=10)):
        a_stay_ended(borough, early, unplanned_because="The home ended.")
    a_stay_ended(borough, late)

    assert shown(of(borough, "ended-as-planned")) == (Decimal("50.0"), 1, 2)
    assert of(borough, "ended-as-planned", date(2026, 10, 1), NOVEMBER).denominator == 0
    assert of(borough, "goals-reached").denominator == 1


def supported_child(borough):
    """A child in an outreach place since 30 days."""
    with clock.held_at(TODAY - timedelta(days=30)):
        return a_place_given(borough, an_outreach(borough)).child


def test_homes_that_ended_unplanned_and_after_how_long(borough):
    child = supported_child(borough)
    a_home(child, starts_on=date(2026, 10, 5))
    a_home(child, starts_on=date(2026, 11, 4), ending_reason="CREQB")

    measure = BY_SLUG["homes-ended-early"]
    facts = measure.gather(borough.authority, NOVEMBER, DECEMBER)
    assert [(fact.counted, fact.part) for fact in facts] == [(True, "1 day to 1 month")]
    assert shown(of(borough, "homes-ended-early")) == (Decimal("100.0"), 1, 1)


def test_three_homes_in_twelve_months_of_those_supported_at_the_end(borough):
    child = supported_child(borough)
    for month in (6, 8):
        a_home(child, starts_on=date(2026, month, 1))
    assert shown(of(borough, "three-or-more-homes")) == (0, 0, 1)
    a_home(child, starts_on=date(2026, 11, 3))

    assert shown(of(borough, "three-or-more-homes")) == (Decimal("100.0"), 1, 1)
    assert of(borough, "three-or-more-homes", date(2026, 9, 1), date(2026, 10, 1)).denominator == 0


def test_e7_sdq_scores_are_compared_with_the_one_before_by_the_same_kind_of_person(borough):
    child = supported_child(borough)
    for on, score, who in ((date(2026, 5, 1), 20, "carer"), (date(2026, 11, 5), 17, "carer"), (date(2026, 11, 6), 25, "teacher")):
        add_sdq(child, on=on, score=score, completed_by=who, by=child.social_worker)

    assert shown(of(borough, "sdq-lower")) == (Decimal("100.0"), 1, 1)
    assert shown(of(borough, "sdq-coverage")) == (Decimal("100.0"), 1, 1)
    add_sdq(child, on=date(2026, 11, 10), score=17, completed_by="carer", by=child.social_worker)
    assert shown(of(borough, "sdq-lower")) == (Decimal("50.0"), 1, 2)


def test_complaints_by_the_day_received_and_answers_by_the_day_due(borough):
    a_complaint(borough, received_on=date(2026, 11, 3))

    assert shown(of(borough, "complaints")) == (1, 1, 1)
    assert of(borough, "complaints", date(2026, 10, 1), NOVEMBER).value == 0


def test_another_authoritys_records_count_for_none_of_ours(borough):
    other = a_borough("other")
    child = supported_child(other)
    a_home(child, starts_on=date(2026, 11, 3))
    add_sdq(child, on=date(2026, 11, 5), score=20, completed_by="carer", by=child.social_worker)

    assert [of(borough, measure.slug).denominator for measure in MEASURES] == [0] * len(MEASURES)
    assert of(other, "sdq-coverage") == Count(Decimal("100.0"), 1, 1)


def test_every_record_behind_a_figure_is_of_a_kind_that_can_be_opened(borough):
    supported_child(borough)
    facts = [fact for measure in MEASURES for fact in measure.gather(borough.authority, date(2026, 1, 1), DECEMBER)]

    assert {fact.record for fact in facts} <= set(KINDS)
    assert all(fact.reference for fact in facts)
    assert not Meeting.objects.exists()
    assert not Action.objects.exists()
