"""Numbers of the documents, settled by date: what uses each follows it from its day, and days before keep theirs."""

from datetime import date, timedelta

import pytest

from core import clock
from core.actions.setting import confirm_number, settle_number
from core.readings import reading
from referrals.actions.missing import record_return, report_missing
from referrals.actions.outcome import book_referral, record_panel_outcome, release_outcome
from referrals.actions.restriction import break_glass, restrict_child, review_restriction
from referrals.actions.sdq import add_sdq
from referrals.actions.stay_changes import change_dates
from referrals.models import Access, Stay
from referrals.models.child_page import often_of
from referrals.models.matching import fits
from referrals.models.need import proposed_priority
from referrals.rules import capacity
from referrals.rules.readings import (
    AREA,
    BEFORE_18,
    GLASS,
    INTERVIEW,
    OFTEN,
    OFTEN_IN,
    PATHWAY,
    RESTRICTION,
    SDQ_FROM,
)
from tests.conftest import TODAY
from tests.referrals import builders, places

pytestmark = pytest.mark.django_db
FIRST = date(2026, 12, 1)


def settled(borough, key, value, from_on=TODAY):
    """A number in force: settled by one person, and confirmed by another where it takes two."""
    row = settle_number(reading(key), value, from_on=from_on, note="Agreed.", authority=borough.authority, by=borough.administrator)
    return confirm_number(row, by=borough.head_of_service) if row.is_proposed else row


def test_p1_a_restriction_is_looked_at_again_after_the_days_in_force(borough, sign_in):
    child = builders.a_child(borough)
    settled(borough, RESTRICTION, 30, FIRST)
    row = restrict_child(child, ground="staff", because="A colleague’s niece.", people=[borough.governance], by=borough.team_manager)
    assert row.review_on == TODAY + timedelta(days=90)

    with clock.held_at(FIRST):
        assert review_restriction(row, by=borough.governance).review_on == FIRST + timedelta(days=30)
        assert "look at it again in 30 days" in sign_in(borough.governance).get(f"{row.get_absolute_url()}/lift").content.decode()


def test_p1_an_emergency_opening_lasts_the_minutes_in_force(borough, sign_in):
    child = builders.a_child(borough, case_number="Z100")
    restrict_child(child, ground="staff", because="A colleague’s niece.", people=[borough.governance], by=borough.team_manager)
    settled(borough, GLASS, 20)

    opened = break_glass("Z100", because="The child is in hospital now.", by=borough.social_worker)

    assert opened.until_at == clock.now() + timedelta(minutes=20)
    assert "It opens for 20 minutes" in sign_in(borough.social_worker).get("/break-glass").content.decode()
    with clock.held_at(clock.now() + timedelta(minutes=20)):
        assert not Access.objects.opened_in_an_emergency(borough.social_worker).exists()


@pytest.mark.parametrize(("back_on", "hours"), [(FIRST - timedelta(days=1), 72), (FIRST, 48)])
def test_f20_a_return_interview_is_judged_by_the_hours_of_the_day_of_the_return(borough, back_on, hours):
    settled(borough, INTERVIEW, 48, FIRST)
    child = builders.a_child(borough)
    at = clock.moment(back_on, clock.TEN)
    with clock.held_at(back_on + timedelta(days=5)):
        episode = report_missing(child, kind="missing", from_at=at - timedelta(hours=9), by=borough.social_worker)
        episode = record_return(episode, until_at=at, is_offered=True, by=borough.social_worker)

        assert episode.interview_due_at == at + timedelta(hours=hours)
        assert episode.interview_words == f"Offered, and {hours} hours have passed"


def test_f20_often_missing_is_so_many_in_so_many_days_as_in_force(borough):
    child, began = builders.a_child(borough), [TODAY - timedelta(days=30), TODAY]
    assert (often_of(child, began).is_often, often_of(child, began).recent) == (False, 2)
    settled(borough, OFTEN, 2)
    assert often_of(child, began).is_often is True

    settled(borough, OFTEN_IN, 30)

    now = often_of(child, began)
    assert (now.recent, now.days, now.many, now.is_often) == (1, 30, "two", False)


def test_b12_priority_access_and_points_follow_the_score_in_force(borough, sign_in):
    referral = builders.a_triaged_referral(borough)
    add_sdq(referral.child, score=15, on=TODAY, completed_by="carer", by=borough.social_worker)
    before = proposed_priority(referral).points
    settled(borough, SDQ_FROM, 15)

    referral = type(referral).objects.get(pk=referral.pk)
    assert proposed_priority(referral).points == before + 2
    page = sign_in(borough.social_worker).get(f"/children/{referral.child.reference}/sdq").content.decode()
    assert "15 and over" in page
    assert "since 24 November 2026" in page


def test_a13_outside_the_area_is_beyond_the_miles_in_force(borough):
    referral = builders.a_triaged_referral(borough)
    task = referral.tasks.first()
    task.answers["miles"] = "10"
    task.save()

    def said():
        return [line for line in proposed_priority(type(referral).objects.get(pk=referral.pk)).working if "area" in line]

    assert said() == ["The child lives in the area."]
    settled(borough, AREA, 9)
    assert said() == ["The child lives outside the area (+1)."]


def test_a12_an_offer_of_a_bed_warns_of_the_age_in_force_before_18(borough):
    places.an_outreach(borough)
    hub = places.a_hub(borough)
    referral = builders.a_waiting_referral(borough, service="hub", child=builders.a_child(borough, born_on=date(2009, 9, 1)))
    wanted = capacity.Stay(TODAY, TODAY + timedelta(weeks=8))

    def warned():
        (fit,) = fits(hub.places.get(number=1), [referral], wanted)
        return next(check for check in fit.match.checks if check.name == "Age")

    assert (warned().fits, warned().words) == (True, "17 on the first day.")
    settled(borough, BEFORE_18, 10)
    assert (warned().fits, warned().words) == (None, "17 on the first day. The child is 10 months before 18 on 1 November 2026: plan the move on.")


def test_f23_the_pathway_plan_is_asked_for_from_the_months_in_force(borough, sign_in):
    child = builders.a_child(borough, born_on=date(2011, 9, 1))
    page = f"/children/{child.reference}/reviews"
    assert "Asked for from 1 March 2027" in sign_in(borough.social_worker).get(page).content.decode()

    settled(borough, PATHWAY, 36)

    assert "Asked for from 1 September 2026" in sign_in(borough.social_worker).get(page).content.decode()


@pytest.mark.parametrize(("decided", "weeks"), [(20, 20), (None, 12)])
def test_e4_the_outreach_after_a_bed_is_for_the_weeks_the_panel_decided_or_else_those_in_force(borough, decided, weeks):
    places.an_outreach(borough, places=4)
    hub = places.a_hub(borough)
    referral = book_referral(builders.a_signed_off_referral(borough, service="hub"), meeting="a test", by=borough.panel_administrator)
    referral = record_panel_outcome(referral, outcome="agree", weeks=8, outreach_weeks=decided, by=borough.chair)
    referral = release_outcome(referral, by=borough.chair)

    bed = places.a_bed_offered(borough, hub, referral=referral)

    follower = Stay.objects.get(follows=bed)
    assert follower.planned_end_on - follower.starts_on == timedelta(weeks=weeks)
    change_dates(bed, planned_end_on=bed.planned_end_on + timedelta(weeks=1), reason="Later.", by=borough.provider_manager)
    follower.refresh_from_db()
    assert (follower.starts_on, follower.planned_end_on - follower.starts_on) == (bed.planned_end_on + timedelta(weeks=1), timedelta(weeks=weeks))
