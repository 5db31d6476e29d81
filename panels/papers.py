"""What panels put into calendars: one UID for life, a sequence that rises, nothing about a child."""

from datetime import timedelta

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress, vText

from core import clock
from panels.choices import MeetingStatus

NOT_TO_BE = {MeetingStatus.CANCELLED, MeetingStatus.NOT_HELD}


def invitation(meeting, method: str, people=()) -> str:
    """The iCalendar text for a meeting to `people`; `method` is REQUEST or CANCEL."""
    event = _event(meeting, is_cancelled=method == "CANCEL")
    event["organizer"] = vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL}")
    for person in people:
        guest = vCalAddress(f"mailto:{person.email}")
        guest.params.update({"CN": vText(person.full_name), "ROLE": vText("REQ-PARTICIPANT"), "RSVP": vText("FALSE")})
        event.add("attendee", guest, encode=0)
    return _calendar([event], method=method)


def feed(meetings) -> str:
    """The iCalendar text of somebody's meetings: titles, times, places and links."""
    events = [_event(meeting, is_cancelled=meeting.status in NOT_TO_BE) for meeting in meetings]
    return _calendar(events, method="PUBLISH")


def _calendar(events: list[Event], *, method: str) -> str:
    """A calendar of events with the time zone they are written in."""
    calendar = Calendar()
    calendar.add("prodid", "-//Throughline//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for event in events:
        calendar.add_component(event)
    if events:
        calendar.add_missing_timezones()
    return calendar.to_ical().decode()


def _event(meeting, *, is_cancelled: bool) -> Event:
    """One meeting: the same UID for life."""
    event = Event()
    event.add("uid", f"{meeting.reference}@throughline")
    event.add("sequence", meeting.sequence)
    event.add("summary", str(meeting.panel))
    event.add("dtstamp", clock.now())
    starts_at = meeting.starts_at.astimezone(clock.LONDON)
    event.add("dtstart", starts_at)
    event.add("dtend", (meeting.starts_at + timedelta(minutes=meeting.lasts_minutes)).astimezone(clock.LONDON))
    event.add("location", meeting.venue)
    event.add("url", f"{settings.SITE_URL}{meeting.get_absolute_url()}")
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    return event
