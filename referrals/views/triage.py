"""Triage: what has come in, and one page to decide what happens to it."""

from core.roles import Permission
from core.views.bases import ActionView, RecordList
from referrals.actions.triage import ask_for_more, make_ready
from referrals.forms.referral import TriageForm
from referrals.models import Referral
from referrals.views.answers import answer_sections
from referrals.views.referral import ReferralRecord


class TriageQueue(RecordList):
    """Signed referrals that nobody has looked at, the oldest first."""

    permission = Permission.TRIAGE_REFERRALS
    model = Referral

    def records(self):
        rows = super().records().filter(status__in=["SENT", "MORE_INFO"])
        rows = rows.select_related("child", "author", "team", "authority").prefetch_related("tasks")
        return rows.order_by("status_since", "pk")


class TriageReferral(ReferralRecord, ActionView):
    """Ready for panel in a band, or a question back to the social worker."""

    permission = Permission.TRIAGE_REFERRALS
    form_class = TriageForm

    def get_context_data(self, **kwargs):
        referral = self.record
        return super().get_context_data(
            referral=referral,
            child=referral.child,
            sections=answer_sections(referral),
            **self.identity(referral),
            **kwargs,
        )

    def act(self, form):
        said, user = form.cleaned_data, self.request.user
        if said["deed"] == "more":
            ask_for_more(self.record, question=said["question"], tasks=said["tasks"], by=user)
            self.success_message = f"Asked for more about {self.record.reference}."
        else:
            make_ready(self.record, band=said["band"], by=user)
            self.success_message = f"{self.record.reference} is ready for panel."
        return "/triage"
