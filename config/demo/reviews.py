"""Reviews of the ART contract: two held and minuted, one to come, and an assessment with a visit."""

from datetime import timedelta

from core import clock
from kpis.actions.assessment import begin_assessment, record_visit
from kpis.actions.reviews import begin_reviews, call_reviews, record_findings, settle_rhythm
from panels.actions.live import arrive, finish_meeting, start_meeting
from panels.actions.minutes import check_minutes, send_minutes_to_chair
from panels.models import Minutes

VENUE = "Room 2, Ashmere House"
FOUND = [
    "Every referral was answered in time. One post is empty, and the wait for it is watched.",
    "Outcomes hold. The empty post is filled from next month.",
]


def review_contract(story) -> None:
    """A review some months ago, one a month after it, and the next, three months on."""
    borough, today, kept = story.borough, story.today, {}
    first = today - timedelta(days=107)
    story.at(first - timedelta(days=20), 9, lambda: _begin(borough, kept))
    for number, day in enumerate((first, first + timedelta(days=31))):
        story.at(day - timedelta(days=12), 10, lambda number=number, day=day: _call(borough, kept, number, story.working(day)))
        story.at(day, 14, lambda number=number: _hold(borough, kept, number), later=True)
    story.at(first + timedelta(days=40), 11, lambda: _settle(borough, kept))
    story.at(today - timedelta(days=8), 11, lambda: _call(borough, kept, 2, story.working(first + timedelta(days=122))))
    story.at(today - timedelta(days=30), 15, lambda: _assess(borough, kept))
    story.at(today - timedelta(days=16), 16, lambda: _visit(kept, borough, "The hub", ["staff", "children"]), later=True)


def _begin(borough, kept) -> None:
    kept["plan"] = begin_reviews(borough.art_contract, chair=borough.chair, provider=borough.art, by=borough.com)


def _call(borough, kept, number, day) -> None:
    (kept[number],) = call_reviews(kept["plan"], first_on=day, at=clock.TEN, venue=VENUE, by=borough.com)


def _hold(borough, kept, number) -> None:
    review = kept[number]
    start_meeting(review.meeting, by=borough.pa)
    review.meeting.refresh_from_db()
    for person in (borough.chair, borough.com, borough.art):
        arrive(review.meeting, person=person, by=borough.pa)
    finish_meeting(review.meeting, by=borough.pa)
    record_findings(review, said={lot.pk: (True, FOUND[number]) for lot in review.lots.all()}, by=borough.com)
    minutes = send_minutes_to_chair(Minutes.objects.get(meeting=review.meeting), by=borough.pa)
    check_minutes(minutes, by=borough.chair)


def _settle(borough, kept) -> None:
    plan = kept["plan"]
    settle_rhythm(
        plan, lot=plan.contract.lots.get(), months=3, from_on=clock.today(), by=borough.com,
        because="The first year is over, and two reviews in a row found the service satisfactory.",
    )  # fmt: skip


def _assess(borough, kept) -> None:
    kept["assessment"] = begin_assessment(
        borough.art_contract, why="A year and a half in, the council wants to see the whole service for itself.", by=borough.com
    )


def _visit(kept, borough, place, spoken_with) -> None:
    record_visit(
        kept["assessment"], place=place, visited_on=clock.today(), spoken_with=spoken_with, by=borough.com,
        note="The house was calm, and staff knew each plan. Young people asked for a later bedtime at weekends.",
    )  # fmt: skip
