"""After support ended: what came of it, and how things are later."""

from django.shortcuts import get_object_or_404

from core import clock
from core.dates import day_in_words
from core.roles import Permission
from core.views.bases import ActionView, RecordDetail
from referrals.actions.ending import record_check
from referrals.forms.ending import CheckForm
from referrals.models import Ending, Referral, Stay, SustainedCheck


class AfterSupport(RecordDetail):
    """After support ended: what came of it, and how things are at three, six and twelve months."""

    permission = Permission.SEE_PLANS
    model = Referral

    def records(self):
        return super().records().select_related("child", "authority")

    def get_context_data(self, **kwargs):
        referral, user = self.object, self.request.user
        checks = SustainedCheck.objects.visible_to(user).filter(referral=referral).order_by("months")
        endings = Ending.objects.filter(stay__in=Stay.objects.visible_to(user).filter(referral=referral))
        return super().get_context_data(
            referral=referral, child=referral.child, checks=checks, today=clock.today(),
            endings=endings.select_related("stay__place").order_by("stay__starts_on")[:10],
            may_write=user.can(Permission.WRITE_PLANS), **kwargs,
        )  # fmt: skip


class RecordCheck(ActionView):
    """How things are at one of the three months."""

    permission = Permission.WRITE_PLANS
    model = Referral
    form_class = CheckForm
    template_name = "referrals/write_ending.html"
    success_message = "Saved."

    def load(self):
        referral = super().load()
        checks = SustainedCheck.objects.visible_to(self.request.user)
        self.check_row = get_object_or_404(checks, referral=referral, months=self.kwargs["months"])
        return referral

    def get_context_data(self, **kwargs):
        check = self.check_row
        return super().get_context_data(
            heading=f"How are things {check.months} months after?", lead=f"Due on {day_in_words(check.due_on)}.",
            back_url=f"{self.record.get_absolute_url()}/after", back_label="After support", submit_label="Save",
            record_name=self.record.reference, **kwargs,
        )  # fmt: skip

    def act(self, form):
        record_check(self.check_row, by=self.request.user, **form.cleaned_data)
        return f"{self.record.get_absolute_url()}/after"
