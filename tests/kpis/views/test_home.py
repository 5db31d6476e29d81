"""To do shows each person what waits for them, and nothing that is not theirs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from kpis.measures.to_do.thing import Thing, group_of, worded
from tests.conftest import TODAY
from tests.panels.builders import a_called_meeting, a_referral_panel
from tests.people import a_borough
from tests.referrals.builders import a_draft_referral, a_sent_referral, a_triaged_referral

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
