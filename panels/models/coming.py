"""When the next referral panel meets and its papers close, told to those who sign and fill in referrals."""

from core import clock
from panels.choices import PanelKind
from panels.models.clocks import papers_due_on
from panels.models.meeting import Meeting
from referrals.models.panel_dates import PanelDate, tell_panel_dates

MOST = 10


@tell_panel_dates
def next_referral_panel(authority_id: int) -> PanelDate | None:
    """The soonest called referral panel of an authority whose papers are not out and not yet due."""
    rows = Meeting.objects.to_come().filter(
        panel__authority=authority_id, panel__kind=PanelKind.REFERRAL, starts_at__gte=clock.now(), circulated_at=None
    )
    today = clock.today()
    for meeting in rows.select_related("panel", "terms").soonest_first()[:MOST]:
        due = papers_due_on(meeting)
        if due >= today:
            return PanelDate(str(meeting.panel), meeting.on, due)
    return None
