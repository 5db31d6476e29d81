"""Signing off: the queue, one page that reads and signs, returning, and the state of the chain."""

from core import clock
from core.roles import Permission, Role
from core.views.bases import ActionView, RecordDetail, RecordList
from referrals.actions.sign_off import oppose_referral, return_referral, sign_off_referral
from referrals.choices import Step
from referrals.forms.sign_off import OPPOSE, RETURN, ReturnForm, SignOffForm
from referrals.models import Referral
from referrals.models.cover import standing_in
from referrals.models.panel_dates import next_panel_date
from referrals.models.turn import working_days_allowed
from referrals.views.answers import answer_sections
from referrals.views.referral import ReferralRecord

# Whoever reads what signers wrote to each other; the provider's people do not.
READS_COMMENTS = {
    Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.SERVICE_MANAGER, Role.STRATEGIC_MANAGER, Role.HEAD_OF_SERVICE,
    Role.PANEL_ADMINISTRATOR, Role.CHAIR, Role.PANEL_MEMBER, Role.GOVERNANCE,
}  # fmt: skip


def waiting_for(user):
    """Referrals that wait for this person's signature, with what a row shows."""
    rows = Referral.objects.to_sign(user).select_related("child", "author", "team", "authority")
    return rows.prefetch_related("tasks", "moves")


class SignOffQueue(RecordList):
    """What waits for this person's signature, the longest waiting first."""

    permission = Permission.SIGN_OFF_REFERRALS
    model = Referral

    def records(self):
        return waiting_for(self.request.user)

    def get_context_data(self, **kwargs):
        context, user = super().get_context_data(**kwargs), self.request.user
        allowed, standing = working_days_allowed(user.acting.authority), standing_in(user)
        for referral in context["object_list"]:
            referral.allowed_days = allowed
            as_cover = referral.signed_as(user, standing)
            referral.cover_for = as_cover.away if as_cover else ""
        return {**context, "panel": next_panel_date(user.acting.authority_id), "today": clock.today()}


class SignOffReferral(ReferralRecord, ActionView):
    """The referral at the left, the confirmations and the choice at the right."""

    permission = Permission.SIGN_OFF_REFERRALS
    form_class = SignOffForm

    def records(self):
        return super().records().prefetch_related("moves")

    def get_initial(self):
        return {"read": self.record.version()}

    def get_form_kwargs(self):
        referral = self.record
        following = referral.next_signers()
        then = f"the {following[0]}" if following else "triage"
        return {**super().get_form_kwargs(), "needed": referral.confirmations(), "then": then}

    def refused(self, form, refusal):
        """What was typed stays, and what is now read is what is there now."""
        self.record = self.load()
        form.data = form.data.copy()
        form.data["read"] = self.record.version()
        return super().refused(form, refusal)

    def get_context_data(self, **kwargs):
        referral, user = self.record, self.request.user
        as_cover = referral.signed_as(user)
        more = Referral.objects.to_sign(user).exclude(pk=referral.pk).count()
        return super().get_context_data(
            referral=referral,
            child=referral.child,
            sections=answer_sections(referral),
            gaps=[{"label": gap.sentence} for gap in referral.gaps()],
            sign_offs=referral.sign_offs.standing().select_related("person", "covers").order_by("signed_at"),
            cover_for=as_cover.away if as_cover else "",
            panel=next_panel_date(referral.authority_id),
            following=referral.next_signers(),
            line=referral.line_for(user),
            documents=referral.documents.filter(removed_at=None).count(),
            more=more,
            **kwargs,
        )

    def act(self, form):
        said, user = form.cleaned_data, self.request.user
        if said["deed"] == RETURN:
            return_referral(self.record, comment=said["comment"], tasks=said["tasks"], by=user)
            self.success_message = f"{self.record.reference} returned to its writer."
        elif said["deed"] == OPPOSE:
            oppose_referral(self.record, comment=said["comment"], by=user)
            self.success_message = f"{self.record.reference} was not supported, and went back to its writer."
        else:
            sign_off_referral(
                self.record, confirmations=said["confirmations"], comment=said["comment"], read=said["read"], by=user
            )
            self.success_message = f"{self.record.reference} signed off."
        following = Referral.objects.to_sign(user).exclude(pk=self.record.pk).first()
        return f"/referrals/{following.reference}/sign-off" if following else "/sign-off"


class ReturnReferral(ReferralRecord, ActionView):
    """Send a referral back with what needs to change, from a step or from triage."""

    permission = Permission.RETURN_REFERRALS
    form_class = ReturnForm

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            heading=f"Return {self.record.reference} with comments",
            lead="Its writer sees your words beside each task you tick, and only what changes is signed again.",
            submit_label="Send back",
            back_url=self.record.get_absolute_url(),
            back_label=self.record.reference,
            **kwargs,
        )

    def act(self, form):
        return_referral(self.record, by=self.request.user, **form.cleaned_data)
        self.success_message = f"{self.record.reference} returned to its writer."
        return "/triage" if self.request.user.can(Permission.TRIAGE_REFERRALS) else "/sign-off"


class SignOffChain(ReferralRecord, RecordDetail):
    """The chain of signatures: who has signed, who is next, and what no longer stands."""

    permission = Permission.SEE_REFERRALS

    def get_context_data(self, **kwargs):
        referral, user = self.object, self.request.user
        signed = list(referral.sign_offs.select_related("person", "covers").order_by("-signed_at")[:50])
        standing = {row.step: row for row in signed if row.stands}
        return super().get_context_data(
            steps=[_step(step, standing.get(step), referral) for step in referral.chain()],
            signed=signed,
            may_return=_may_return(referral, user),
            reads_comments=user.acting.role in READS_COMMENTS,
            **self.identity(referral),
            **kwargs,
        )


def _may_return(referral, user) -> bool:
    """Whether this person may send it back now."""
    if referral.status == "SENT":
        return user.can(Permission.TRIAGE_REFERRALS)
    return user.can(Permission.RETURN_REFERRALS) and referral.signed_as(user) is not None


def _step(step, signature, referral) -> dict:
    """One step of the chain, as the path draws it."""
    waits = {"TM": "WITH_TM", "SM": "WITH_SM", "STM": "WITH_STRATEGIC"}[step] == referral.status
    detail = f"Waits for {referral.working_age} working days" if waits else "Not signed yet"
    if signature:
        detail = f"{signature.signed_by}, {signature.signed_at.astimezone(clock.LONDON):%-d %B %Y}"
    return {"label": Step(step).label, "done": signature is not None, "detail": detail}
