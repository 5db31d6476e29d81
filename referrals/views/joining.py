"""Asking to be second referrer of an open referral, and being told no."""

from django.core.exceptions import PermissionDenied

from core.roles import Permission
from core.views.bases import ButtonDeed
from referrals.actions.copies import ask_to_join, turn_down_joiner
from referrals.models import JoinRequest, Referral
from referrals.views.referral import writes


class AskToJoin(ButtonDeed):
    """Ask whoever wrote it; only a referral this person may see is found."""

    permission = Permission.START_REFERRALS
    model = Referral
    success_message = "Asked. Whoever wrote it has been told."

    def act(self, form):
        ask_to_join(self.record, by=self.request.user)


class TurnDownJoiner(ButtonDeed):
    """Say no; they are told. For whoever fills the referral in."""

    permission = Permission.START_REFERRALS
    model = JoinRequest
    success_message = "Saved. They have been told."

    def load(self):
        asked = super().load()
        if not writes(asked.referral, self.request.user):
            raise PermissionDenied
        return asked

    def act(self, form):
        turn_down_joiner(self.record, by=self.request.user)

    def get_success_url(self):
        return f"{self.record.get_absolute_url()}/second-referrer"
