"""What panels put into calendars (one UID for life, a sequence that rises, nothing about a child), and minutes in Word."""

from datetime import timedelta

from django.conf import settings

from core import clock, word
from core.late import Late
from panels.choices import MeetingStatus

icalendar = Late("icalendar")
NOT_TO_BE = {MeetingStatus.CANCELLED, MeetingStatus.NOT_HELD}


def invitation(meeting, method: str, people=()) -> str:
    """The iCalendar text for a meeting to `people`; `method` is REQUEST or CANCEL."""
    event = _event(meeting, is_cancelled=method == "CANCEL")
    event["organizer"] = icalendar.vCalAddress(f"mailto:{settings.DEFAULT_FROM_EMAIL}")
    for person in people:
        guest = icalendar.vCalAddress(f"mailto:{person.email}")
        guest.params.update({"CN": icalendar.vText(person.full_name), "ROLE": icalendar.vText("REQ-PARTICIPANT"), "RSVP": icalendar.vText("FALSE")})
        event.add("attendee", guest, encode=0)
    return _calendar([event], method=method)


def feed(meetings) -> str:
    """The iCalendar text of somebody's meetings: titles, times, places and links."""
    events = [_event(meeting, is_cancelled=meeting.status in NOT_TO_BE) for meeting in meetings]
    return _calendar(events, method="PUBLISH")


def _calendar(events: list, *, method: str) -> str:
    """A calendar of events with the time zone they are written in."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Throughline//EN")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for event in events:
        calendar.add_component(event)
    if events:
        calendar.add_missing_timezones()
    return calendar.to_ical().decode()


def _event(meeting, *, is_cancelled: bool):
    """One meeting: the same UID for life."""
    event = icalendar.Event()
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


STATES = {"agreed": "Agreed.", "checked": "Draft, checked by the chair."}


def minutes_document(frozen: dict, *, title: str) -> bytes:
    """Minutes as a Word document: the same facts as the page and the PDF, from one frozen version and nothing else."""
    parts = [
        ("heading", 0, f"Minutes: {frozen['meeting']}"),
        ("words", f"{frozen['on']}, {frozen['venue']}. {STATES.get(frozen.get('state', ''), 'Draft.')}"),
        *(("words", words) for words in (frozen.get("reason"), frozen.get("breach")) if words),
        ("heading", 1, "Attendance"),
        ("table", ("Seat", "Who came", "As", "From and to"),
         [(row["seat"], row["person"], row["as"], row["times"]) for row in frozen["attendance"]]),
    ]  # fmt: skip
    for item in frozen["items"]:
        parts += _item_parts(item)
    return word.document(title=title, parts=parts)


def _item_parts(item: dict) -> list[tuple]:
    """One item: who left, what was said, what was decided, and what follows."""
    said = []
    if item["decision"]:
        said = [("strong", f"{item['decision']} {item['state']}".strip()), ("words", f"Reasons: {item['reasons']}")]
        said += [("words", f"{label}: {words}") for label, words in item.get("facts", [])] + [("words", item["quorum"])]
    rows = [(a["what"], a["who"], a["by"]) for a in item["actions"]]
    return [
        ("heading", 1, f"{item['number']}. {item['title']}"), *(("words", f"{left}.") for left in item["left"]),
        *([("words", item["note"])] if item["note"] else []), *said,
        *([("words", item["settled"])] if item.get("settled") else []),
        *([("table", ("Action", "Who", "By"), rows)] if rows else []),
    ]  # fmt: skip
