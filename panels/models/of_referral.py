"""A referral's way through panels, as far as one reader may know it: bookings, papers, decisions."""

from dataclasses import dataclass

from core.roles import Permission, Role
from panels.choices import MeetingStatus
from panels.models.agenda_item import AgendaItem
from panels.models.decision import Decision
from referrals.choices import Depth

MOST = 20
# The council's own people, who know of a booking by their right to the referral and not by a seat.
OWN = {Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.SERVICE_MANAGER, Role.STRATEGIC_MANAGER}


@dataclass(frozen=True)
class Booking:
    """One meeting a referral is or was on, with what of it this reader may open."""

    meeting: object
    item: AgendaItem
    is_open: bool
    reads_paper: bool
    decision: Decision | None

    @property
    def status(self) -> MeetingStatus:
        """How far the meeting has got, with its word and colour."""
        return MeetingStatus(self.meeting.status)


def bookings_of(referral, user) -> list[Booking]:
    """The meetings of a referral, the latest first.

    Whoever has a seat or serves the panel sees each item they may see. The council's own people see the latest booking, and
    earlier ones once their decision is released to them: that it was put off is not told before.
    """
    rows = AgendaItem.objects.not_kept_from(user, depth=Depth.RECORD).standing().filter(referral=referral)
    rows = list(rows.select_related("meeting__panel", "meeting__terms", "paper").order_by("-meeting__starts_at", "-pk")[:MOST])
    seen = set(AgendaItem.objects.papers_for(user).filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    decisions = {one.item_id: one for one in Decision.objects.visible_to(user).filter(item__in=rows)}
    latest = rows[0].pk if rows and user.acting.role in OWN else None
    reads = user.can(Permission.READ_PAPERS)
    return [
        Booking(row.meeting, row, row.pk in seen and user.can(Permission.SEE_MEETINGS), row.pk in seen and reads and row.paper_id is not None,
                decisions.get(row.pk))
        for row in rows
        if row.pk in seen or row.pk == latest or row.pk in decisions
    ]  # fmt: skip
