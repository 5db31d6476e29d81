"""A person's own calendar reads their meetings, and nothing about a child, until they take the link back."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from core import clock, outbox
from core.models import AuditEvent, CalendarFeed, Message
from panels.actions.meeting import cancel_meeting
from panels.models.room import representatives
from tests.panels import builders
from tests.people import a_borough

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def meeting(borough):
    return builders.a_called_meeting(borough)


def a_link(client, person):
    client.force_login(person, backend=BACKEND)
    client.post("/account/calendar", {"deed": "make"})
    client.logout()
    return CalendarFeed.objects.get(person=person, revoked_at=None).get_absolute_url()


def events_of(client, address):
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_o3_the_link_gives_the_meetings_a_person_may_see_without_signing_in(client, borough, meeting):
    (event,) = events_of(client, a_link(client, borough.chair))

    assert event["UID"] == f"{meeting.reference}@throughline"
    assert str(event["SUMMARY"]) == str(meeting.panel)
    assert event.decoded("DTSTART") == meeting.starts_at
    assert event["DTSTART"].params["TZID"] == "Europe/London"
    assert event["STATUS"] == "CONFIRMED"


def test_a_cancelled_meeting_says_so_under_the_same_uid_with_a_higher_sequence(client, borough, meeting):
    address = a_link(client, borough.chair)
    (before,) = events_of(client, address)
    views = {seat.holder.pk: "Agreed." for seat in representatives(meeting)}

    cancel_meeting(meeting, reason="Nothing to discuss.", views=views, by=borough.chair)

    (after,) = events_of(client, address)
    assert (after["UID"], after["STATUS"]) == (before["UID"], "CANCELLED")
    assert after["SEQUENCE"] > before["SEQUENCE"]


def test_somebody_elses_meetings_are_not_in_it(client, borough, meeting):
    assert events_of(client, a_link(client, a_borough("elsewhere").chair)) == []
    assert events_of(client, a_link(client, borough.finance)) == []


def test_a_link_taken_back_has_gone_and_a_new_one_replaces_the_old(client, borough, meeting):
    first = a_link(client, borough.chair)
    second = a_link(client, borough.chair)
    assert (client.get(first).status_code, client.get(second).status_code) == (410, 200)

    client.force_login(borough.chair, backend=BACKEND)
    client.post("/account/calendar", {"deed": "revoke"})

    assert client.get(second).status_code == 410
    assert AuditEvent.objects.filter(verb__startswith="calendar_link.").count() == 3
    assert "You have no calendar link." in client.post("/account/calendar", {"deed": "revoke"}).content.decode()


def test_a_guessed_address_and_a_person_who_left_get_nothing(client, borough, meeting):
    address = a_link(client, borough.chair)
    forged = address.replace(":", ":x", 1)
    assert client.get(forged).status_code == 404

    borough.chair.is_active = False
    borough.chair.save()

    assert client.get(address).status_code == 410


def test_reading_it_writes_nothing_and_asks_the_same_however_many_there_are(client, borough, meeting, django_assert_max_num_queries):
    address = a_link(client, borough.chair)
    with django_assert_max_num_queries(6):
        client.get(address)
    for weeks in (8, 12):
        builders.a_called_meeting(borough, meeting.panel, clock.today() + timedelta(weeks=weeks))
    before = AuditEvent.objects.count()
    with django_assert_max_num_queries(6):
        assert len(events_of(client, address)) == 3

    assert AuditEvent.objects.count() == before


def test_an_invitation_names_those_invited_in_the_time_of_london_and_its_part_agrees(borough, meeting, mailoutbox):
    outbox.do_together(outbox.claim_all("message.send", holder="here"))

    sent = mailoutbox[0]
    part = sent.alternatives[0]
    event = Calendar.from_ical(part.content).walk("VEVENT")[0]
    assert "method=REQUEST" in part.mimetype
    assert Calendar.from_ical(part.content)["METHOD"] == "REQUEST"
    assert event["DTSTART"].params["TZID"] == "Europe/London"
    assert len(event["ATTENDEE"]) == Message.objects.filter(kind="meeting.notice").count()
    assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(minutes=meeting.lasts_minutes)
    assert event.decoded("DTSTART").astimezone(clock.LONDON).hour == 10
