"""What was served on whom, what of it still has effect, and what that makes of the rules."""

from core import clock
from core.closures import holidays_of
from core.dates import day_in_words
from panels.choices import MeetingStatus, ServiceKind
from panels.models.room import representatives
from panels.rules.service import Reached, why_not_reached

MOST = 500


def reached_by(meeting, kind: str) -> list[Reached]:
    """Each Representative, once, and when something of this kind reached them: the first service still of effect."""
    rows = list(meeting.services.filter(kind=kind).prefetch_related("ended_by").order_by("served_at", "pk")[:MOST])
    lost = {row.pk for row in rows if row.ended_by.all()}
    found = {}
    for seat in representatives(meeting):
        mine = [row for row in rows if row.person_id == seat.holder.pk]
        good = next((row for row in mine if row.pk not in lost), None)
        found[seat.holder.pk] = Reached(seat.holder.full_name, good.served_at if good else None, bool(mine) and good is None)
    return list(found.values())


def why_breached(meeting) -> list[str]:
    """What is wrong with the service of a cancellation, as things stand now."""
    if meeting.status != MeetingStatus.CANCELLED:
        return []
    return why_not_reached(
        reached_by(meeting, ServiceKind.CANCELLATION), starts_at=meeting.starts_at, now=clock.now(),
        hours=meeting.terms.cancellation_hours,
    )  # fmt: skip


def proclaimed_since(meeting) -> list[str]:
    """Holidays between notice and a meeting that were not known when notice was served: they undo nothing."""
    if meeting.called_at is None:
        return []
    known, called = set(meeting.holidays), meeting.called_at.astimezone(clock.LONDON).date()
    later = sorted(day for day in holidays_of(meeting.authority_id) if called < day <= meeting.on and day.weekday() < 5)
    return [
        f"{day_in_words(day)} has become a holiday since notice was served. Notice stands as it was judged then."
        for day in later
        if day.isoformat() not in known
    ]


def business_of(meeting, user) -> list[str]:
    """What becomes of each item of a meeting that is not to be, as this person may read it."""
    items = meeting.items.visible_to(user).standing().select_related("referral", "alteration").in_order()[:MOST]
    found = []
    for item in items:
        if item.referral_id:
            found.append(f"Item {item.number}, {item.title}: ready to be booked for another meeting.")
        elif getattr(item, "alteration", None):
            found.append(f"Item {item.number}, {item.title}: goes on to the next meeting.")
    return [*found, "Standing items come round at the next meeting."]
