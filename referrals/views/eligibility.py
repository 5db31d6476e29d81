"""Eligibility: each criterion as it stands, exceptions asked for and decided."""

from core.roles import Permission
from core.views.bases import ActionView, RecordDetail, RecordList
from referrals.actions.eligibility import ask_for_exception, decide_exception
from referrals.forms.eligibility import AskExceptionForm, DecideExceptionForm
from referrals.models import EligibilityException
from referrals.models.eligibility import findings_for
from referrals.views.criteria import eligibility_facts
from referrals.views.referral import ReferralRecord, WritersOnly, writes


class Eligibility(ReferralRecord, RecordDetail):
    """One referral against its contract's criteria, and every exception asked for."""

    permission = Permission.SEE_REFERRALS

    def get_context_data(self, **kwargs):
        referral, user = self.object, self.request.user
        exceptions = referral.exceptions.select_related("asked_by", "decided_by").order_by("-asked_at")
        return super().get_context_data(
            exceptions=exceptions[:20],
            may_write=writes(referral, user) and not referral.why_not_edit(),
            may_decide=user.can(Permission.DECIDE_EXCEPTIONS),
            last=referral.snapshots.order_by("-number").first(),
            **eligibility_facts(referral),
            **self.identity(referral),
            **kwargs,
        )


class AskException(WritersOnly, ReferralRecord, ActionView):
    """Ask a strategic manager for an exception."""

    permission = Permission.FILL_REFERRALS
    form_class = AskExceptionForm
    template_name = "base_question.html"
    success_message = "Asked. The strategic manager has been told."

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "found": findings_for(self.record)}

    def why_not(self):
        return self.record.why_not_edit()

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading="Ask for an exception",
            lead="A strategic manager decides, with a reason. It is kept with the referral.",
            submit_label="Ask the strategic manager",
            back_url=f"{self.record.get_absolute_url()}/eligibility",
            back_label="Eligibility",
            **kwargs,
        )

    def act(self, form):
        said = form.cleaned_data
        ask_for_exception(self.record, criterion=said["criterion"], reason=said["reason"], by=self.request.user)
        return f"{self.record.get_absolute_url()}/eligibility"


class ExceptionQueue(RecordList):
    """Exceptions that wait for this strategic manager."""

    permission = Permission.DECIDE_EXCEPTIONS
    model = EligibilityException

    def records(self):
        return EligibilityException.objects.to_decide(self.request.user).select_related("referral", "asked_by")


class DecideException(ActionView):
    """Allow an exception, or not."""

    permission = Permission.DECIDE_EXCEPTIONS
    model = EligibilityException
    form_class = DecideExceptionForm
    success_message = "Decided. The writer has been told."

    def records(self):
        return super().records().select_related("referral__child", "referral__authority", "asked_by")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            referral=self.record.referral, decided=self.record.decided_at, **eligibility_facts(self.record.referral), **kwargs
        )

    def act(self, form):
        said = form.cleaned_data
        decide_exception(self.record, allowed=said["answer"] == "allow", reason=said["reason"], by=self.request.user)
        return "/exceptions"
