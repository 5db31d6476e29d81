"""A referral's own page of panels: which meetings, which papers and which decisions this reader may have."""

from core.roles import Permission
from core.views.bases import RecordDetail
from panels.models import HealthDecision
from panels.models.of_referral import bookings_of
from referrals.models.panel_dates import next_panel_date
from referrals.views.referral import ReferralRecord

MOST = 12
ON_ITS_WAY = {"WITH_TM", "WITH_SM", "WITH_STRATEGIC", "RETURNED", "SENT", "MORE_INFO"}
NOT_YET_BOOKED = {"DRAFT", "WITH_TM", "WITH_SM", "WITH_STRATEGIC", "RETURNED", "SENT", "MORE_INFO", "READY"}


class ReferralPanel(ReferralRecord, RecordDetail):
    """Bookings and decisions of one referral; never more than the reader's rights to meetings, papers and decisions."""

    permission = Permission.SEE_REFERRALS
    template_name = "panels/referral_panel.html"

    def get_context_data(self, **kwargs):
        referral, user = self.object, self.request.user
        is_early = referral.status in NOT_YET_BOOKED
        return super().get_context_data(
            bookings=bookings_of(referral, user), records_health=user.can(Permission.RUN_MEETINGS),
            health=HealthDecision.objects.visible_to(user).filter(referral=referral).order_by("-decided_on", "-pk")[:MOST],
            coming=next_panel_date(referral.authority_id) if is_early else None,
            may_book=referral.status == "READY" and user.can(Permission.RUN_MEETINGS), held=self._held(referral, user),
            may_hold=referral.status in ON_ITS_WAY and user.can(Permission.RUN_MEETINGS),
            **self.identity(referral), **kwargs,
        )  # fmt: skip

    def _held(self, referral, user):
        """The slot that is held for it, for whoever runs meetings."""
        if not user.can(Permission.RUN_MEETINGS):
            return None
        return referral.held_slots.filter(settled_at=None).select_related("meeting__panel").first()
