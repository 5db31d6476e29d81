"""The page that moves a called meeting."""

from datetime import timedelta

import pytest

from panels.models import MeetingMove
from tests import people
from tests.panels import builders

pytestmark = pytest.mark.django_db


def typed(meeting, **more):
    day = meeting.on + timedelta(days=14)
    return {"on": f"{day.day} {day.month} {day.year}", "at": "14:00", "lasts_minutes": "90", "venue": "Room 2",
            "reason": "The room is let.", "seen": str(meeting.sequence), **more}  # fmt: skip


@pytest.fixture
def meeting(borough):
    return builders.a_called_meeting(borough, builders.a_steering_group(borough))


def test_the_administrator_moves_a_meeting_and_its_page_says_from_when(client, borough, meeting):
    client.force_login(borough.panel_administrator)
    assert b"Move this meeting" in client.get(f"/meetings/{meeting.reference}").content

    answer = client.post(f"/meetings/{meeting.reference}/move", typed(meeting), follow=True)

    page = answer.content.decode()
    assert "New notice is on its way" in page
    assert "it was" in page
    assert "Room 1. The room is let." in page


def test_a_refused_move_says_why_beside_its_field_and_loses_nothing(client, borough, meeting):
    client.force_login(borough.panel_administrator)
    today = meeting.called_at.date() + timedelta(days=1)

    answer = client.post(f"/meetings/{meeting.reference}/move", typed(meeting, on=f"{today:%d %m %Y}", reason="A good reason."))

    page = answer.content.decode()
    assert "the last day to give it was" in page
    assert "A good reason." in page
    assert not MeetingMove.objects.exists()


def test_whoever_moves_from_an_old_page_is_told(client, borough, meeting):
    client.force_login(borough.panel_administrator)

    answer = client.post(f"/meetings/{meeting.reference}/move", typed(meeting, seen="7"))

    assert "Somebody else changed this meeting" in answer.content.decode()


@pytest.mark.parametrize("bad", [{"on": "31 2 2027"}, {"at": "25:99"}, {"lasts_minutes": "-4"}, {"venue": ""}, {"seen": "x"}])
def test_bad_input_gets_a_sentence(client, borough, meeting, bad):
    client.force_login(borough.panel_administrator)

    answer = client.post(f"/meetings/{meeting.reference}/move", typed(meeting, **bad))

    assert answer.status_code == 200
    assert not MeetingMove.objects.exists()


def test_the_date_can_be_checked_first(client, borough, meeting):
    client.force_login(borough.panel_administrator)

    page = client.post(f"/meetings/{meeting.reference}/move", typed(meeting, check="yes")).content.decode()

    assert "Last day to give notice" in page
    assert not MeetingMove.objects.exists()


def test_nobody_else_moves_it(client, borough, meeting):
    for who, status in (("service_manager", 403), ("chair", 403), ("social_worker", 404)):
        client.force_login(borough.people[who])
        assert client.post(f"/meetings/{meeting.reference}/move", typed(meeting)).status_code == status
    client.force_login(people.a_borough("elsewhere").panel_administrator)
    assert client.get(f"/meetings/{meeting.reference}/move").status_code == 404
