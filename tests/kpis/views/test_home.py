"""To do shows each person what waits for them, and nothing that is not theirs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from kpis.measures.to_do.thing import Thing, group_of, worded
from referrals.actions.closing import record_death
from referrals.actions.telling import tell_child
from referrals.models import Telling
from tests.conftest import TODAY
from tests.panels.builders import a_called_meeting, a_referral_panel
from tests.people import a_borough
from tests.referrals.builders import (
    a_draft_referral,
    a_sent_referral,
    a_triaged_referral,
    a_waiting_referral,
)
from tests.referrals.places import a_place_given, a_stay_ended, an_outreach

pytestmark = pytest.mark.django_db


def page(sign_in, person, **kwargs):
    """The words of somebody's To do."""
    answer = sign_in(person, **kwargs).get("/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_a_social_worker_left_unfinished_and_what_waits_for_others(borough, sign_in):
    draft, sent = a_draft_referral(borough), a_sent_referral(borough)
    words = page(sign_in, borough.social_worker)
    assert f"Finish {draft.reference}" in words
    assert f"{sent.reference} needs a team manager" in words
    assert "Start a referral" in words


def test_a_signature_waits_for_the_team_manager_only(borough, sign_in):
    sent = a_sent_referral(borough)
    assert f"Sign off {sent.reference}" in page(sign_in, borough.team_manager)
    assert sent.reference not in page(sign_in, borough.service_manager)
    assert sent.reference not in page(sign_in, borough.panel_administrator)
    assert sent.reference not in page(sign_in, borough.commissioner)


def test_nothing_of_another_authority_is_listed(borough, sign_in):
    sent = a_triaged_referral(borough)
    other = a_borough("other")
    for person in other.people.values():
        assert sent.reference not in page(sign_in, person)


def test_a_referral_to_look_at_becomes_late_by_working_days(borough, sign_in):
    referral = a_triaged_referral(borough)
    with clock.held_at(TODAY + timedelta(days=6)):
        words = page(sign_in, borough.panel_administrator)
    assert f"Look at {referral.reference}" in words
    assert "2 working days late" in words
    assert "1 overdue" in words


def test_the_next_meeting_stands_beside_it(borough, sign_in):
    meeting = a_called_meeting(borough, a_referral_panel(borough))
    words = page(sign_in, borough.panel_administrator)
    assert meeting.get_absolute_url() in words
    assert "Booked: 0 of 8 slots" in words


def test_an_empty_page_says_so(borough, sign_in):
    assert "Nothing needs you today." in page(sign_in, borough.panel_administrator)


@pytest.mark.parametrize(
    ("days", "group"),
    [(-1, "Overdue"), (0, "Due today"), (1, "This week"), (7, "This week"), (8, "Later")],
)
def test_a_day_decides_the_group(days, group):
    thing = worded(Thing("Do it", "/", due=TODAY + timedelta(days=days)), TODAY)
    assert group_of(thing, TODAY) == group
    assert thing.late == (days < 0)


def test_what_waits_for_somebody_else_is_never_late(db):
    thing = worded(Thing("It waits", "/", due=TODAY - timedelta(days=9), waits_for="Chair"), TODAY)
    assert group_of(thing, TODAY) == "Waiting on others"
    assert not thing.late


def test_as_many_queries_for_three_as_for_one(borough, sign_in):
    browser = sign_in(borough.panel_administrator)
    browser.get("/")
    counts = []
    for more in (1, 2):
        for _ in range(more):
            a_triaged_referral(borough)
        with CaptureQueriesContext(connection) as queries:
            browser.get("/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 30


def test_j15_to_do_keeps_a_telling_open_until_the_child_was_told(borough, sign_in):
    a_waiting_referral(borough)
    telling = Telling.objects.get()
    assert "Tell the child what was decided" in page(sign_in, borough.social_worker)
    assert "Tell the child" not in page(sign_in, borough.other_social_worker)

    tell_child(telling, words="Yes.", teller=borough.social_worker, due_on=TODAY, told_on=TODAY, by=borough.social_worker)

    assert "Tell the child" not in page(sign_in, borough.social_worker)


def test_j16_after_a_death_to_do_reminds_nobody_of_the_child(borough, sign_in):
    stay = a_place_given(borough, an_outreach(borough))
    with clock.held_at(stay.planned_end_on + timedelta(days=1)):
        assert "over its planned time" in page(sign_in, borough.provider_manager)
        record_death(stay.child, died_on=TODAY, by=borough.team_manager)

        for who in ("social_worker", "team_manager", "provider_manager", "practitioner", "panel_administrator"):
            words = page(sign_in, getattr(borough, who))
            assert stay.referral.reference not in words
            assert stay.child.reference not in words
        assert "closed by a manager" in page(sign_in, borough.provider_manager)


def test_f12_a_late_exit_plan_is_overdue_for_worker_and_manager(borough, sign_in):
    stay = a_place_given(borough, an_outreach(borough))
    with clock.held_at(TODAY + timedelta(days=2)):
        a_stay_ended(borough, stay, unplanned_because="Hospital.")
    with clock.held_at(TODAY + timedelta(days=3)):
        for person in (borough.social_worker, borough.provider_manager):
            words = page(sign_in, person)
            assert f"Write the exit plan for {stay.referral.reference}" in words
            assert "1 working day late" in words


def test_f25_a_check_is_asked_of_the_social_worker_when_its_day_comes(borough, sign_in):
    stay = a_place_given(borough, an_outreach(borough))
    with clock.held_at(TODAY + timedelta(days=2)):
        a_stay_ended(borough, stay)
    assert "Ask how things are" not in page(sign_in, borough.social_worker)
    with clock.held_at(TODAY + timedelta(days=90)):
        assert "Ask how things are, 3 months after" in page(sign_in, borough.social_worker)
