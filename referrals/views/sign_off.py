"""Signing off: the queue, and one page that reads and signs."""

from core.roles import Permission
from core.views.bases import ActionView, RecordList
from referrals.actions.sign_off import return_referral, sign_off_referral
from referrals.actions.signing import WAITS_FOR
from referrals.forms.referral import SignOffForm
from referrals.models import Referral
from referrals.views.answers import answer_sections
from referrals.views.referral import ReferralRecord


def waiting_for(user):
    """Referrals that wait for this person's signature, the longest waiting first."""
    status = {step: status for status, step in WAITS_FOR.items()}.get(user.acting.role)
    rows = Referral.objects.visible_to(user).filter(status=status or "none").exclude(author=user)
    return rows.select_related("child", "author", "team", "authority").prefetch_related("tasks")


class SignOffQueue(RecordList):
    """What waits for this person's signature."""

    permission = Permission.SIGN_OFF_REFERRALS
    model = Referral

    def records(self):
        return waiting_for(self.request.user).order_by("status_since", "pk")


class SignOffReferral(ReferralRecord, ActionView):
    """The referral at the left, the four confirmations and the choice at the right."""

    permission = Permission.SIGN_OFF_REFERRALS
    form_class = SignOffForm

    def get_context_data(self, **kwargs):
        referral = self.record
        return super().get_context_data(
            referral=referral,
            child=referral.child,
            sections=answer_sections(referral),
            gaps=[{"label": gap.sentence} for gap in referral.gaps()],
            sign_offs=referral.sign_offs.standing().select_related("person").order_by("signed_at"),
            **self.identity(referral),
            **kwargs,
        )

    def act(self, form):
        said, user = form.cleaned_data, self.request.user
        if said["deed"] == "return":
            return_referral(self.record, comment=said["comment"], tasks=said["tasks"], by=user)
            self.success_message = f"{self.record.reference} returned to its writer."
        else:
            sign_off_referral(
                self.record, confirmations=said["confirmations"], comment=said["comment"], by=user
            )
            self.success_message = f"{self.record.reference} signed off."
        following = waiting_for(user).exclude(pk=self.record.pk).order_by("status_since").first()
        return f"/referrals/{following.reference}/sign-off" if following else "/sign-off"
