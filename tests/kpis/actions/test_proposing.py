"""The timetable proposes a day for each review that comes due, once, and To do says whose it is to call."""

from datetime import date
from threading import Thread

import pytest
from django.db import connection

from core import clock
from core.models import Message
from kpis.actions.proposing import propose_review
from kpis.actions.reviews import call_urgent_review
from kpis.measures.to_do.reviews import not_called, to_call
from kpis.models import ProposedReview
from kpis.tasks import propose_due_reviews
from panels.actions.meeting import cancel_meeting
from panels.actions.seats import leave_seat
from panels.models import Meeting
from tests.conftest import TODAY
from tests.kpis.reviews import a_plan, a_review
from tests.panels.actions.test_booking import acting

pytestmark = pytest.mark.django_db


def active(plan):
    """The plan, of a contract in force."""
    type(plan.contract).objects.filter(pk=plan.contract_id).update(state="active")
    return plan


@pytest.fixture
def plan(borough):
    """Reviews begun so that the first is due on Christmas Eve, a Thursday."""
    return active(a_plan(borough, begun_on=TODAY))


def open_one(plan):
    return plan.proposals.open().get()


def test_g11_the_timetable_proposes_each_review_once_and_tells_whose_it_is(borough, plan):
    for _ in range(3):
        propose_due_reviews()

    made = open_one(plan)
    assert (made.due_on, made.on, made.call_by) == (date(2026, 12, 24), date(2026, 12, 24), date(2026, 12, 16))
    assert (made.at, made.venue) == (clock.TEN, "")
    assert [row.person for row in Message.objects.filter(kind="review.proposed")] == [borough.commissioner]
    assert "Call it by 16 December 2026" in Message.objects.get(kind="review.proposed").body
    assert not Meeting.objects.filter(panel=plan.panel).exists()


def test_g11_nothing_is_proposed_a_month_before_or_for_a_contract_that_is_not_in_force(borough):
    a_plan(borough, begun_on=TODAY)
    propose_due_reviews()
    assert not ProposedReview.objects.exists()

    later = active(a_plan(borough, begun_on=TODAY, slug="later"))
    with clock.held_at(date(2026, 11, 22)):
        propose_due_reviews()
    assert not later.proposals.exists()


def test_g11_one_due_on_a_bank_holiday_is_brought_forward_so_that_it_is_not_late(borough):
    plan = active(a_plan(borough, begun_on=date(2026, 11, 25)))

    with clock.held_at(date(2026, 11, 25)):
        propose_due_reviews()

    assert open_one(plan).due_on == date(2026, 12, 25)
    assert open_one(plan).on == date(2026, 12, 24)


def test_g11_calling_it_settles_the_proposal_and_cancelling_brings_it_back(borough, plan):
    propose_due_reviews()

    review = a_review(borough, plan, open_one(plan).on)

    assert not plan.proposals.open().exists()
    propose_due_reviews()
    assert not plan.proposals.open().exists()
    cancel_meeting(review.meeting, reason="Nobody can come.", by=acting(borough.chair))
    propose_due_reviews()
    assert open_one(plan).on == date(2026, 12, 24)


def test_g11_an_urgent_review_of_everything_overtakes_it(borough, plan):
    propose_due_reviews()

    call_urgent_review(
        plan, starts_at=clock.moment(date(2026, 12, 1), clock.TEN), venue="Room 1", reason="A matter.", by=acting(borough.commissioner)
    )
    propose_due_reviews()

    assert not plan.proposals.open().exists()
    assert plan.proposals.count() == 1


def test_g11_one_that_was_not_called_in_time_gets_a_new_day_and_a_new_letter_each_week(borough, plan):
    propose_due_reviews()
    days = []
    for day in (date(2026, 12, 16), date(2026, 12, 17), date(2026, 12, 18), date(2026, 12, 24)):
        with clock.held_at(day):
            propose_due_reviews()
            days.append(open_one(plan).on)

    assert days[0] == date(2026, 12, 24)
    assert days[1] == days[2] == days[3] == date(2027, 1, 6)
    assert Message.objects.filter(kind="review.proposed").count() == 2
    assert plan.proposals.count() == 2


def test_g11_to_do_says_the_day_and_whose_it_is_and_when_it_is_late_the_chair_reads_it_too(borough, plan):
    propose_due_reviews()
    with clock.held_at(date(2026, 12, 10)):
        (thing,) = to_call(borough.commissioner)
        assert f"It is {borough.commissioner.full_name}’s to call." in thing.why
        assert "Proposed for Thursday 24 December at 10am; call it by Wednesday 16 December." in thing.why
        assert not_called(acting(borough.chair)) == []

    with clock.held_at(date(2026, 12, 26)):
        for who in (borough.chair, borough.head_of_service):
            (late,) = not_called(acting(who))
            assert late.label == "The review of Core service has not been called"
            assert f"It is {borough.commissioner.full_name}’s to call." in late.why
    leave_seat(plan.panel.seat_holders.get(letter="b"), until_on=date(2026, 11, 25), by=borough.panel_administrator)
    with clock.held_at(date(2026, 12, 26)):
        assert "Nobody holds the commissioner’s seat" in not_called(acting(borough.chair))[0].why


def test_g11_the_tab_shows_it_and_the_page_that_calls_begins_with_it(borough, plan, sign_in):
    propose_due_reviews()
    client = sign_in(borough.commissioner)

    tab = client.get(plan.get_absolute_url()).content.decode()
    assert "Call the review proposed for Thursday 24 December 2026" in tab
    page = client.get(f"{plan.get_absolute_url()}/call").content.decode()
    assert 'value="24 December 2026"' in page
    seen_by_provider = sign_in(borough.provider_manager).get(plan.get_absolute_url()).content.decode()
    assert "Thursday 24 December 2026, proposed" in seen_by_provider
    assert f"{plan.get_absolute_url()}/call" not in seen_by_provider


@pytest.mark.django_db(transaction=True)
def test_g11_two_timetables_at_once_propose_one(borough):
    plan = active(a_plan(borough, begun_on=TODAY))

    def propose():
        with clock.held_at(TODAY):
            propose_review(plan, by=None)
        connection.close()

    at_once = [Thread(target=propose) for _ in range(4)]
    for one in at_once:
        one.start()
    for one in at_once:
        one.join()

    assert plan.proposals.count() == 1
    assert Message.objects.filter(kind="review.proposed").count() == 1
