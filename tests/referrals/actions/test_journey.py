"""Weeks recorded and confirmed, episodes, SDQs, reviews."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from core import clock
from core.models import AuditEvent
from core.rules import RuleBroken
from referrals.actions.care import add_learning, book_review, hold_review, keep_care_details
from referrals.actions.journey import (
    add_event,
    confirm_weeks,
    record_week,
    set_scenario,
    write_narrative,
)
from referrals.actions.missing import (
    record_interview,
    record_return,
    report_missing,
    review_missing,
)
from referrals.actions.sdq import add_sdq
from referrals.models import JourneyEvent, JourneyWeek, Narrative, Scenario, SdqScore
from referrals.models.child_page import care_tasks
from referrals.models.compare import comparison
from referrals.models.journey_facts import week_facts
from tests.referrals import builders, journeys, places

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
D = date


def reasons_of(deed, *args, **kwargs):
    with pytest.raises(RuleBroken) as refused:
        deed(*args, **kwargs)
    return refused.value.reasons


def test_record_week_keeps_events_and_whether_there_was_contact(borough):
    child = builders.a_child(borough)
    event = {"kind": "meeting", "on": MONDAY, "words": "Planning meeting."}

    week = record_week(child, MONDAY, is_same=False, events=[event], by=borough.social_worker)

    assert (week.is_same, week.had_contact) == (False, False)
    assert JourneyEvent.objects.get().words == "Planning meeting."


def test_record_week_says_what_changed(borough):
    child = builders.a_child(borough)

    assert reasons_of(record_week, child, MONDAY, is_same=False, by=None) == ["Say what changed, or that it was the same as last week."]
    assert record_week(child, MONDAY, is_same=True, by=None).had_contact is False


def test_record_week_again_adds_to_it(borough):
    child = builders.a_child(borough)
    journeys.an_event(child)
    journeys.an_event(child, "well", words="A good day.")

    assert JourneyWeek.objects.count() == 1
    assert JourneyEvent.objects.count() == 2


def test_confirm_weeks_leaves_one_row_in_each_childs_trail_and_says_who_had_no_contact(borough):
    first, second = builders.a_child(borough), builders.a_child(borough)
    add_event(first, kind="contact", on=MONDAY, by=borough.social_worker)

    number = confirm_weeks(MONDAY, same=[first, second], by=borough.provider_manager)

    assert number == 2
    assert JourneyWeek.objects.get(child=first).had_contact is True
    assert JourneyWeek.objects.get(child=second).had_contact is False
    assert set(AuditEvent.objects.filter(verb="week.recorded").values_list("child_id", flat=True)) == {first.pk, second.pk}


def test_confirm_weeks_leaves_what_somebody_else_recorded_meanwhile(borough):
    child = builders.a_child(borough)
    journeys.an_event(child, "incident", words="A hard evening.")

    assert confirm_weeks(MONDAY, same=[child], by=borough.provider_manager) == 0
    assert JourneyWeek.objects.get().is_same is False


def test_week_facts_see_each_thing_that_keeps_a_week_from_being_the_same(borough):
    child = builders.a_child(borough)
    add_event(child, kind="incident", on=MONDAY, by=None)
    add_event(child, kind="meeting", on=MONDAY, by=None)
    add_event(child, kind="words", on=MONDAY, words="Hello.", by=None)
    journeys.a_home(child, starts_on=MONDAY)
    journeys.an_episode(child)
    with clock.held_at(D(2026, 8, 3)):
        places.a_place_given(borough, places.an_outreach(borough), weeks=16, referral=builders.a_waiting_referral(borough, child=child))

    facts = week_facts([child], MONDAY)[child.pk]

    assert (facts.incidents, list(facts.events), facts.has_contact) == (1, ["meeting"], True)
    assert (facts.missing, facts.moved, facts.is_over_time) == (1, True, True)


def test_an_episode_that_ended_on_monday_morning_touches_the_week_and_one_on_sunday_does_not(borough):
    child, other = builders.a_child(borough), builders.a_child(borough)
    midnight = clock.moment(MONDAY).replace(hour=0)
    for who, back in ((child, midnight + timedelta(minutes=1)), (other, midnight)):
        episode = report_missing(who, kind="away", from_at=midnight - timedelta(hours=5), by=None)
        record_return(episode, until_at=back, by=None)

    facts = week_facts([child, other], MONDAY)

    assert (facts[child.pk].missing, facts[other.pk].missing) == (1, 0)


def test_f20_a_missing_child_is_reviewed_comes_back_and_is_interviewed(borough):
    child, by = builders.a_child(borough), borough.social_worker
    went = clock.now() - timedelta(hours=50)
    episode = journeys.an_episode(child, went)
    assert episode.is_review_late
    review_missing(episode, words="Police told; the bed is held.", by=by)
    assert not episode.__class__.objects.get(pk=episode.pk).is_review_late

    episode = record_return(episode, until_at=clock.now() - timedelta(hours=1), by=by)
    assert episode.interview_words == "Not offered yet"
    episode = record_interview(episode, accepted=True, done_at=clock.now(), by=by)

    assert episode.interview_words == "Done within 72 hours"
    assert reasons_of(review_missing, episode, words="x", by=by) == ["The child is back: there is nothing to review."]


def test_f20_an_interview_not_done_after_72_hours_is_late_and_a_task(borough):
    child = builders.a_child(borough)
    episode = journeys.an_episode(child, clock.now() - timedelta(hours=80))
    record_return(episode, until_at=clock.now() - timedelta(hours=73), by=borough.social_worker)

    late = [task for task in care_tasks(child, borough.social_worker) if "interview" in task.words]

    assert [(task.is_late, "72 hours have passed" in task.words) for task in late] == [(True, True)]


def test_f20_three_in_ninety_days_is_a_task(borough):
    child = builders.a_child(borough)
    for days in (89, 40, 3):
        with clock.held_at(clock.now() - timedelta(days=days)):
            episode = journeys.an_episode(child, clock.now() - timedelta(hours=2))
            record_return(episode, until_at=clock.now() - timedelta(hours=1), by=None)

    words = [task.words for task in care_tasks(child, borough.social_worker)]

    assert "Missing or away 3 times in 90 days: hold a meeting about it" in words
    with clock.held_at(clock.now() + timedelta(days=2)):
        assert not any("in 90 days" in task.words for task in care_tasks(child, borough.social_worker))


def test_f20_two_episodes_never_share_an_hour(borough):
    child = builders.a_child(borough)
    journeys.an_episode(child)

    assert len(reasons_of(report_missing, child, kind="away", from_at=clock.now(), by=None)) == 1


def test_sdq_keeps_score_and_who_or_a_reason(borough):
    child = builders.a_child(borough)
    ask = {"on": D(2026, 11, 2), "by": borough.social_worker}

    score = add_sdq(child, score=17, completed_by="carer", **ask)
    none = add_sdq(child, not_done_because="SDQ5", on=D(2026, 11, 3), by=borough.social_worker)

    assert (score.band, score.stoke, none.band) == ("Cause for concern", "17 and over", "")
    assert len(reasons_of(add_sdq, child, score=12, completed_by="carer", **ask)) == 1
    assert [reason.field for reason in reasons_of(add_sdq, child, score=12, on=D(2026, 11, 4), by=None)] == ["completed_by"]
    assert SdqScore.objects.count() == 2


def test_f22_and_f23_what_is_missing_of_plans_is_a_task(borough):
    child = builders.a_child(borough, born_on=D(2011, 5, 24))
    by = borough.social_worker
    keep_care_details(child, in_care_since=D(2026, 1, 5), by=by)
    for day in (D(2026, 1, 30), D(2026, 4, 30)):
        hold_review(book_review(child, kind="statutory", due_on=day, by=by), held_on=day, outcome="Agreed.", by=by)
    child = child.__class__.objects.get(pk=child.pk)

    words = " ".join(task.words for task in care_tasks(child, by))

    assert "No permanence plan" in words
    assert "No pathway plan and no personal adviser" in words


def test_f19_learning_at_the_start_a_review_and_the_end(borough):
    child = builders.a_child(borough)
    for at, day in (("start", 2), ("review", 12), ("end", 22)):
        add_learning(child, at=at, on=D(2026, 11, day), state="full", with_virtual_school=True, by=borough.social_worker)

    assert [row.get_at_display() for row in child.learning.order_by("on")] == ["Start", "Review", "End"]
    assert len(reasons_of(add_learning, child, at="end", on=D(2026, 11, 22), state="out", by=None)) == 1


def test_f2_journeys_are_compared_over_the_same_days(borough):
    child, by = builders.a_child(borough), borough.social_worker
    first = D(2026, 6, 29)
    journeys.a_home(child, "residential", first, Decimal(3500), is_registered=True, is_in_county=False, travel_rate=Decimal(70))
    journeys.a_home(child, starts_on=D(2026, 9, 7))
    with clock.held_at(first):
        places.a_place_given(borough, places.an_outreach(borough), weeks=27, referral=builders.a_waiting_referral(borough, child=child))
        set_scenario(child, kind="without", basis="As it was.", by=by, homes=[
            {"words": "Children’s home", "starts_on": first, "weekly_rate": Decimal(3500)}])  # fmt: skip
        set_scenario(child, kind="planned", basis="The plan.", by=by, homes=[
            {"words": "Children’s home", "starts_on": first, "ends_on": D(2026, 9, 21), "weekly_rate": Decimal(3500), "has_support": True},
            {"words": "Foster carers", "starts_on": D(2026, 9, 21), "weekly_rate": Decimal(795), "has_support": True}])  # fmt: skip

    with clock.held_at(D(2026, 12, 1)):
        found = comparison(child, by)

    totals = {journey.kind: journey.total.amount for journey in found.journeys}
    assert (found.first, found.until, found.number_of_weeks) == (first, D(2026, 11, 30), 22)
    assert totals == {"actual": Decimal(59760), "planned": Decimal(64470), "without": Decimal(77000)}
    assert (found.less_than("without").size, found.less_than("without").words) == (Decimal(17240), "less")
    assert found.journey("without").tag == "Modelled, not actual"


def test_f10_in_county_and_out_of_county_with_travel(borough):
    child = builders.a_child(borough)
    first = D(2026, 8, 31)
    journeys.a_home(child, "residential", first, Decimal(3500), is_registered=True, is_in_county=False, travel_rate=Decimal(70))
    journeys.a_home(child, starts_on=D(2026, 9, 14), is_in_county=True)

    inside, outside = comparison(child, borough.social_worker).areas

    assert (outside["days"], outside["home"].amount, outside["travel"].amount, outside["a_week"]) == (14, 7000, 140, 3570)
    assert (inside["name"], inside["a_week"], inside["travel"].amount) == ("In county", 795, 0)


def test_f2_a_scenario_replaces_the_one_before_and_keeps_it(borough):
    child = builders.a_child(borough)
    home = {"words": "A home", "starts_on": D(2026, 1, 1), "weekly_rate": Decimal(100)}
    for _ in range(2):
        set_scenario(child, kind="planned", basis="The plan.", homes=[home], by=borough.social_worker)

    assert Scenario.objects.count() == 2
    assert Scenario.objects.filter(replaced_at=None).count() == 1
    assert len(reasons_of(set_scenario, child, kind="planned", basis=" ", homes=[], by=None)) == 2


def test_f2_the_narrative_of_benefit_is_kept(borough):
    child = builders.a_child(borough)

    write_narrative(child, benefit="A family.", evidence="SDQ 21, then 15.", by=borough.social_worker)
    write_narrative(child, benefit="A family, and school.", by=borough.team_manager)

    assert Narrative.objects.get(child=child).benefit == "A family, and school."
    assert reasons_of(write_narrative, child, benefit=" ", by=None) == ["Say what changed for the child."]


def test_f20_london_time_is_what_a_review_is_due_in(borough):
    child = builders.a_child(borough)
    went = datetime(2026, 10, 24, 21, 0, tzinfo=clock.LONDON)

    episode = journeys.an_episode(child, went)

    assert episode.review_due_at.astimezone(clock.LONDON) == datetime(2026, 10, 25, 20, 0, tzinfo=clock.LONDON)


def test_a_review_of_the_place_moves_the_stays_review_day_and_books_the_next(borough):
    child, by = builders.a_child(borough), borough.social_worker
    stay = places.a_place_given(borough, places.an_outreach(borough), referral=builders.a_waiting_referral(borough, child=child))
    stay.review_on = D(2026, 11, 20)
    stay.save()
    review = book_review(child, kind="bed", due_on=D(2026, 11, 20), by=by)

    hold_review(review, held_on=D(2026, 11, 24), outcome="Go on.", next_on=D(2027, 1, 5), by=by)

    stay.refresh_from_db()
    assert stay.review_on == D(2027, 1, 5)
    assert child.reviews.get(held_on=None).due_on == D(2027, 1, 5)
    assert len(reasons_of(hold_review, review, held_on=D(2026, 11, 24), outcome="x", by=by)) == 1


def test_f22_the_permanence_plan_stands_on_the_panels_paper(borough):
    referral = builders.a_signed_off_referral(borough)
    assert referral.paper_facts()["permanence"] == ""
    keep_care_details(
        referral.child, in_care_since=D(2026, 1, 5), permanence_plan="Long-term foster care", permanence_plan_on=D(2026, 3, 1),
        by=borough.social_worker,
    )  # fmt: skip

    assert referral.paper_facts()["permanence"] == "Long-term foster care, 1 March 2026. Made by the second review."
