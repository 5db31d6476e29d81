"""A referral's page of panels: what each reader may know, and no more."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from panels.actions.agenda import circulate_agenda, list_referral
from panels.models import Decision, Meeting
from referrals.models import Access, Referral
from tests.panels import builders as panels
from tests.referrals import builders

pytestmark = pytest.mark.django_db


def at(referral):
    return f"{referral.get_absolute_url()}/panel"


@pytest.fixture
def booked(borough):
    """A referral on the agenda of a meeting to come."""
    referral = builders.a_signed_off_referral(borough)
    meeting, item = panels.a_meeting_with(borough, referral)
    return referral, meeting, item


def read(sign_in, person, referral):
    return sign_in(person).get(at(referral)).content.decode()


def test_the_referrer_reads_the_booking_and_the_panel_its_paper(borough, booked, sign_in):
    referral, meeting, item = booked
    circulate_agenda(meeting, by=borough.panel_administrator)

    own = read(sign_in, borough.social_worker, referral)
    seat = read(sign_in, borough.chair, referral)

    assert "ART Referral Panel" in own
    assert meeting.get_absolute_url() not in own
    assert "Read the paper" not in own
    assert f'href="{meeting.get_absolute_url()}/papers/{item.number}"' in seat


def test_before_it_is_booked_the_next_panel_and_its_papers_are_named(borough, sign_in):
    panels.a_called_meeting(borough)
    referral = builders.a_signed_off_referral(borough)

    page = read(sign_in, borough.social_worker, referral)
    ours = read(sign_in, borough.panel_administrator, referral)

    assert "Papers by" in page
    assert "Book it for a panel" not in page
    assert f'href="{referral.get_absolute_url()}/book"' in ours


def decided(item, borough, *, released):
    return Decision.objects.create(
        item=item, outcome="defer", reasons="Words of the reasons.", conditions="Words of a condition.", recorded_by=borough.panel_administrator,
        state="agreed", agreed_by=borough.chair, agreed_at=clock.now(), released_at=clock.now() if released else None,
    )  # fmt: skip


def test_a_decision_is_here_once_it_is_released_and_a_putting_off_is_not_guessed_before(borough, booked, sign_in):
    referral, meeting, item = booked
    decision = decided(item, borough, released=False)
    Meeting.objects.filter(pk=meeting.pk).update(status="draft minutes")
    later = panels.a_called_meeting(borough, meeting.panel, on=meeting.on.replace(year=meeting.on.year + 1))
    Referral.objects.filter(pk=referral.pk).update(status="READY")
    list_referral(Referral.objects.get(pk=referral.pk), later, by=borough.panel_administrator)

    before = read(sign_in, borough.social_worker, referral)
    chair = read(sign_in, borough.panel_administrator, referral)
    Decision.objects.filter(pk=decision.pk).update(released_at=decision.agreed_at)
    after = read(sign_in, borough.social_worker, referral)

    assert "Words of a condition." not in before
    assert "Defer" not in before
    assert before.count("rows__row") == 1
    assert "Words of a condition." in chair
    assert decision.get_absolute_url() in after
    assert after.count("rows__row") == 2


def test_what_is_kept_from_a_seat_holder_is_not_here(borough, booked, sign_in):
    referral, _, _ = booked
    Access.objects.create(
        child=referral.child, referral=referral, person=borough.member, basis="told", withheld_because="Family.", told_by="a test"
    )

    assert sign_in(borough.member).get(at(referral)).status_code == 404
    assert sign_in(borough.other_social_worker).get(at(referral)).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_same_number_of_questions(borough, booked, sign_in, rows):
    referral, meeting, _ = booked
    for n in range(rows - 1):
        more = panels.a_called_meeting(borough, meeting.panel, on=meeting.on.replace(year=meeting.on.year + n + 1))
        Meeting.objects.exclude(pk=more.pk).update(status="draft minutes")
        Referral.objects.filter(pk=referral.pk).update(status="READY")
        list_referral(Referral.objects.get(pk=referral.pk), more, by=borough.panel_administrator)
    client = sign_in(borough.panel_administrator)
    client.get(at(referral))
    assert Meeting.objects.count() == rows

    with CaptureQueriesContext(connection) as queries:
        client.get(at(referral))

    assert len(queries) <= 20, len(queries)
