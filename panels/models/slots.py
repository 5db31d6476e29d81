"""When each item of an agenda is to come: items that share a slot have its time."""

from datetime import datetime, timedelta


def slot_times(meeting, items) -> dict[int, datetime]:
    """By item, when its slot begins if the meeting keeps to its minutes; `items` are in order."""
    at, times = meeting.starts_at, {}
    for item in items:
        times[item.pk] = times.get(item.shares_slot_with_id, at)
        at += timedelta(minutes=item.minutes)
    return times
