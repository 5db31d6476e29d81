"""What panels put into calendars: one UID for life, a sequence that rises, nothing about a child."""

from datetime import timedelta

from django.conf import settings
from icalendar import Calendar, Event

from core import clock


def invitation(meeting, method: str) -> str:
    """The iCalendar text for a meeting; `method` is REQUEST or CANCEL."""
    calendar = Calendar()
    calendar.add("prodid", "-//Throughline//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    event = Event()
    event.add("uid", f"{meeting.reference}@throughline")
    event.add("sequence", meeting.sequence)
    event.add("summary", str(meeting.panel))
    event.add("dtstamp", clock.now())
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.starts_at + timedelta(minutes=meeting.lasts_minutes))
    event.add("location", meeting.venue)
    event.add("url", f"{settings.SITE_URL}{meeting.get_absolute_url()}")
    event.add("status", "CANCELLED" if method == "CANCEL" else "CONFIRMED")
    calendar.add_component(event)
    return calendar.to_ical().decode()
