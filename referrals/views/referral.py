"""Referrals: listed, read as a whole, sent, withdrawn, and their history."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied

from core.roles import Permission
from core.tabs import tabs_for
from core.views.bases import ActionView, RecordDetail
from referrals.actions.referral import finish_referral, send_referral, withdraw_referral
from referrals.actions.triage import give_more
from referrals.choices import ReferralStatus
from referrals.forms.referral import ReasonForm
from referrals.models import Agency, Referral
from referrals.models.network import AgencyKind
from referrals.views.answers import answer_sections, gap_links
from referrals.views.criteria import eligibility_facts, unmet_links


class ReferralRecord:
    """What every page of one referral shows at its head."""

    model = Referral

    def records(self):
        return super().records().select_related("child", "author", "team", "authority").prefetch_related("tasks")

    def identity(self, referral):
        """The identity bar: reference, facts, status, who acts next, tabs."""
        user = self.request.user
        status = referral.status_seen_by(user)
        age = referral.child.age
        return {
            "record_name": referral.reference,
            "record_facts": [referral.child.called, f"age {age}" if age is not None else "age not known"],
            "status_label": status.label,
            "status_tone": status.tone,
            "next_line": referral.line_for(user),
            "tabs": tabs_for("referral", referral.reference, user=user, path=self.request.path),
        }


class WritersOnly:
    """Closed to those who may read the referral and are not the ones who fill it in."""

    def load(self):
        referral = super().load()
        if not writes(referral, self.request.user):
            raise PermissionDenied
        return referral


def writes(referral, user) -> bool:
    """Whether this person is the one who fills it in."""
    return user.pk in {referral.author_id, referral.child.social_worker_id}


def deed_for(referral, user):
    """The one thing this person can do next with this referral, as an address and words."""
    at = f"/referrals/{referral.reference}"
    status = ReferralStatus(referral.status)
    if writes(referral, user) and (status in {"DRAFT", "RETURNED", "MORE_INFO"} or referral.is_owed):
        return f"{at}/tasks", "Continue the referral"
    if user.can(Permission.SIGN_OFF_REFERRALS) and referral.signed_as(user) is not None:
        return f"{at}/sign-off", "Sign off or return"
    if status == "SENT" and user.can(Permission.TRIAGE_REFERRALS):
        return f"/triage/{referral.reference}", "Triage"
    return "", ""


class ReferralAnswers(ReferralRecord, RecordDetail):
    """Every answer on one page, to read or print."""

    permission = Permission.SEE_REFERRALS

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            sections=answer_sections(self.object, user=self.request.user), **self.identity(self.object), **kwargs
        )


class SendReferral(WritersOnly, ReferralRecord, ActionView):
    """Check answers: what is left, the child's own view, everything said; then send."""

    permission = Permission.FILL_REFERRALS

    def get_context_data(self, **kwargs):
        referral = self.record
        return super().get_context_data(
            referral=referral,
            child=referral.child,
            gaps=gap_links(referral) + ([] if referral.is_owed else unmet_links(referral)),
            sections=answer_sections(referral, with_change=True),
            is_answer=referral.status == ReferralStatus.MORE_INFO,
            before_title=f"Before you can {'finish' if referral.is_owed else 'send'} this",
            **eligibility_facts(referral),
            **kwargs,
        )

    def act(self, form):
        if self.record.is_owed:
            finish_referral(self.record, by=self.request.user)
            messages.success(self.request, "The referral is finished. What was written is frozen.")
            return self.record.get_absolute_url()
        deed = give_more if self.record.status == ReferralStatus.MORE_INFO else send_referral
        deed(self.record, by=self.request.user)
        return f"/referrals/{self.record.reference}/sent"


class SentReferral(ReferralRecord, RecordDetail):
    """It has gone: who has it and what comes next."""

    permission = Permission.START_REFERRALS

    def get_context_data(self, **kwargs):
        return super().get_context_data(line=self.object.line_for(self.request.user), **kwargs)


class ChildSheet(ReferralRecord, RecordDetail):
    """What the child receives, to print: what was asked, rights, an advocate, how to complain."""

    permission = Permission.START_REFERRALS

    def get_context_data(self, **kwargs):
        advocates = Agency.objects.visible_to(self.request.user).filter(kind=AgencyKind.ADVOCACY, is_current=True)
        return super().get_context_data(advocates=advocates.order_by("name")[:3], **kwargs)


class WithdrawReferral(WritersOnly, ReferralRecord, ActionView):
    """Take a referral back, with a reason."""

    permission = Permission.FILL_REFERRALS
    form_class = ReasonForm
    success_message = "Withdrawn. Whoever had it has been told."

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=f"Withdraw {self.record.reference}",
            lead="It leaves any agenda and any queue it is in, and keeps its history.",
            submit_label="Withdraw the referral",
            back_url=self.record.get_absolute_url(),
            back_label=self.record.reference,
            **kwargs,
        )

    def act(self, form):
        withdraw_referral(self.record, reason=form.cleaned_data["reason"], by=self.request.user)
