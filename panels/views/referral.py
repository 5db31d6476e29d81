"""A referral's own page of panels: which meetings, which papers and which decisions this reader may have."""

from core.roles import Permission
from core.views.bases import RecordDetail
from panels.models.of_referral import bookings_of
from referrals.models.panel_dates import next_panel_date
from referrals.views.referral import ReferralRecord

NOT_YET_BOOKED = {"DRAFT", "WITH_TM", "WITH_SM", "WITH_STRATEGIC", "RETURNED", "SENT", "MORE_INFO", "READY"}


class ReferralPanel(ReferralRecord, RecordDetail):
    """Bookings and decisions of one referral; never more than the reader's rights to meetings, papers and decisions."""

    permission = Permission.SEE_REFERRALS
    template_name = "panels/referral_panel.html"

    def get_context_data(self, **kwargs):
        referral, user = self.object, self.request.user
        is_early = referral.status in NOT_YET_BOOKED
        return super().get_context_data(
            bookings=bookings_of(referral, user),
            coming=next_panel_date(referral.authority_id) if is_early else None,
            may_book=referral.status == "READY" and user.can(Permission.RUN_MEETINGS),
            **self.identity(referral), **kwargs,
        )  # fmt: skip
