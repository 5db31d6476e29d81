"""Reviews of a contract: a panel of its own, called as often as is settled, sooner by either side, and what each found."""

from datetime import date, timedelta
from threading import Thread

import pytest
from django.db import connection

from core import clock
from core.rules import RuleBroken
from kpis.actions.assessment import begin_assessment, end_assessment, record_visit
from kpis.actions.reviews import (
    begin_reviews,
    call_reviews,
    call_urgent_review,
    record_findings,
    settle_rhythm,
)
from kpis.models import Assessment
from kpis.models.review_rhythm import lots_of
from kpis.papers.review_terms import topics
from panels.actions.meeting import cancel_meeting
from panels.models import Meeting
from panels.models.contents import contents_of
from tests import people
from tests.conftest import TODAY
from tests.kpis.reviews import a_plan, a_review, held

pytestmark = pytest.mark.django_db


def standing(plan):
    return {row.lot.name: row for row in lots_of(plan)}


def test_g11_reviews_are_monthly_in_the_first_year_and_three_monthly_after_a_good_one(borough):
    plan = a_plan(borough, begun_on=date(2026, 4, 1))
    core = plan.contract.lots.get()
    assert standing(plan)["Core service"].how_often == "Each month"

    with clock.held_at(date(2026, 4, 20)):
        review = a_review(borough, plan, date(2026, 5, 1))
    held(borough, review)
    settle = {"lot": core, "months": 3, "because": "It does well.", "by": borough.commissioner}
    with pytest.raises(RuleBroken, match="The first year of this part lasts until 31 May 2026"):
        settle_rhythm(plan, from_on=date(2026, 5, 31), **settle)
    settle_rhythm(plan, from_on=date(2026, 6, 1), **settle)

    with clock.held_at(date(2026, 5, 31)):
        assert standing(plan)["Core service"].due_on == date(2026, 6, 1)
    with clock.held_at(date(2026, 6, 1)):
        assert standing(plan)["Core service"].due_on == date(2026, 8, 1)


def test_g11_a_poor_review_brings_monthly_ones_back_and_core_and_pilot_may_differ(borough):
    plan = a_plan(borough, begun_on=date(2026, 9, 1), pilot_on=date(2026, 9, 1))
    core = plan.contract.lots.get(kind="core")
    with clock.held_at(date(2026, 9, 20)):
        review = a_review(borough, plan, date(2026, 10, 1))
    assert review.lots.count() == 2
    held(borough, review)
    settle_rhythm(plan, lot=core, months=3, from_on=date(2026, 10, 2), because="Good.", by=borough.commissioner)

    assert {name: row.due_on for name, row in standing(plan).items()} == {
        "Core service": date(2027, 1, 1), "Pilot": date(2026, 11, 1),
    }  # fmt: skip
    record_findings(
        review, said={lot.pk: (lot.kind == "pilot", "Found otherwise.") for lot in review.lots.all()}, by=borough.commissioner
    )
    assert standing(plan)["Core service"].due_on == date(2026, 11, 1)
    with pytest.raises(RuleBroken, match="not satisfactory"):
        settle_rhythm(plan, lot=core, months=3, from_on=TODAY, because="Good.", by=borough.commissioner)


def test_g11_a_years_reviews_are_called_at_once_on_working_days(borough):
    plan = a_plan(borough)

    called = call_reviews(plan, first_on=date(2026, 12, 25), at=clock.TEN, venue="Room 1", count=3, by=borough.commissioner)

    assert [review.meeting.on for review in called] == [date(2026, 12, 29), date(2027, 1, 25), date(2027, 2, 25)]
    assert standing(plan)["Core service"].called_for == date(2026, 12, 29)
    assert standing(plan)["Core service"].next_on == date(2027, 3, 25)
    with pytest.raises(RuleBroken, match="from 1 to 12"):
        call_reviews(plan, first_on=TODAY, at=clock.TEN, venue="Room 1", count=13, by=borough.commissioner)


def test_g11_a_cancelled_review_is_not_counted(borough):
    plan = a_plan(borough)
    review = a_review(borough, plan, date(2026, 12, 10))

    cancel_meeting(review.meeting, reason="Nobody can come.", by=borough.chair)

    assert standing(plan)["Core service"].called_for is None


def test_g12_either_side_calls_an_urgent_review_with_reasonable_notice_and_why(borough):
    plan = a_plan(borough)
    soonest = date(2026, 11, 27)  # two clear Working Days after Tuesday the 24th
    facts = {"venue": "Room 1", "reason": "Three staff left in a week."}

    for who, side, day in ((borough.provider_manager, "provider", soonest), (borough.commissioner, "commissioners", date(2026, 11, 30))):
        review = call_urgent_review(plan, starts_at=clock.moment(day, clock.TEN), by=who, **facts)
        assert (review.asked_by_side, review.meeting.kind, review.meeting.reason) == (side, "emergency", facts["reason"])
    with pytest.raises(RuleBroken, match="not reasonable notice: the last day to give it was 23 November 2026"):
        call_urgent_review(plan, starts_at=clock.moment(date(2026, 11, 26), clock.TEN), by=borough.provider_manager, **facts)
    with pytest.raises(RuleBroken, match="Say why this cannot wait"):
        call_urgent_review(plan, starts_at=clock.moment(soonest), venue="x", reason=" ", by=borough.commissioner)


def test_g12_another_provider_calls_none(borough):
    plan = a_plan(borough)
    other = people.a_borough("elsewhere")

    for who in (other.provider_manager, other.commissioner):
        with pytest.raises(RuleBroken, match="Only the commissioners or the provider"):
            call_urgent_review(plan, starts_at=clock.moment(date(2026, 12, 9), clock.TEN), venue="x", reason="Now.", by=who)


def test_g13_every_review_has_the_seven_topics_in_their_order(borough):
    review = a_review(borough, a_plan(borough), date(2026, 12, 10))

    titles = list(review.meeting.items.order_by("number").values_list("title", flat=True))

    assert len(topics()) == 7
    assert titles == ["Attendance, last minutes and actions", "Declarations of interest", *topics()]
    figures = review.meeting.items.get(title__startswith="Performance figures")
    (part,) = contents_of(review.meeting, figures)
    assert part["title"] == "From 1 November 2026 until 1 December 2026"
    assert part["rows"]


def test_g13_findings_wait_until_it_is_held(borough):
    review = a_review(borough, a_plan(borough), date(2026, 12, 10))

    with pytest.raises(RuleBroken, match="has not been held"):
        record_findings(review, said={review.lots.get().pk: (True, "Well.")}, by=borough.commissioner)


def test_g14_an_assessment_is_begun_at_any_time_with_visits_and_ends_with_what_it_found(borough):
    contract = a_plan(borough).contract
    assessment = begin_assessment(contract, why="Two complaints.", by=borough.commissioner)
    visit = {"place": "The hub", "visited_on": TODAY, "spoken_with": ["staff", "children"], "note": "Calm."}

    record_visit(assessment, by=borough.commissioner, **visit)
    end_assessment(assessment, finding="Good on the whole.", by=borough.commissioner)

    assert assessment.visits.get().spoken_with == ["staff", "children"]
    with pytest.raises(RuleBroken, match="has ended"):
        record_visit(assessment, by=borough.commissioner, **visit)
    begin_assessment(contract, why="A year later.", by=borough.commissioner)
    with pytest.raises(RuleBroken, match="open already"):
        begin_assessment(contract, why="And another.", by=borough.commissioner)


def test_g14_a_provider_reads_an_assessment_once_it_has_ended(borough):
    assessment = begin_assessment(a_plan(borough).contract, why="Two complaints.", by=borough.commissioner)

    assert not Assessment.objects.visible_to(borough.provider_manager).exists()
    end_assessment(assessment, finding="Good.", by=borough.commissioner)
    assert Assessment.objects.visible_to(borough.provider_manager).exists()
    assert not Assessment.objects.visible_to(people.a_borough("elsewhere").commissioner).exists()


def test_a_commissioner_sees_the_meetings_of_reviews(borough):
    review = a_review(borough, a_plan(borough), date(2026, 12, 10))

    assert Meeting.objects.visible_to(borough.commissioner).filter(pk=review.meeting_id).exists()
    assert not Meeting.objects.visible_to(people.a_borough("elsewhere").commissioner).filter(pk=review.meeting_id).exists()


@pytest.mark.django_db(transaction=True)
def test_two_people_who_begin_assessments_at_once_begin_one(borough):
    contract, refused = a_plan(borough).contract, []

    def go():
        try:
            begin_assessment(contract, why="At once.", by=borough.commissioner)
        except RuleBroken:
            refused.append(1)
        finally:
            connection.close()

    threads = [Thread(target=go) for _ in range(2)]
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

    assert Assessment.objects.count() == 1
    assert refused == [1]


def test_reviews_begin_once_with_somebody_of_the_contracts_provider(borough):
    plan = a_plan(borough)

    with pytest.raises(RuleBroken, match=r"kept already.*of the contract's provider"):
        begin_reviews(plan.contract, chair=borough.chair, provider=borough.member, by=borough.commissioner)


def test_a_late_review_is_told(borough):
    plan = a_plan(borough, begun_on=TODAY - timedelta(days=60))

    assert standing(plan)["Core service"].is_late
