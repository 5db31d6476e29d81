"""Reviews come to the panel by themselves, once, and those of no recourse every 12 weeks."""

from datetime import date, timedelta

import pytest

from core import clock
from panels.actions.agenda import circulate_agenda, take_off_item
from panels.actions.decision import agree_all, record_decision
from panels.actions.live import finish_meeting
from panels.actions.reviews import pull_in_reviews
from panels.models import AgendaItem, FundingRequest, Meeting
from panels.models.reviews import reviews_for
from panels.tasks import tend_agendas
from referrals.models import Referral
from tests.panels import builders
from tests.panels.views.conftest import ON_THE_DAY
from tests.referrals import builders as referrals

pytestmark = pytest.mark.django_db

DUE = ON_THE_DAY + timedelta(weeks=12)  # Thursday 18 March 2027


@pytest.fixture
def panel(borough):
    return builders.a_referral_panel(borough)


def decided(borough, panel, *, review_on=DUE, kind="", outcome="agree"):
    """One referral decided on Christmas Eve, to be reviewed by a day."""
    meeting, item = builders.a_meeting_with(borough, referrals.a_signed_off_referral(borough), panel)
    if kind:
        FundingRequest.objects.create(item=item, kind=kind, weekly_cost=100, recorded_by=borough.panel_administrator)
    circulate_agenda(meeting, by=borough.panel_administrator)
    return decide(borough, item, review_on=review_on, outcome=outcome)


def decide(borough, item, *, review_on, outcome="agree"):
    """Hold the item's meeting on its day and agree it."""
    meeting = Meeting.objects.get(pk=item.meeting_id)
    with clock.held_at(meeting.starts_at):
        builders.begin(borough, meeting)
        decision = record_decision(item, outcome=outcome, reasons="Fits.", weeks=12, review_on=review_on, by=borough.panel_administrator)
        agree_all(meeting, by=borough.chair)
        finish_meeting(meeting, by=borough.panel_administrator)
    decision.refresh_from_db()
    return decision


def later(borough, panel, *days):
    """Meetings on these days, called now."""
    return [builders.a_called_meeting(borough, panel, on=day) for day in days]


def test_c7_a_review_goes_to_the_last_meeting_on_or_before_its_day(borough, panel):
    decision = decided(borough, panel)
    before, on_the_day, after = later(borough, panel, DUE - timedelta(days=7), DUE, DUE + timedelta(days=7))

    assert [len(reviews_for(meeting)) for meeting in (before, on_the_day)] == [0, 1]
    item = pull_in_reviews(on_the_day, by=None)[0]

    assert item.kind == "review"
    assert item.review_of == decision
    assert item.title == f"Review of {decision.item.referral.reference}, by 18 March 2027"
    assert item.presenter == borough.social_worker
    assert reviews_for(after) == []
    assert pull_in_reviews(on_the_day, by=None) == []


def test_c7_a_day_between_two_meetings_goes_to_the_first(borough, panel):
    decided(borough, panel)
    before, _ = later(borough, panel, DUE - timedelta(days=1), DUE + timedelta(days=1))

    assert len(reviews_for(before)) == 1


def test_c7_one_that_was_missed_goes_to_the_next(borough, panel):
    decided(borough, panel)
    only = later(borough, panel, DUE + timedelta(days=40))[0]

    assert len(reviews_for(only)) == 1


def test_c7_the_timetable_brings_it_and_twice_changes_nothing(borough, panel):
    decided(borough, panel)
    meeting = later(borough, panel, DUE)[0]

    with clock.held_at(DUE - timedelta(weeks=7)):
        tend_agendas()
        tend_agendas()

    assert meeting.items.filter(kind="review").count() == 1


def test_c7_a_review_taken_off_goes_to_the_next_meeting(borough, panel):
    decided(borough, panel)
    first, second = later(borough, panel, DUE, DUE + timedelta(days=14))
    item = pull_in_reviews(first, by=None)[0]

    take_off_item(item, reason="Not yet.", by=borough.panel_administrator)

    assert len(reviews_for(second)) == 1
    assert Referral.objects.get(pk=item.referral_id).status == "WAITING"


@pytest.mark.parametrize("outcome", ["defer", "not agreed"])
def test_c7_what_was_not_agreed_is_not_reviewed(borough, panel, outcome):
    decided(borough, panel, outcome=outcome)

    assert reviews_for(later(borough, panel, DUE)[0]) == []


def test_c7_a_child_who_died_is_not_brought(borough, panel):
    decision = decided(borough, panel)
    child = decision.item.referral.child
    child.died_on = date(2027, 1, 2)
    child.save()

    assert reviews_for(later(borough, panel, DUE)[0]) == []


def test_c7_a_review_is_decided_without_moving_the_referral(borough, panel):
    decision = decided(borough, panel)
    meeting = later(borough, panel, DUE)[0]
    item = pull_in_reviews(meeting, by=None)[0]
    circulate_agenda(meeting, by=borough.panel_administrator)

    again = decide(borough, item, review_on=DUE + timedelta(weeks=12))

    assert again.state == "released"
    assert Referral.objects.get(pk=decision.item.referral_id).status == "WAITING"


def test_c20_no_recourse_is_reviewed_every_12_weeks_whatever_day_was_typed(borough, panel):
    panel.terms.update(thresholds={"no recourse review weeks": 12})
    decision = decided(borough, panel, kind="no recourse", review_on=DUE + timedelta(weeks=20))
    meeting = later(borough, panel, DUE)[0]

    item = pull_in_reviews(meeting, by=None)[0]
    assert item.review_of == decision
    assert item.request.kind == "no recourse"
    circulate_agenda(meeting, by=borough.panel_administrator)
    decide(borough, item, review_on=None)

    second = later(borough, panel, DUE + timedelta(weeks=12))[0]
    assert [due for _, due in reviews_for(second)] == [DUE + timedelta(weeks=12)]
    assert AgendaItem.objects.filter(kind="review").count() == 1


def test_c20_the_weeks_are_the_terms_own(borough, panel):
    panel.terms.update(thresholds={"no recourse review weeks": 4})
    decided(borough, panel, kind="no recourse", review_on=None)
    meeting = later(borough, panel, ON_THE_DAY + timedelta(weeks=4))[0]

    assert [due for _, due in reviews_for(meeting)] == [ON_THE_DAY + timedelta(weeks=4)]
