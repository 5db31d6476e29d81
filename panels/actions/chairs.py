"""Who has the chair of meetings to come: the holder of the chair's seat, or of the seat whose turn it is."""

from datetime import datetime

from core import clock
from core.models import User
from panels.models import Panel
from panels.models.turns import agency_for, holder_for

MOST = 60


def chair_for(panel: Panel, terms, starts_at: datetime) -> User | None:
    """Whoever holds the chair's seat that day; where the chair turns, the seat of the agency whose turn it is."""
    on = starts_at.astimezone(clock.LONDON).date()
    if terms.chair_rotation:
        return holder_for(panel, terms, agency_for(panel, terms, starts_at), on)
    letters = [seat.letter for seat in terms.seats.all() if seat.is_chair]
    holder = panel.seat_holders.on(on).filter(letter__in=letters).select_related("person").first()
    return holder.person if holder else None


def pass_the_chair(panel: Panel, *, leaves: User | None = None) -> None:
    """A meeting more or fewer moves the turns after it; a seat left or taken gives its meetings another chair.

    Somebody named for one meeting keeps its chair, unless it is they who leave.
    """
    for meeting in panel.meetings.to_come().select_related("terms").soonest_first()[:MOST]:
        if not meeting.terms.chair_rotation and meeting.chair_id not in {None, leaves.pk if leaves else None}:
            continue
        chair = chair_for(panel, meeting.terms, meeting.starts_at)
        if meeting.chair_id != (chair.pk if chair else None):
            meeting.chair = chair
            meeting.save()
